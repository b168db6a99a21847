"""A part found by its file name, or by the entry point of another package: no registry to edit for either.

Parts of ours win over a plug-in of the same name; ``PACKAGE:NAME`` asks for the plug-in.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from types import ModuleType

from ..errors import UsageError
from . import plugins


def module_names(package: str, room: str = "") -> tuple[str, ...]:
    """Names of the parts in a package folder: modules that start with no ``_``, sorted.

    With a ``room``, plug-ins of it that can be used, too: those whose name no other part has.
    """
    folder = importlib.import_module(package).__path__
    found = (item.name for item in pkgutil.iter_modules(folder) if not item.ispkg)
    ours = [name for name in found if not name.startswith("_")]
    theirs = [one.name for one in plugins.usable(room)] if room else []
    alone = (name for name in theirs if name not in ours and theirs.count(name) == 1)
    return tuple(sorted([*ours, *alone]))


def load_module(package: str, name: str, room: str = "") -> ModuleType:
    """Import one part; dashes in its name stand for underscores.

    Raises UsageError with a suggestion for a name that is not there, ConfigError for a plug-in that cannot
    be used. An import error inside a part of ours is not hidden.
    """
    if plugin := plugin_of(package, name, room):
        part: ModuleType = plugin.part()
        return part
    wanted, known = name.replace("-", "_"), module_names(package)
    if wanted not in known:
        known = module_names(package, room)
        close = difflib.get_close_matches(wanted, known, n=1)
        hint = f"did you mean “{close[0]}”? " if close else ""
        raise UsageError(f"there is no “{name}”; {hint}(there is: {', '.join(known)})")
    return importlib.import_module(f"{package}.{wanted}")


def plugin_of(package: str, name: str, room: str) -> plugins.Plugin | None:
    """The plug-in that a name stands for; None when it is a part of ours, or nothing.

    Raises UsageError when two packages bring one of this name.
    """
    if not room or name.replace("-", "_") in module_names(package):
        return None
    return plugins.named(room, name)
