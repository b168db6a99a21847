"""Figures of the house: rooms, arrows between them, and what looks into another room's private modules.

``python scripts/house_figures.py`` prints a table; ``--picture`` the rooms and their arrows as Mermaid,
for docs/architecture.md; ``--check`` ends with 1 if a module stands beside the rooms, a room looks
behind another's door, or that picture is another. ``--of FOLDER`` counts another checkout.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent / "src" / "chaitime_audio"
PAGE = HOUSE.parents[1] / "docs" / "architecture.md"
BESIDE = {"__init__", "__main__", "errors"}
SHORT_LINES = 40
Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Import:
    """One module that imports another: both by their path in the house."""

    by: Name
    of: Name

    @property
    def crosses(self) -> bool:
        """Whether it leads from one room to another; the root of the house is no room."""
        return bool(self.of) and self.by[0] != self.of[0] and self.by[0] != "__init__"

    @property
    def is_private(self) -> bool:
        """Whether a folder or module is named whose underscore hides it from the one that imports it."""
        hidden = next((at for at, part in enumerate(self.of) if part[:1] == "_" and part[:2] != "__"), None)
        return hidden is not None and self.by[:hidden] != self.of[:hidden]


def modules() -> dict[Name, Path]:
    """Every module by its path in the house; a package by its folder."""
    found: dict[Name, Path] = {}
    for path in sorted(HOUSE.rglob("*.py")):
        name = path.relative_to(HOUSE).with_suffix("").parts
        found[name[:-1] if name[-1] == "__init__" and len(name) > 1 else name] = path
    return found


def imports_of(name: Name, path: Path, known: dict[Name, Path]) -> Iterator[Import]:
    """Yield what a module imports of the house, wherever in it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    package = name if path.name == "__init__.py" and name != ("__init__",) else name[:-1]
    for node in ast.walk(tree):
        for named in _named(node, package):
            of = named if named in known else named[:-1]
            yield Import(name, of)


def _named(node: ast.AST, package: Name) -> Iterator[Name]:
    if isinstance(node, ast.ImportFrom):
        base = tuple(node.module.split(".")) if node.module else ()
        if node.level:
            base = (*package[: len(package) - node.level + 1], *base)
        elif base[:1] == (HOUSE.name,):
            base = base[1:]
        else:
            return
        yield from ((*base, alias.name) for alias in node.names)
    elif isinstance(node, ast.Import):
        for alias in node.names:
            if alias.name.startswith(HOUSE.name + "."):
                yield tuple(alias.name.split(".")[1:])


def late_imports(path: Path) -> int:
    """How many imports, of anything, stand inside functions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    }
    return len(inside)


def arrows(found: list[Import]) -> set[tuple[str, str]]:
    """Pairs of rooms, the first of which imports the second."""
    return {(one.by[0], one.of[0]) for one in found if one.crosses}


def figures(known: dict[Name, Path], found: list[Import]) -> dict[str, int]:
    """Return all figures by what they count."""
    texts = {path: path.read_text(encoding="utf-8").splitlines() for path in known.values()}
    packages = [name for name, path in known.items() if path.name == "__init__.py" and name != ("__init__",)]
    return {
        "rooms (folders of the house)": sum(len(name) == 1 for name in packages),
        "folders in all": len(packages),
        "modules beside the rooms": len(loose(known)),
        "rooms and modules beside them that import each other (arrows)": len(arrows(found)),
        "modules that import a private one of another folder": len({one for one in found if one.is_private}),
        "files": len(known),
        f"files under {SHORT_LINES} lines": sum(len(lines) < SHORT_LINES for lines in texts.values()),
        f"of these, not __init__.py (under {SHORT_LINES})": sum(
            len(lines) < SHORT_LINES for path, lines in texts.items() if path.name != "__init__.py"
        ),
        "files that start with an underscore": sum(
            path.name.startswith("_") and not path.name.startswith("__") for path in known.values()
        ),
        "lines": sum(map(len, texts.values())),
        "imports inside functions": sum(map(late_imports, known.values())),
    }


def loose(known: dict[Name, Path]) -> list[str]:
    """Modules that stand beside the rooms and should not."""
    return [
        name[0]
        for name, path in known.items()
        if len(name) == 1 and path.name != "__init__.py" and name[0] not in BESIDE
    ]


def picture(pairs: set[tuple[str, str]]) -> str:
    """The rooms as a Mermaid graph: an arrow that follows from two others is left out."""
    below: dict[str, set[str]] = {}
    for upper, lower in pairs:
        below.setdefault(upper, set()).add(lower)
    drawn = [
        f"    {upper} --> {lower}"
        for upper, lower in sorted(pairs)
        if not any(lower in _reached(other, below) for other in below[upper] - {lower})
    ]
    return "\n".join(["graph TD", *drawn])


def _reached(start: str, below: dict[str, set[str]]) -> set[str]:
    seen, todo = set[str](), [start]
    while todo:
        fresh = below.get(todo.pop(), set()) - seen
        seen |= fresh
        todo += fresh
    return seen


def main(asked: list[str]) -> int:
    """Print the figures, the picture, or what is wrong; 1 if anything is."""
    global HOUSE  # noqa: PLW0603 - a script, run once
    if "--of" in asked:
        HOUSE = Path(asked[asked.index("--of") + 1]) / "src" / "chaitime_audio"
    known = modules()
    found = [one for name, path in known.items() for one in imports_of(name, path, known)]
    if "--picture" in asked:
        print(picture(arrows(found)))
        return 0
    if "--check" not in asked:
        print("\n".join(f"| {what} | {count:,} |" for what, count in figures(known, found).items()))
        return 0
    wrong = [f"{'/'.join(one.by)} looks into {'/'.join(one.of)}" for one in found if one.is_private]
    wrong += [f"{name}.py stands beside the rooms" for name in loose(known)]
    if f"```mermaid\n{picture(arrows(found))}\n```" not in PAGE.read_text(encoding="utf-8"):
        wrong.append(f"the picture in {PAGE.name} is not that of the imports: put in what --picture prints")
    print("\n".join(wrong) or f"{len(known)} modules, none beside the rooms or behind another's door")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
