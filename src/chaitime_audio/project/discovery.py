"""A part found by its file name: no registry to edit when a part is added."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from types import ModuleType

from ..errors import UsageError


def module_names(package: str) -> tuple[str, ...]:
    """Names of the parts in a package folder: modules that start with no ``_``, sorted."""
    folder = importlib.import_module(package).__path__
    found = (item.name for item in pkgutil.iter_modules(folder) if not item.ispkg)
    return tuple(sorted(name for name in found if not name.startswith("_")))


def load_module(package: str, name: str) -> ModuleType:
    """Import one part; dashes in its name stand for underscores.

    Raises UsageError with a suggestion for a name that is not there. An import error
    inside the part is not hidden.
    """
    wanted, known = name.replace("-", "_"), module_names(package)
    if wanted not in known:
        close = difflib.get_close_matches(wanted, known, n=1)
        hint = f"did you mean “{close[0]}”? " if close else ""
        raise UsageError(f"there is no “{name}”; {hint}(there is: {', '.join(known)})")
    return importlib.import_module(f"{package}.{wanted}")
