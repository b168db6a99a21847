"""``chaitime report``: how good the sound of an episode is, measured."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("episode", type=click.Path(path_type=Path))
@click.option("--config", type=click.Path(path_type=Path), help="Configuration to use.")
def command(episode: Path, config: Path | None) -> None:
    """Measure recording and MP3, and write qc.json and report.html into out/ of EPISODE."""
    from .. import codec
    from ..engines.qc import measure
    from ..facts import MASTER_FILE, MIX_FILE
    from ..folder import replace_file
    from ..pictures.quality import page, verdicts
    from ._episode import opened

    with opened(episode, config) as made:
        folder, mix = made.folder, made.folder.facts / MIX_FILE
        paths = (mix,) if mix.is_file() else folder.sources()
        report = measure(paths, made.episode.master.channels, folder.facts / MASTER_FILE)
        replace_file(folder.out / "qc.json", codec.to_json(report).encode())
        replace_file(folder.out / "report.html", page(made.episode, report).encode(errors="replace"))
    for fine, text in verdicts(made.episode, report):
        click.echo(f"{'ok  ' if fine else 'FAIL'}  {text}")
    click.echo(folder.out / "report.html", err=True)
