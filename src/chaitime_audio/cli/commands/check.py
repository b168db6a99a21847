"""``chaitime check``: whether an episode in out/ keeps the rules of the platforms it goes to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...domain.text import printable
from ...formats import platforms
from ..json_output import json_option, print_json

if TYPE_CHECKING:
    from ...checks import Finding

BROKEN_RULE = 7
MARKS = {"fail": "FAIL", "warn": "warn", "pass": "ok"}
ORDER = tuple(MARKS)


@click.command()
@click.argument("episode", type=click.Path(path_type=Path), metavar="EPISODE")
@click.option(
    "--for",
    "platform",
    type=click.Choice(["all", *(one.name for one in platforms())]),
    default="all",
    help="Only the rules of one platform.",
)
@json_option
@click.option("--config", type=click.Path(path_type=Path), help="Configuration to use.")
@click.option("-q", "--quiet", is_flag=True, help="Print only what does not pass.")
def command(episode: Path, platform: str, as_json: bool, config: Path | None, quiet: bool) -> int:
    """Check whether an episode is ready to publish, and say how to mend what is not.

    Looks at the files in out/ as they are, your own edits included, and changes none. Exits with 7 when a
    rule is broken; warnings do not count.
    """
    from ...pipeline.checking import findings
    from ..opening import opened

    with opened(episode, config, -1 if quiet or as_json else 0) as made:
        found = findings(made, "" if platform == "all" else platform)
    failed = any(item.level == "fail" for items in found.values() for item in items)
    if as_json:
        print_json(_plain(made.folder.path, found, failed))
    else:
        _show(found, quiet)
    return BROKEN_RULE if failed else 0


def _plain(path: Path, found: dict[str, tuple[Finding, ...]], failed: bool) -> dict[str, Any]:
    rows = [
        {"group": group, "rule": item.rule, "level": item.level, "text": item.text, "fix": item.fix}
        | {"platforms": list(item.platforms or (one.name for one in platforms()))}
        for group, items in found.items()
        for item in items
    ]
    return {"episode": str(path), "ok": not failed, "findings": rows}


def _show(found: dict[str, tuple[Finding, ...]], quiet: bool) -> None:
    """Groups with failures first, and in each group what failed first."""
    for group, items in sorted(found.items(), key=lambda pair: min(map(_rank, pair[1]))):
        shown = [item for item in sorted(items, key=_rank) if not (quiet and item.level == "pass")]
        if shown:
            click.echo(group)
        for item in shown:
            fix = f" – {item.fix}" if item.fix else ""
            click.echo(printable(f"  {MARKS[item.level]:<5} {item.rule:<24} {item.text}{fix}", " "))
    counts = {
        level: sum(item.level == level for items in found.values() for item in items) for level in ORDER
    }
    click.echo(f"{counts['fail']} failed, {counts['warn']} warnings, {counts['pass']} passed")


def _rank(item: Finding) -> int:
    return ORDER.index(item.level)
