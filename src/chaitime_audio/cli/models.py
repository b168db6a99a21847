"""``chaitime models``: which model files there are, fetching and checking them."""

from __future__ import annotations

import click

from ..errors import ChaitimeError, ModelUnavailableError


@click.group()
def command() -> None:
    """Look after the model files: list, pull, verify."""


@command.command("list")
def list_models() -> None:
    """Say which models there are, which are kept here, and under which licence."""
    from .. import weights

    for name, item in weights.models().items():
        mark = "kept" if _kept(name) else "absent"
        star = "*" if item.default else " "
        click.echo(f"{star} {name:<18} {mark:<7} {item.size / 1e6:6.1f} MB  {item.licence:<24} {item.about}")
    click.echo(f"* needed by default; kept in {weights.folder()}")


@command.command("pull")
@click.argument("names", nargs=-1, metavar="[NAME...]")
def pull(names: tuple[str, ...]) -> None:
    """Fetch models; without names, those a fresh machine needs. `default` stands for them too."""
    from .. import weights
    from ._fetching import fetching

    wanted = [one for name in names or ("default",) for one in _expanded(name)]
    for name in dict.fromkeys(wanted):
        if _kept(name):
            click.echo(f"{name}: kept already", err=True)
            continue
        with fetching(name, weights.model(name).size) as tell:
            found = weights.pull(name, tell)
        click.echo(f"{name}: {found.path}")


@command.command("verify")
@click.argument("names", nargs=-1, metavar="[NAME...]")
@click.option(
    "--official", is_flag=True, help="Also compare with the publisher's own file, where it can be had."
)
def verify(names: tuple[str, ...], official: bool) -> None:
    """Read kept models again and compare them with their pinned checksums."""
    from .. import weights

    wanted = [one for name in names for one in _expanded(name)] or [n for n in weights.models() if _here(n)]
    wrong = 0
    for name in wanted:
        try:
            click.echo(f"{name}: fine, {weights.find(name, rehash=True).sha256}")
            if official:
                click.echo(f"{name}: {weights.compare_official(name)}")
        except ChaitimeError as problem:
            click.echo(f"{name}: {problem}")
            wrong += 1
    if wrong:
        raise ModelUnavailableError(f"{wrong} of {len(wanted)} models are not what they should be")


def _expanded(name: str) -> tuple[str, ...]:
    from .. import weights

    if name == "default":
        return weights.defaults()
    weights.model(name)
    return (name,)


def _kept(name: str) -> bool:
    from .. import weights

    try:
        return bool(weights.find(name))
    except ModelUnavailableError:
        return False


def _here(name: str) -> bool:
    from .. import weights

    return (weights.folder() / weights.model(name).file).exists()
