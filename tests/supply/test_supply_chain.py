"""What we install and ship is pinned, known by its sum, and the same each time it is built."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;+]+)", re.MULTILINE)


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"scripts_{name}", ROOT / "scripts" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pins(path: Path) -> dict[str, str]:
    found = PIN.findall(path.read_text(encoding="utf-8"))
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in found}


@pytest.mark.pure
def test_every_locked_package_has_a_sum_and_the_version_we_test_with() -> None:
    """requirements.lock and constraints.txt name the same versions, and no line of the lock lacks its sum."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]
    assert all(re.search(r" --hash=sha256:[0-9a-f]{64}$", line) for line in wanted)
    locked, known = pins(ROOT / "requirements.lock"), pins(ROOT / "constraints.txt")
    assert {name: known[name] for name in locked if name in known} == {
        name: version for name, version in locked.items() if name in known
    }
    assert len(locked) > 100


@pytest.mark.pure
def test_what_the_default_install_needs_is_locked() -> None:
    """Every package that ours needs, and theirs, stands in the lock."""
    assert not set(script("licences").closure()) - set(pins(ROOT / "requirements.lock"))


@pytest.mark.pure
def test_no_licence_forbids_shipping_beside_it() -> None:
    """Packages and models name a licence, and none is of the kinds that bind a podcaster's use."""
    made = script("licences")
    rows = [*made.rows(), *made.models()]
    assert len(rows) > 100
    assert not [row for row in rows if made.REFUSED.search(row)]


ADVISORY = {
    "id": "PYSEC-2026-1",
    "summary": "a hole",
    "affected": [
        {
            "package": {"ecosystem": "PyPI", "name": "Some.Package"},
            "ranges": [
                {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.2"}]},
                {"type": "ECOSYSTEM", "events": [{"introduced": "2.0"}, {"last_affected": "2.3"}]},
            ],
            "versions": ["9.9"],
        }
    ],
}


@pytest.mark.pure
@pytest.mark.parametrize(
    ("version", "affected"),
    [
        ("1.1", True),
        ("1.2", False),
        ("1.10", False),
        ("2.0", True),
        ("2.3", True),
        ("2.4", False),
        ("9.9", True),
    ],
)
def test_an_advisory_finds_the_versions_it_is_about(version: str, affected: bool, tmp_path: Path) -> None:
    """Ranges and lists of the OSV schema are read as it says; a withdrawn advisory finds nothing."""
    audit = script("audit")
    (tmp_path / "a.json").write_text(json.dumps(ADVISORY), encoding="utf-8")
    lock = f"some-package=={version} --hash=sha256:{'0' * 64}\nother==1.0\n"
    assert bool(list(audit.findings(tmp_path, lock))) is affected
    (tmp_path / "a.json").write_text(json.dumps({**ADVISORY, "withdrawn": "2026-01-01"}), encoding="utf-8")
    assert not list(audit.findings(tmp_path, lock))


def build(target: Path, kind: str) -> Path:
    order = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(target)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1767225600"}
    subprocess.run(order, cwd=ROOT, env=environment, check=True, capture_output=True)
    (made,) = target.iterdir()
    return made


def test_two_builds_are_one(tmp_path: Path) -> None:
    """Wheel and source archive come out byte for byte the same when they are built again."""
    for kind in ("wheel", "sdist"):
        first, second = build(tmp_path / kind / "a", kind), build(tmp_path / kind / "b", kind)
        assert first.read_bytes() == second.read_bytes()


def test_the_wheel_works_where_nothing_else_of_ours_is(tmp_path: Path) -> None:
    """Unpacked alone, with the packages it needs, it makes an episode: no file of ours was left out of it."""
    with zipfile.ZipFile(build(tmp_path / "dist", "wheel")) as wheel:
        wheel.extractall(tmp_path / "site")
    sys.path.insert(0, str(ROOT / "tests"))
    from cli.conftest import CONFIG, write_tones

    (tmp_path / "show" / "config").mkdir(parents=True)
    (tmp_path / "show" / "config" / "chaitime.toml").write_text(CONFIG, encoding="utf-8")
    write_tones(tmp_path / "show" / "talk.wav")
    code = (
        "import sys, chaitime_audio as a, chaitime_audio.cli as c; print(a.__file__); "
        "sys.exit(c.run(sys.argv[1:]))"
    )
    for arguments in (["process", "-q", "talk.wav"], ["report", "episodes/talk"], ["check", "episodes/talk"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            cwd=tmp_path / "show",
            env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in (0, 7), done.stderr
        assert str(tmp_path / "site") in done.stdout
