"""``chaitime models``: which model files there are, fetching and checking them."""

from __future__ import annotations

import click

from ...errors import ChaitimeError, ModelUnavailableError


@click.group()
def command() -> None:
    """Look after the model files: list, pull, verify."""


@command.command("list")
def list_models() -> None:
    """Say which models there are, which are kept here, under which licence, and where they come from."""
    from ... import model_files

    others = [name for name in model_files.official_urls() if model_files.canonical(name) == name]
    for name in (*model_files.models(), *(name for name in others if model_files.is_kept(name))):
        item = model_files.model(name)
        star = "*" if item.default else " "
        size = f"{item.size / 1e6:6.1f} MB" if item.size else " " * 9
        click.echo(f"{star} {name:<20} {_state(name):<7} {size}  {item.licence:<24} {item.about}")
        click.echo(f"    from {', or '.join(model_files.homes(name))}")
    click.echo(f"* needed by default; kept in {model_files.folder()}")
    click.echo(f"OpenAI's own Whisper models can be pulled too: {', '.join(others)}")


@command.command("pull")
@click.argument("names", nargs=-1, metavar="[NAME...]")
def pull(names: tuple[str, ...]) -> None:
    """Fetch models; without names, those a fresh machine needs. `default` stands for them too.

    A name may also be one of OpenAI's own Whisper models, like small or turbo.
    """
    from ... import model_files
    from ..fetching import Fetching

    with Fetching() as news:
        for found in model_files.pull_each(_expanded(names or ("default",)), news):
            news.kept(found.name, found.path)


@command.command("verify")
@click.argument("names", nargs=-1, metavar="[NAME...]")
@click.option(
    "--official", is_flag=True, help="Also compare with the publisher's own file, where it can be had."
)
def verify(names: tuple[str, ...], official: bool) -> None:
    """Read kept models again and compare them with their pinned checksums.

    Without names, all that are kept are read.
    """
    from ... import model_files

    known = (*model_files.models(), *model_files.official_urls())
    wanted = _expanded(names) or [name for name in known if model_files.is_kept(name)]
    wrong = 0
    for name in dict.fromkeys(model_files.canonical(name) for name in wanted):
        try:
            click.echo(f"{name}: fine, {model_files.find(name, rehash=True).sha256}")
            if official:
                click.echo(f"{name}: {model_files.compare_official(name)}")
        except ChaitimeError as problem:
            click.echo(f"{name}: {problem}")
            wrong += 1
    if not wanted:
        click.echo(
            "no model is kept here; fetch those needed by default with: chaitime models pull", err=True
        )
    if wrong:
        raise ModelUnavailableError(f"{wrong} of {len(wanted)} models are not what they should be")


def _expanded(names: tuple[str, ...]) -> list[str]:
    """Replace ``default`` by what it stands for and refuse unknown names before anything is done."""
    from ... import model_files

    meant = [one for name in names for one in (model_files.defaults() if name == "default" else (name,))]
    for name in meant:
        model_files.model(name)
    return list(dict.fromkeys(model_files.canonical(name) for name in meant))


def _state(name: str) -> str:
    """Whether a model is here, and whether it is what it should be."""
    from ... import model_files

    if not model_files.is_kept(name):
        return "absent"
    try:
        return "kept" if model_files.find(name) else ""
    except ModelUnavailableError:
        return "wrong"
