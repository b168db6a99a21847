"""``chaitime doctor``: what is present, what is missing, how to mend it."""

from __future__ import annotations

from pathlib import Path

import click

MARKS = {True: "ok", False: "MISSING", None: "note"}


@click.command()
@click.option("--config", type=click.Path(path_type=Path), help="Configuration to check.")
def command(config: Path | None) -> None:
    """Say what is present and what is missing, and how to mend it.

    Exits with 4 when something needed is missing.
    """
    from ...pipeline.registry import Registry
    from ...project import settings
    from ..checkup import checkup

    path = config or settings.find_config(Path.cwd())
    findings = checkup(Registry(settings.load(path), path.parent if path else None), path)
    width = max(len(finding.what) for finding in findings)
    for finding in findings:
        click.echo(f"{MARKS[finding.fine]:<8} {finding.what:<{width}}  {finding.said}")
    missing = [finding for finding in findings if finding.fine is False]
    if missing:
        from ...errors import ModelUnavailableError

        raise ModelUnavailableError(f"{len(missing)} thing(s) missing; each line above says how to mend it")
