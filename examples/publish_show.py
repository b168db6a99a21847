"""Make, check and publish a folder of recordings.

    python publish_show.py RECORDINGS SITE ADDRESS

Every recording becomes an episode, or the episode it became before is brought up to date. Only when all of
them keep the rules of the platforms are feed and site written. Exits with 0, with 7 when a rule is broken,
else with the code of the error.
"""

from __future__ import annotations

import sys
from pathlib import Path

import chaitime_audio as chaitime

SOUND = {".wav", ".mp3", ".m4a", ".flac", ".ogg"}
BROKEN_RULE = 7


def main(recordings: Path, site: str, address: str) -> int:
    """Return the exit code."""
    episodes: set[Path] = set()
    broken = 0
    for recording in sorted(path for path in recordings.iterdir() if path.suffix.lower() in SOUND):
        made = chaitime.process(recording, progress=told)
        episodes.add(made.folder.parent)
        for sentence in (*made.episode.warnings, *made.episode.questions):
            print(f"{made.folder.name}: {sentence}", file=sys.stderr)
        for findings in chaitime.check(made.folder).values():
            for finding in findings:
                if finding.level == "fail":
                    broken += 1
                    print(f"{made.folder.name}: {finding.rule}: {finding.text} – {finding.fix}")
    if broken:
        return BROKEN_RULE
    for folder in episodes:
        published = chaitime.build_site(folder, site, base_url=address)
        print(published.folder / "feed.xml")
    return 0


def told(news: chaitime.Progress) -> None:
    """Say which stage begins; what was kept is not worth a line."""
    if news.state == "started":
        print(f"  {news.title} …", file=sys.stderr)


if __name__ == "__main__":  # long recordings are heard by worker processes, which import this file
    try:
        sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
    except chaitime.ChaitimeError as problem:
        print(problem, file=sys.stderr)
        sys.exit(problem.exit_code)
