"""``chaitime studio``: read, listen and correct in the browser."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("path", type=click.Path(path_type=Path), default=Path(), metavar="[EPISODE|FOLDER]")
@click.option("--config", type=click.Path(path_type=Path), help="Configuration to use.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port; any free one by default.")
@click.option("--stay", is_flag=True, help="Stay open when the last page is closed.")
@click.option(
    "--guest-copy",
    type=click.Path(path_type=Path),
    metavar="FILE.html",
    help="Write a page to mail to the guest instead: text and sound in one file; import what comes back.",
)
@click.option("--no-browser", is_flag=True, help="Print the address and open nothing.")
def command(
    path: Path, config: Path | None, port: int, stay: bool, guest_copy: Path | None, no_browser: bool
) -> None:
    """Open an episode, or a folder of them, in the browser: read, listen, correct.

    Only this machine is served, and only the browser that opens its address. The studio ends ten seconds
    after you close its last page, or on Ctrl-C; every change is saved at once.
    """
    import webbrowser

    if guest_copy:
        _guest_copy(path, config, guest_copy)
        return

    from ...errors import UsageError
    from ...studio.server import Address, serve

    def opened(address: Address) -> None:
        click.echo(f"studio: {address.shown}", err=True)
        if not no_browser:
            webbrowser.open(address.launch)

    try:
        serve(path, config, port, opened, stay=stay)
    except OSError as cause:
        if port and cause.errno is not None and not cause.filename:
            raise UsageError(f"port {port} cannot be used ({cause.strerror}); leave --port out") from cause
        raise
    click.echo("the last page was closed; the studio has ended", err=True)


def _guest_copy(path: Path, config: Path | None, target: Path) -> None:
    from ...domain.text import terminal
    from ...studio.guest_copy import write_guest_copy
    from ..opening import folder_at

    size = write_guest_copy(folder_at(path), config, target)
    click.echo(
        f"{terminal(str(target), ' ')} ({size / 1e6:.1f} MB): mail it; what the guest saves comes back with"
    )
    click.echo(f"chaitime import {path} NAME.wishes.json", err=True)
