"""A family of checks: what this show asks of its episodes."""

from collections.abc import Iterator

from chaitime_audio import CheckContext, Finding

TITLE = "House rules"
LONGEST_TITLE = 60


def findings(sight: CheckContext) -> Iterator[Finding]:
    """A title fits on one line of a phone."""
    length = len(sight.episode.title)
    if length > LONGEST_TITLE:
        fix = f'write a title of at most {LONGEST_TITLE} characters: title = "…" in episode.toml'
        yield Finding("title-length", "fail", f"the title has {length} characters", fix)
    else:
        yield Finding("title-length", "pass", f"the title has {length} characters")
