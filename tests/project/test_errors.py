"""The error tree: every class of it, wherever it is defined, survives the way back from a worker."""

from __future__ import annotations

import importlib
import inspect
import pickle
import pkgutil
from collections.abc import Iterator

import pytest

import chaitime_audio
from chaitime_audio.errors import ChaitimeError

OPTIONAL = ("faster_whisper", "dask", "distributed")


def _whole_tree() -> list[type[ChaitimeError]]:
    """Import every module of the package; return all error classes found, the base among them."""
    for module in pkgutil.walk_packages(chaitime_audio.__path__, f"{chaitime_audio.__name__}."):
        if module.name.endswith(".__main__"):
            continue
        try:
            importlib.import_module(module.name)
        except ModuleNotFoundError as cause:
            if (cause.name or "").partition(".")[0] not in OPTIONAL:
                raise
    return sorted({ChaitimeError, *_below(ChaitimeError)}, key=lambda kind: kind.__qualname__)


def _below(kind: type[ChaitimeError]) -> Iterator[type[ChaitimeError]]:
    for child in kind.__subclasses__():
        if child.__module__.startswith(f"{chaitime_audio.__name__}."):
            yield child
        yield from _below(child)


def _made(kind: type[ChaitimeError]) -> ChaitimeError:
    """One of a kind, each parameter of its constructor (all of them texts) given its own name."""
    taken = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    if kind.__init__ is Exception.__init__:
        return kind("ep: what, where, how to mend it")
    wanted = [one for one in inspect.signature(kind).parameters.values() if one.kind in taken]
    named = {
        one.name: f"the {one.name}"
        for one in inspect.signature(kind).parameters.values()
        if one.kind is inspect.Parameter.KEYWORD_ONLY
    }
    return kind(*(f"the {one.name}" for one in wanted), **named)


@pytest.mark.integration  # all modules are imported, torch with them
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_every_error_survives_pickling(protocol: int) -> None:
    """Type, text, arguments and attributes are the same behind pickle, for every class of the tree."""
    kinds = _whole_tree()
    assert {"NotMadeError", "FfmpegError", "NoWordingError"} <= {kind.__name__ for kind in kinds}
    for kind in kinds:
        error = _made(kind)
        error.add_note("while making the episode")
        again = pickle.loads(pickle.dumps(error, protocol))
        assert type(again) is kind
        assert (str(again), again.args, vars(again)) == (str(error), error.args, vars(error))
        assert again.exit_code == error.exit_code


def test_a_new_error_of_any_shape_survives() -> None:
    """An error that takes other things than its text, with keywords and numbers, needs no code of its own."""
    error = _OddError(3, unit="s")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.count, again.unit) == (_OddError, "3 s too long", 3, "s")


class _OddError(ChaitimeError):
    def __init__(self, count: int, *, unit: str) -> None:
        super().__init__(f"{count} {unit} too long")
        self.count, self.unit = count, unit
