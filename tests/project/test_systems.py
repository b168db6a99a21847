"""Linux and macOS: what depends on the system, with the system faked."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

import platformdirs
import pytest
from platformdirs.macos import MacOS

from chaitime_audio.cli.checkup import system
from chaitime_audio.model_files import folder
from chaitime_audio.workers import in_process


class Library:
    """A C library with some functions; remembers what was called."""

    def __init__(self, *names: str) -> None:
        self.called: list[str] = []
        for name in names:
            setattr(self, name, lambda *_, name=name: self.called.append(name))


@pytest.mark.parametrize(
    ("there", "called"),
    [
        (("malloc_trim",), ["malloc_trim"]),
        (("malloc_zone_pressure_relief",), ["malloc_zone_pressure_relief"]),
        ((), []),
    ],
)
def test_memory_goes_back_where_the_c_library_has_a_way(
    there: tuple[str, ...], called: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Glibc trims, macOS relieves its zones, any other library is left alone."""
    library = Library(*there)
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library)
    in_process.give_back()
    assert library.called == called


@pytest.mark.parametrize(("platform", "fine"), [("linux", True), ("darwin", True), ("win32", False)])
def test_the_doctor_says_which_systems_are_supported(
    platform: str, fine: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows is named as not supported, with the way out."""
    monkeypatch.setattr(sys, "platform", platform)
    found = system()
    assert found.fine is fine
    assert fine or "WSL" in found.said


def test_models_lie_in_the_cache_of_macos(monkeypatch: pytest.MonkeyPatch) -> None:
    """On macOS the user's cache is Library/Caches."""
    monkeypatch.setattr(platformdirs, "PlatformDirs", MacOS)
    monkeypatch.delenv("CHAITIME_MODELS", raising=False)
    assert folder() == Path.home() / "Library" / "Caches" / "chaitime" / "models"
