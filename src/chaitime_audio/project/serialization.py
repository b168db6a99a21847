"""Values to JSON and TOML and back: strict, with "did you mean" where a key is misspelt.

cattrs does the work; this file adds our spelling of times (``"01:02.5"``), dates, and
one-sentence errors that say where in the document the trouble is.
"""

from __future__ import annotations

import contextlib
import dataclasses
import difflib
import functools
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal, NewType, TypeVar, get_args, get_origin, get_type_hints

from ..domain.sound import SourceMs, Span
from ..domain.timecode import parse_clock
from ..errors import ConfigError
from . import wire

if TYPE_CHECKING:
    from cattrs import Converter

Value = TypeVar("Value")


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``; did you mean “x”?`` for the closest known word, or nothing."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean “{close[0]}”?" if close else ""


def to_json(value: object) -> str:
    """Canonical JSON of a value: sorted keys, one form for equal values, a newline at the end."""
    plain = _json_converter().unstructure(value)
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
    # a path whose bytes are no UTF-8 has halves of surrogate pairs: their escapes are JSON's too
    return text.encode(errors="backslashreplace").decode()


def plain(value: object) -> Any:
    """Turn a value into dicts, lists, strings and numbers, as JSON would hold it."""
    return _json_converter().unstructure(value)


def digest(value: object) -> str:
    """sha256 (hex) of the canonical JSON of a value."""
    return sha256(to_json(value).encode()).hexdigest()


def from_json(kind: type[Value], text: str | bytes) -> Value:
    """Read a value back. Raises ValueError on anything that is not exactly such a value."""
    try:
        data = json.loads(text)
        with contextlib.suppress(Exception):  # the other one is slower, and says what is wrong
            return _json_converter(exact=False).structure(data, kind)
        return _json_converter().structure(data, kind)
    except Exception as cause:
        raise ValueError(f"not a {getattr(kind, '__name__', kind)}: {_first_problem(cause, kind)}") from cause


def from_plain(
    kind: type[Value], data: object, where: str, about: Callable[[Sequence[str]], str] = lambda _path: ""
) -> Value:
    """Build a value from parsed TOML, strictly.

    Raises ConfigError with one sentence that starts with ``where`` (a file name), names the
    key, suggests the nearest known one, and ends with what ``about`` says of the keys that lead there.
    """
    try:
        return _toml_converter().structure(data, kind)
    except Exception as cause:
        path, _ = _located(cause)
        raise ConfigError(f"{where}: {_first_problem(cause, kind)}{about(path)}") from cause


@functools.cache
def _json_converter(*, exact: bool = True) -> Converter:
    """Times are whole milliseconds, dates ISO strings, fields under their wire names.

    ``exact``: errors say where they are.
    """
    converter = _base_converter(exact=exact)
    for moment in (date, datetime):
        converter.register_unstructure_hook(moment, lambda value: value.isoformat())
        converter.register_structure_hook(moment, lambda text, kind: kind.fromisoformat(text))
    converter.register_unstructure_hook_factory(_has_wire_names, lambda kind: _writer(kind, converter))
    converter.register_structure_hook_factory(_has_wire_names, lambda kind: _reader(kind, converter))
    return converter


def _has_wire_names(kind: Any) -> bool:
    name = getattr(kind, "__name__", "")
    return dataclasses.is_dataclass(kind) and (name in wire.FIELDS or name in wire.LATER_FIELDS)


def _overrides(kind: Any) -> dict[str, Any]:
    """What cattrs is to do otherwise for the fields of a class that have a history."""
    from cattrs.gen import override

    names, later = wire.FIELDS.get(kind.__name__, {}), wire.LATER_FIELDS.get(kind.__name__, frozenset())
    return {
        field: override(rename=names.get(field), omit_if_default=field in later) for field in {*names, *later}
    }


def _writer(kind: Any, converter: Converter) -> Any:
    from cattrs.gen import make_dict_unstructure_fn

    return make_dict_unstructure_fn(kind, converter, **_overrides(kind))


def _reader(kind: Any, converter: Converter) -> Any:
    from cattrs.gen import make_dict_structure_fn

    return make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True, **_overrides(kind))


