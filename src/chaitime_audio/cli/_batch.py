"""What ``chaitime batch`` does and says."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ..batch import Found, Terms, run_all
from ..engines._ffmpeg import stop_all
from ..errors import BatchFailedError
from ..ledger import Watch
from ._console import TITLES


def run_batch(items: Sequence[Found], terms: Terms, *, quiet: bool) -> None:
    """Run and say how each episode ended. Raises BatchFailedError when one failed."""
    failed = 0
    try:
        for end in run_all(items, terms, lambda found: _lines(found, quiet=quiet)):
            failed += end.state == "failed"
            click.echo(f"{end.path}: {end.state} in {end.seconds:.1f} s{end.reason and ': '}{end.reason}")
    finally:
        stop_all()
    if failed:
        raise BatchFailedError(f"{failed} of {len(items)} episodes failed; the reasons stand above")


def _lines(found: Found, *, quiet: bool) -> Watch:
    def tell(stage: str, state: str, _share: float) -> None:
        if not quiet and state in ("started", "done"):
            click.echo(f"{found.folder.path.name}: {TITLES.get(stage, stage)} {state}", err=True)

    return tell
