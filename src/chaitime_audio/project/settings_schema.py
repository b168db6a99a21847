"""A JSON schema of ``chaitime.toml``, made of the settings as they are declared: for editors."""

from __future__ import annotations

import dataclasses
import types
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from .serialization import plain
from .settings import Settings

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PLAIN: dict[object, str] = {str: "string", bool: "boolean", int: "integer", float: "number"}


def settings_schema() -> dict[str, Any]:
    """Return the schema: each setting with its type, its default and the sentence that describes it."""
    return {"$schema": DIALECT, "title": "chaitime.toml", **_object(Settings)}


def _object(kind: type[Any]) -> dict[str, Any]:
    """A table whose keys are the fields of a dataclass, and no others."""
    hints, required, fields = get_type_hints(kind), list[str](), dict[str, Any]()
    for item in dataclasses.fields(kind):
        shape = _shape(hints[item.name])
        if about := item.metadata.get("about"):
            shape["description"] = about
        elif shape.get("type") == "object" and dataclasses.is_dataclass(hints[item.name]):
            shape["description"] = " ".join(str(hints[item.name].__doc__).split())
        if item.default is not dataclasses.MISSING and item.default is not None:
            shape["default"] = plain(item.default)
        elif item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING:
            required.append(item.name)
        fields[item.name] = shape
    more = {"required": required} if required else {}
    return {"type": "object", "properties": fields, "additionalProperties": False, **more}


def _shape(kind: Any) -> dict[str, Any]:
    """The schema of a value of this type."""
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _object(kind)
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"enum": list(inside)}
    if origin is tuple:
        return {"type": "array", "items": _shape(inside[0])}
    if origin is dict:
        return {"type": "object"}
    if origin in (Union, types.UnionType):
        return _shape(next(one for one in inside if one is not type(None)))
    raise TypeError(f"a setting of type {kind} has no schema yet")