@functools.cache
def _toml_converter() -> Converter:
    """Times are written like ``"01:02.5"``; dates are TOML's own."""
    from cattrs.gen import make_dict_structure_fn, override

    converter = _base_converter()

    def clock(value: Any, _kind: Any) -> SourceMs:
        if not isinstance(value, str):
            raise TypeError(f'“{value}” must be a time in quotes, like "02:15"')
        return SourceMs(parse_clock(value))

    def moment(value: Any, kind: Any) -> Any:
        if not isinstance(value, kind):
            like = "2026-01-31T08:00:00Z" if kind is datetime else "2026-01-31"
            raise TypeError(f"“{value}” is not a {kind.__name__}; write it without quotes, like {like}")
        return value

    converter.register_structure_hook_func(lambda kind: kind is SourceMs, clock)
    spans = make_dict_structure_fn(
        Span,
        converter,
        _cattrs_forbid_extra_keys=True,
        start_ms=override(rename="start"),
        end_ms=override(rename="end"),
    )
    converter.register_structure_hook(Span, spans)
    converter.register_structure_hook(date, moment)
    converter.register_structure_hook(datetime, moment)
    return converter


def _base_converter(*, exact: bool = True) -> Converter:
    from cattrs import Converter

    converter = Converter(forbid_extra_keys=True, detailed_validation=exact)
    for simple in (str, int, float, bool):
        converter.register_structure_hook(simple, _exactly)
    converter.register_structure_hook_func(_is_literal, _one_of)
    return converter


_SPAN_NAMES = {"start_ms": "start", "end_ms": "end"}
_WORDS = {str: "text in quotes", int: "a whole number", float: "a number", bool: "true or false"}


def _exactly(value: Any, kind: type[Any]) -> Any:
    """No silent conversions: "3" is not 3, and true is not 1."""
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise ValueError(f"“{value}” should be {_WORDS[kind]}")
    return value


def _is_literal(kind: Any) -> bool:
    return bool(get_origin(kind) == Literal)


def _one_of(value: Any, kind: Any) -> Any:
    if value not in get_args(kind):
        choices = ", ".join(f"“{item}”" for item in get_args(kind))
        raise ValueError(f"“{value}” is none of {choices}{nearest(str(value), get_args(kind))}")
    return value


def _first_problem(cause: BaseException, kind: Any) -> str:
    """One sentence about the deepest first problem cattrs found, with its path in the document."""
    path, cause = _located(cause)
    place = ".".join(path).replace(".[", "[")
    prefix = f"{place}: " if place else ""
    extra = getattr(cause, "extra_fields", None)
    if extra:
        word = min(extra)
        return f"{prefix}unknown setting “{word}”{nearest(word, _fields_at(kind, path))}"
    if isinstance(cause, KeyError):
        return f"{place} is missing"
    return f"{prefix}{cause}"


def _located(cause: BaseException) -> tuple[list[str], BaseException]:
    """The deepest first problem, and the keys that lead to it."""
    path: list[str] = []
    for level in _levels(cause):
        for note in getattr(level, "__notes__", ()):
            path.extend(_path_step(note))
        cause = level
    return path, cause


def _levels(cause: BaseException) -> Iterator[BaseException]:
    while isinstance(cause, BaseExceptionGroup):
        yield cause
        misspelt = [inner for inner in cause.exceptions if hasattr(inner, "extra_fields")]
        cause = (misspelt or cause.exceptions)[0]
    yield cause


def _path_step(note: object) -> list[str]:
    name, index = getattr(note, "name", None), getattr(note, "index", None)
    if name is not None:
        return [_SPAN_NAMES.get(str(name), str(name))]
    return [f"[{index + 1}]"] if isinstance(index, int) else []


def _fields_at(kind: Any, path: Iterable[str]) -> list[str]:
    """Names of the settings a dataclass knows at a path like ``["people", "[1]"]``."""
    for step in path:
        kind = (
            _inner(kind) if step.startswith("[") else _inner(get_type_hints(_bare(kind)).get(step), depth=0)
        )
    bare = _bare(kind)
    names = [field.name for field in dataclasses.fields(bare)] if dataclasses.is_dataclass(bare) else []
    return [name.removesuffix("_ms") for name in names] if bare is Span else names


def _inner(kind: Any, depth: int = 1) -> Any:
    return get_args(kind)[0] if depth and get_origin(kind) is not None else kind


def _bare(kind: Any) -> Any:
    if isinstance(kind, NewType):
        return kind.__supertype__
    arguments = [item for item in get_args(kind) if item is not type(None)]
    return (
        arguments[0] if get_origin(kind) is not tuple and arguments and get_origin(kind) is not None else kind
    )
