"""``chaitime report``: how good the sound of an episode is, measured."""

from __future__ import annotations

from pathlib import Path

import click

from ..json_output import json_option, print_json


@click.command()
@click.argument("episode", type=click.Path(path_type=Path))
@click.option("--config", type=click.Path(path_type=Path), help="Configuration to use.")
@json_option
def command(episode: Path, config: Path | None, as_json: bool) -> None:
    """Measure recording and MP3, and write report.html, qc.png and qc.json into out/ of EPISODE."""
    from ...audio.quality import measure
    from ...pipeline.stage_table import MASTER_FILE, MIX_FILE
    from ...project import serialization
    from ...project.files import replace_file
    from ...reports.layout import layout
    from ...reports.png import png
    from ...reports.quality import figures, verdicts
    from ...reports.quality_page import page
    from ..opening import opened

    with opened(episode, config, -1 if as_json else 0) as made:
        folder, mix, shown = made.folder, made.folder.facts / MIX_FILE, made.episode
        paths = (mix,) if mix.is_file() else folder.sources()
        turns = tuple((turn.label, turn.span) for turn in shown.diarization.exclusive)
        master = folder.facts / MASTER_FILE
        report = measure(paths, shown.master.channels, master, turns, shown.timeline)
        most_dbtp = made.registry.settings.audio.true_peak_dbtp
        replace_file(
            folder.out / "qc.json", serialization.to_json(figures(shown, report, most_dbtp)).encode()
        )
        replace_file(folder.out / "qc.png", png(layout(shown, report, with_key=True)))
        replace_file(folder.out / "report.html", page(shown, report, most_dbtp).encode(errors="replace"))
    judged, written = verdicts(shown, report, most_dbtp), folder.out / "report.html"
    if as_json:
        rows = [{"ok": one.fine, "text": one.text, "advice": one.advice} for one in judged]
        print_json({"page": str(written), "ok": all(one.fine for one in judged), "verdicts": rows})
        return
    for verdict in judged:
        click.echo(f"{'ok  ' if verdict.fine else 'FAIL'}  {verdict.text}")
        if not verdict.fine:
            click.echo(f"      {verdict.advice}")
    click.echo(written, err=True)
