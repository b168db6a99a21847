"""Which layer a test is in, by what it needs, and what the unit layer is kept from.

==========  ==================================================================================
unit        pure Python in one process: no torch, no model, no socket, no ../shared
integration starts ffmpeg, workers or a browser, or talks to a server of its own
models      needs torch, or weights that were fetched
hard        takes minutes
==========  ==================================================================================

A test is a unit test unless its marker or its directory says otherwise; in a directory of integration
tests the marker ``pure`` takes a test or a file out. The more demanding of two markers counts.
"""

from __future__ import annotations

import multiprocessing.util
import os
import sys
import tempfile
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import pytest

TESTS = Path(__file__).parent
SHARED = TESTS.parent.parent / "shared"
INTEGRATION = frozenset(
    "audio batch checks cli field frozen site stopping studio supply tagging torture upkeep whole"
    " workers".split()
)
"""Directories whose tests start ffmpeg or other processes unless they are marked ``pure``."""
DEMANDING = ("hard", "models", "integration")
HEAVY = frozenset(
    "torch torchaudio torchcodec whisper whisperx pyannote faster_whisper ctranslate2 transformers".split()
)
PROCESSES = frozenset(
    "subprocess.Popen os.exec os.fork os.forkpty os.posix_spawn os.spawn os.system pty.spawn".split()
)
SOCKETS = frozenset("socket.bind socket.connect socket.sendmsg socket.sendto".split())
FILES = frozenset({"open", "os.listdir", "os.scandir"})


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer ``--unit``."""
    parser.addoption(
        "--unit", action="store_true", help="run the unit layer alone, with all it must not need out of reach"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Give the tests a state of their own, not the user's; select the unit layer alone, when asked."""
    state = tempfile.TemporaryDirectory(prefix="chaitime-tests-", ignore_cleanup_errors=True)
    config.add_cleanup(state.cleanup)
    os.environ["XDG_STATE_HOME"] = state.name
    if config.getoption("unit"):
        config.option.markexpr = "unit"


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Put the unit layer's guard up where tests run, before any of their files is imported."""
    runs_here = hasattr(session.config, "workerinput") or session.config.getoption("dist", "no") == "no"
    if session.config.getoption("unit") and runs_here:
        guard()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every test the marker of its layer, so that ``-m`` can select by it."""
    for item in items:
        item.add_marker(layer(item))


def layer(item: pytest.Item) -> str:
    """The layer of a test: the most demanding of its markers, otherwise what its directory says."""
    marked = next((name for name in DEMANDING if item.get_closest_marker(name)), None)
    room = item.path.relative_to(TESTS).parts[0] if item.path.is_relative_to(TESTS) else ""
    pure = room not in INTEGRATION or item.get_closest_marker("pure")
    return marked or ("unit" if pure else "integration")


class Refusing(MetaPathFinder, Loader):
    """Finds heavy libraries where they are, and loads none."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Take the place of a heavy library's own loader."""
        spec = PathFinder.find_spec(fullname, path) if fullname in HEAVY else None
        if spec:
            spec.loader = self
        return spec

    def create_module(self, spec: ModuleSpec) -> None:
        """Refuse, as where the library is not installed."""
        raise ModuleNotFoundError(f"the unit layer does without {spec.name}: mark the test models")

    def exec_module(self, module: ModuleType) -> None:
        """Never called: no module is created."""


def guard() -> None:
    """Put heavy libraries, models, processes, sockets and ../shared out of this process's reach, for good."""
    loaded = HEAVY.intersection(sys.modules)
    assert not loaded, f"already loaded: {sorted(loaded)}"
    sys.meta_path.insert(0, Refusing())
    os.environ["CHAITIME_MODELS"] = str(TESTS / "no-models-in-the-unit-layer")
    multiprocessing.util.spawnv_passfds = lambda *_: refuse("starts a process", "integration")
    shared = os.path.realpath(SHARED)

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event in PROCESSES:
            refuse(f"starts a process ({arguments[0]!r})" if arguments else "forks", "integration")
        if event in SOCKETS:
            refuse(f"uses a socket ({event})", "integration")
        if event in FILES and "shared" in (path := str(arguments[0])):
            real = os.path.realpath(path)
            if real == shared or real.startswith(shared + os.sep):
                refuse(f"reads {path}", "integration")

    sys.addaudithook(watch)


def refuse(what: str, marker: str) -> NoReturn:
    """Fail the test with what to do; no ``except Exception`` on the way swallows that."""
    pytest.fail(f"a unit test {what}: mark it (or its file, or its directory) {marker}")
