"""Measured figures on disk, one JSON file a part, so that parts can be measured one at a time."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "results"


def keep(part: str, rows: Iterable[Any], *, merge: bool = False) -> None:
    """Write rows (dataclasses with a ``name``) as they come; ``merge`` keeps known ones of other names."""
    FOLDER.mkdir(exist_ok=True)
    known = {row["name"]: row for row in load(part)} if merge else {}
    for row in rows:
        known[row.name] = _rounded(dataclasses.asdict(row))
        print(f"  {row.name}", file=sys.stderr)
        text = json.dumps(list(known.values()), ensure_ascii=False, indent=1)
        (FOLDER / f"{part}.json").write_text(text + "\n", encoding="utf-8")


def load(part: str) -> list[dict[str, Any]]:
    """Read the rows of a part; none when it was not measured yet."""
    path = FOLDER / f"{part}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return value
