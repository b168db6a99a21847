"""Writes requirements.lock: every package of the default install with the sha256 of the file that is taken.

For Linux on x86-64 and CPython 3.11, as pip resolves it with constraints.txt; ``python scripts/lock.py``.
Install from it with ``pip install --require-hashes -r requirements.lock``; a file that was exchanged on the
way is then refused.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
HEAD = """\
# Every package of the default install, with the sum of its file: Linux, x86-64, CPython 3.11.
# Made by scripts/lock.py from pyproject.toml and constraints.txt; torch is the build for CPUs of pytorch.org.
"""


def resolved() -> list[dict[str, Any]]:
    """What pip would install, as its own report has it."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        order = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet"]
        order += ["-c", str(ROOT / "constraints.txt"), "--report", str(report), str(ROOT)]
        subprocess.run(order, check=True)
        return list(json.loads(report.read_text(encoding="utf-8"))["install"])


def locked(found: list[dict[str, Any]]) -> str:
    """The text of the lock file, sorted by name."""
    lines = []
    for item in found:
        name, version = item["metadata"]["name"].lower().replace("_", "-"), item["metadata"]["version"]
        total = item["download_info"].get("archive_info", {}).get("hashes", {}).get("sha256")
        if total:
            lines.append(f"{name}=={version} --hash=sha256:{total}")
    return HEAD + "\n".join(sorted(lines)) + "\n"


if __name__ == "__main__":
    LOCK.write_text(locked(resolved()), encoding="utf-8")
    print(f"{LOCK.name}: {len(LOCK.read_text(encoding='utf-8').splitlines()) - 2} packages")
