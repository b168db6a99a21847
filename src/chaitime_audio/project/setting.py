"""How a setting is declared: its default and the one sentence that describes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Any, TypeVar

Default = TypeVar("Default")


def setting(default: Default, about: str, guarded: Callable[[Any], bool] | None = None) -> Default:
    """Declare a setting: its default and the one sentence that describes it.

    ``guarded`` tells of which values it runs code or contacts the network; in a configuration that is
    not the person's own these count only after ``chaitime trust`` (see trust.py).
    """
    start: Any = {"default_factory": default.copy} if isinstance(default, dict) else {"default": default}
    described: Default = field(**start, metadata={"about": about, "guarded": guarded})
    return described
