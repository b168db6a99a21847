"""``chaitime models``: which model files there are, fetching and checking them."""

from __future__ import annotations

from typing import Any

import click

from ...errors import ChaitimeError, ModelUnavailableError
from ..command_group import CommandGroup
from ..json_output import json_option, print_json


@click.group(cls=CommandGroup)
def command() -> None:
    """Manage the model files: list, pull, verify."""


@command.command("list")
@json_option
def list_models(as_json: bool) -> None:
    """List the models: which are here, under which licence, and where they come from."""
    from ... import model_files

    others = [name for name in model_files.official_urls() if model_files.canonical(name) == name]
    shown = (*model_files.models(), *(name for name in others if model_files.is_kept(name)))
    if as_json:
        print_json(
            {"folder": str(model_files.folder()), "models": [_plain(name) for name in shown], "more": others}
        )
        return
    for name in shown:
        item = model_files.model(name)
        star = "*" if item.default else " "
        size = f"{item.size / 1e6:6.1f} MB" if item.size else " " * 9
        click.echo(f"{star} {name:<20} {_state(name):<7} {size}  {item.licence:<24} {item.about}")
        click.echo(f"    from {', or '.join(model_files.homes(name))}")
    click.echo(f"* needed by default; kept in {model_files.folder()}")
    click.echo(f"OpenAI's own Whisper models can be pulled too: {', '.join(others)}")


def _plain(name: str) -> dict[str, Any]:
    """A model as JSON; ``bytes`` is 0 where its size is not known."""
    from ... import model_files

    item = model_files.model(name)
    return {
        "name": name,
        "state": _state(name),
        "default": item.default,
        "bytes": item.size,
        "licence": item.licence,
        "about": item.about,
        "from": list(model_files.homes(name)),
    }


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
@json_option
def verify(names: tuple[str, ...], official: bool, as_json: bool) -> None:
    """Check the models on this machine against their pinned checksums.

    Without names, all of them are read.
    """
    from ... import model_files

    known = (*model_files.models(), *model_files.official_urls())
    wanted = _expanded(names) or [name for name in known if model_files.is_kept(name)]
    told: list[dict[str, Any]] = []
    for name in dict.fromkeys(model_files.canonical(name) for name in wanted):
        one = {"name": name, "ok": True, "sha256": "", "said": ""}
        try:
            one["sha256"] = model_files.find(name, rehash=True).sha256
            _line(f"{name}: fine, {one['sha256']}", as_json)
            if official:
                one["said"] = str(model_files.compare_official(name))
                _line(f"{name}: {one['said']}", as_json)
        except ChaitimeError as problem:
            one |= {"ok": False, "said": str(problem)}
            _line(f"{name}: {problem}", as_json)
        told.append(one)
    wrong = sum(not one["ok"] for one in told)
    if as_json:
        print_json({"ok": not wrong, "models": told})
    elif not wanted:
        click.echo(
            "no model is kept here; fetch those needed by default with: chaitime models pull", err=True
        )
    if wrong:
        raise ModelUnavailableError(f"{wrong} of {len(wanted)} models are not what they should be")


def _line(text: str, as_json: bool) -> None:
    if not as_json:
        click.echo(text)


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
