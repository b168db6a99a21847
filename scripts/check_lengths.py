"""House rule 12, held by machine: no source or test file over 300 lines, no function over 60."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

FILE_LINES, FUNCTION_LINES = 300, 60
ROOT = Path(__file__).resolve().parent.parent


def too_long(path: Path) -> Iterator[str]:
    """Yield one line for the file, and for each function in it, that is over the limit."""
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(ROOT)
    if (count := len(text.splitlines())) > FILE_LINES:
        yield f"{name}: {count} lines (at most {FILE_LINES})"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield f"{name}:{node.lineno}: {node.name} has {length} lines (at most {FUNCTION_LINES})"


def main() -> int:
    """Print what is too long; 1 if anything is."""
    files = [path for room in ("src", "tests", "scripts", "bench") for path in (ROOT / room).rglob("*.py")]
    found = [line for path in sorted(files) for line in too_long(path)]
    print("\n".join(found) or f"{len(files)} files, none too long")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
