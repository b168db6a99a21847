"""``chaitime doctor``: what is present, what is missing, how to mend it."""

from __future__ import annotations

from pathlib import Path

import click

from ..json_output import json_option, print_json

STATES = {True: "ok", False: "missing", None: "note"}
MARKS = {True: "ok", False: "MISSING", None: "note"}


@click.command()
@click.option("--config", type=click.Path(path_type=Path), help="Configuration to check.")
@json_option
def command(config: Path | None, as_json: bool) -> None:
    """Check what is present and what is missing, and say how to mend it.

    Exits with 4 when something needed is missing.
    """
    from ...pipeline.registry import Registry
    from ...project import settings
    from ..checkup import checkup

    path = config or settings.find_config(Path.cwd())
    findings = checkup(Registry(settings.load(path), path.parent if path else None), path)
    if as_json:
        rows = [{"what": one.what, "state": STATES[one.fine], "said": one.said} for one in findings]
        print_json({"ok": all(one.fine is not False for one in findings), "findings": rows})
    width = max(len(finding.what) for finding in findings)
    for finding in findings if not as_json else ():
        click.echo(f"{MARKS[finding.fine]:<8} {finding.what:<{width}}  {finding.said}")
    missing = [finding for finding in findings if finding.fine is False]
    if missing:
        from ...errors import ModelUnavailableError

        raise ModelUnavailableError(f"{len(missing)} thing(s) missing; each line above says how to mend it")
