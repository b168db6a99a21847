"""Compares what is locked with advisories that lie on this disk: ``python scripts/audit.py FOLDER [LOCK]``.

FOLDER holds advisories in OSV format (one JSON file each, as the Python Packaging Advisory Database has them,
https://ossf.github.io/osv-schema/); nothing is fetched. Ends with 1 when a locked version is affected, with 2
when there is nothing to compare.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

LOCK = Path(__file__).parents[1] / "requirements.lock"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)", re.MULTILINE)


def pinned(text: str) -> dict[str, str]:
    """Name → version of every pinned line."""
    return {canonicalize_name(name): version for name, version in _PIN.findall(text)}


def affects(advisory: dict[str, Any], name: str, version: str) -> bool:
    """Whether an advisory is about this version of a package of PyPI."""
    for item in advisory.get("affected", ()):
        package = item.get("package", {})
        if package.get("ecosystem") != "PyPI" or canonicalize_name(package.get("name", "")) != name:
            continue
        if version in item.get("versions", ()) or any(
            _within(one, version) for one in item.get("ranges", ())
        ):
            return True
    return False


def _within(known: dict[str, Any], version: str) -> bool:
    """Whether a version lies in a range: after an ``introduced`` event and before what ends it."""
    if known.get("type") not in ("ECOSYSTEM", "SEMVER"):
        return False
    try:
        mine, inside = Version(version), False
        for event in known.get("events", ()):
            (what, at), *_ = event.items()
            reached = at == "0" or mine >= Version(at)
            if what == "introduced" and reached:
                inside = True
            elif (what in ("fixed", "limit") and reached) or (what == "last_affected" and mine > Version(at)):
                inside = False
    except (InvalidVersion, ValueError):
        return False
    return inside


def findings(folder: Path, lock: str) -> Iterator[str]:
    """A line for every locked package that an advisory is about."""
    pins = pinned(lock)
    for path in sorted(folder.rglob("*.json")):
        advisory = json.loads(path.read_text(encoding="utf-8"))
        if advisory.get("withdrawn"):
            continue
        for name, version in pins.items():
            if affects(advisory, name, version):
                said = f"{advisory.get('id', path.stem)} {advisory.get('summary', '')}"
                yield f"{name} {version}: {said.rstrip()}"


if __name__ == "__main__":
    if len(sys.argv) < 2 or not any(Path(sys.argv[1]).rglob("*.json")):
        sys.exit(f"usage: {sys.argv[0]} FOLDER_OF_ADVISORIES [LOCK]")
    found = list(findings(Path(sys.argv[1]), Path(*sys.argv[2:3] or [LOCK]).read_text(encoding="utf-8")))
    print("\n".join(found) or "no advisory is about what is locked")
    sys.exit(bool(found))
