"""``chaitime models``: which model files there are, fetching and checking them."""

from __future__ import annotations

import click

from ..errors import ChaitimeError, ModelUnavailableError


@click.group()
def command() -> None:
    """Look after the model files: list, pull, verify."""


@command.command("list")
def list_models() -> None:
    """Say which models there are, which are kept here, under which licence, and where they come from."""
    from .. import weights

    others = [name for name in weights.official_urls() if weights.canonical(name) == name]
    for name in (*weights.models(), *(name for name in others if weights.is_kept(name))):
        item = weights.model(name)
        star = "*" if item.default else " "
        size = f"{item.size / 1e6:6.1f} MB" if item.size else " " * 9
        click.echo(f"{star} {name:<20} {_state(name):<7} {size}  {item.licence:<24} {item.about}")
        click.echo(f"    from {', or '.join(weights.homes(name))}")
    click.echo(f"* needed by default; kept in {weights.folder()}")
    click.echo(f"OpenAI's own Whisper models can be pulled too: {', '.join(others)}")


@command.command("pull")
@click.argument("names", nargs=-1, metavar="[NAME...]")
def pull(names: tuple[str, ...]) -> None:
    """Fetch models; without names, those a fresh machine needs. `default` stands for them too.

    A name may also be one of OpenAI's own Whisper models, like small or turbo.
    """
    from .. import weights
    from ._fetching import Fetching

    with Fetching() as news:
        for found in weights.pull_each(_expanded(names or ("default",)), news):
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
    from .. import weights

    known = (*weights.models(), *weights.official_urls())
    wanted = _expanded(names) or [name for name in known if weights.is_kept(name)]
    wrong = 0
    for name in dict.fromkeys(weights.canonical(name) for name in wanted):
        try:
            click.echo(f"{name}: fine, {weights.find(name, rehash=True).sha256}")
            if official:
                click.echo(f"{name}: {weights.compare_official(name)}")
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
    from .. import weights

    meant = [one for name in names for one in (weights.defaults() if name == "default" else (name,))]
    for name in meant:
        weights.model(name)
    return list(dict.fromkeys(weights.canonical(name) for name in meant))


def _state(name: str) -> str:
    """Whether a model is here, and whether it is what it should be."""
    from .. import weights

    if not weights.is_kept(name):
        return "absent"
    try:
        return "kept" if weights.find(name) else ""
    except ModelUnavailableError:
        return "wrong"
