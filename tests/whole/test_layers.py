"""The layers of tests: what the unit layer is kept from, and where a new test falls."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"
NEEDY = {
    "importing": "import torch",
    "spawning": "import os; os.spawnlp(os.P_WAIT, 'true', 'true')",
    "running": "import subprocess; subprocess.run(['true'])",
    "working": "from multiprocessing import get_context as c; c('spawn').Process(target=print).start()",
    "connecting": "import socket; socket.create_connection(('127.0.0.1', 9))",
    "serving": "import socket; socket.create_server(('127.0.0.1', 0))",
    "reading": "from pathlib import Path; Path(__file__).parents[3].joinpath('shared', 'text').read_text()",
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Our conftest, one test that needs nothing in each of two directories; shared beside it."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "text").write_text("not for a unit test")
    tests = tmp_path / "project" / "tests"
    for room in ("new", "cli"):
        (tests / room).mkdir(parents=True)
        (tests / room / "test_it.py").write_text("def test_nothing():\n    pass\n")
    shutil.copy(CONFTEST, tests)
    return tmp_path / "project"


def report_of(checkout: Path, *options: str) -> str:
    """What pytest says of the project."""
    command = [sys.executable, "-m", "pytest", "--import-mode=importlib", "-v", "-p", "no:cacheprovider"]
    ran = subprocess.run(
        [*command, *options, "tests"], cwd=checkout, capture_output=True, text=True, timeout=120, check=False
    )
    return ran.stdout + ran.stderr


def test_a_new_test_is_a_unit_test_but_in_directories_that_start_processes(checkout: Path) -> None:
    """Without a marker the directory decides; a marker outranks it, the more demanding one first."""
    (checkout / "tests" / "cli" / "test_pure.py").write_text(
        "import pytest\npytestmark = pytest.mark.pure\ndef test_pure(): pass\n"
        "@pytest.mark.models\ndef test_heavy(): pass\n"
    )
    said = report_of(checkout, "--unit")
    assert sorted(re.findall(r"tests/(\S+) PASSED", said)) == [
        "cli/test_pure.py::test_pure",
        "new/test_it.py::test_nothing",
    ]


def test_the_unit_layer_reaches_nothing_it_must_do_without(checkout: Path) -> None:
    """Torch, other processes, sockets and ../shared fail the test, also where it catches every exception."""
    lines = [
        f"def test_{name}():\n    try:\n        {code}\n    except ImportError:\n        raise\n"
        "    except Exception:\n        pass\n"
        for name, code in NEEDY.items()
    ]
    (checkout / "tests" / "new" / "test_needy.py").write_text("\n".join(lines))
    said = report_of(checkout, "--unit")
    assert set(re.findall(r"test_needy.py::test_(\w+) FAILED", said)) == set(NEEDY), said
    assert "1 passed" in said
    assert "mark it" in said
