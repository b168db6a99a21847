"""Names: every voice has one, and nothing is still called as the program called it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ._finding import CheckContext, Finding, finding_if

TITLE = "Names"
_NUMBERED = re.compile(r"^(?:Speaker \d+|SPEAKER_\d+|Unknown speaker)$")


def findings(sight: CheckContext) -> Iterator[Finding]:
    """Judge the cast, the show's name and the language."""
    unnamed = [
        v.person.name for v in sight.episode.cast.voices if not v.named or _NUMBERED.match(v.person.name)
    ]
    said = f"{', '.join(unnamed)} has no name" if unnamed else ""
    fix = "name them: chaitime process EPISODE --guest NAME, or [[people]] in episode.toml"
    yield finding_if("voices-named", said, "every voice has a name", fix)
    show = sight.episode.show.name.strip()
    said = f"the show is called “{show}”" if show in ("", "My Show") else ""
    yield finding_if("show-name", said, f"the show is {show}", "set show.name in config/chaitime.toml")
    tongue = sight.episode.language
    said = "" if re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?", tongue) else f"language is “{tongue}”"
    yield finding_if("language", said, f"language: {tongue}", "set language in episode.toml")
