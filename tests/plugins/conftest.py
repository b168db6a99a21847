"""The example of a plug-in, installed as anybody would, and small packages for what goes wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1]))
from cli.conftest import CONFIG, write_tones

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that ``examples/plugin`` is installed into; nothing is fetched."""
    folder = tmp_path_factory.mktemp("plugin")
    copied = shutil.copytree(ROOT / "examples" / "plugin", folder / "copy")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index"]
    target = folder / "installed"
    asked = [*pip, "--no-deps", "--no-build-isolation", "--target", str(target), str(copied)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return target


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run ``chaitime`` in a show of stand-ins with these folders on Python's path, beside ``talk.wav``."""
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "chaitime.toml").write_text(CONFIG, encoding="utf-8")
    write_tones(tmp_path / "talk.wav")

    def chaitime(*arguments: str, on_path: tuple[Path, ...] = ()) -> subprocess.CompletedProcess[str]:
        known = os.environ.get("PYTHONPATH", "")
        path = os.pathsep.join(filter(None, (*map(str, on_path), str(ROOT / "src"), known)))
        command = [sys.executable, "-m", "chaitime_audio", *arguments]
        environment = {**os.environ, "PYTHONPATH": path}
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    return chaitime


@pytest.fixture
def package(tmp_path: Path) -> Callable[..., Path]:
    """Make a folder with one package in it, by its entry points and the text of its one module."""

    def made(name: str, points: dict[str, str], text: str = "", version: str = "1.0") -> Path:
        folder = tmp_path / f"of-{name}"
        metadata = folder / f"{name}-{version}.dist-info"
        metadata.mkdir(parents=True)
        (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        groups = "".join(
            f"[chaitime.{place.partition('/')[0]}]\n{place.partition('/')[2]} = {target}\n"
            for place, target in points.items()
        )
        (metadata / "entry_points.txt").write_text(groups)
        (folder / f"{name}.py").write_text(text)
        return folder

    return made
