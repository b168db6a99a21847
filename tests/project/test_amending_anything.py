"""A person's episode.toml: whatever a program changes in it, the rest stays as it was."""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from chaitime_audio.project import episode_file, renaming
from chaitime_audio.project.episode_file import Overrides
from chaitime_audio.project.episode_folder import EpisodeFolder
from chaitime_audio.project.renaming import Wish
from chaitime_audio.project.toml_edit import literal

NAMES = ["Maya Rao", "Tom Ellery", 'Ana "Ace" Lüd\\', "Bo\x7f\u2028Lee", "名前"]
ROLES = ["host", "guest"]
STRAY = ["[[people]]", 'name = "x"', '"""', "'", "}", "a = [", 'title = "…"', "\\", "émoji 🎙", "=", ""]


@dataclass(frozen=True)
class Line:
    """A line of a random file, and its kind: ``top:KEY``, ``people`` (with the entry), ``other``."""

    text: str
    kind: str
    entry: int = -1


TOP = {
    "title": ['"Four o\'clock"', "'a # b'", '"""\\\nlong\n# no comment\n[[people]]"""', "'''x'''"],
    "number": ["3", "1_0"],
    "language": ['"en"'],
    "speakers": ["2"],
    "guid": ['"g"', '"" '],
    "published": ["2026-01-31T08:00:00Z", "2026-01-31 08:00:00Z"],
    "subtitle": ['"[[people]] # x"'],
}
OTHER = [
    ["[[chapters]]", 'at = "00:10"', 'title = "a"'],
    ["[[cuts]]", 'start = "00:01"', 'end = "00:02"'],
    ["[[links]]", 'title = "#"', "url = 'https://example.org/#x'"],
]


class _Writer:
    """Draws the parts of a file; every comment gets a number of its own."""

    def __init__(self, draw: Callable[[Any], Any]) -> None:
        self.draw, self.count, self.lines = draw, 0, list[Line]()

    def comment(self) -> str:
        self.count += 1
        return f"#<{self.count}> {self.draw(st.sampled_from(STRAY))}"

    def filling(self) -> None:
        for kind in self.draw(st.lists(st.sampled_from(["comment", "blank", "indented"]), max_size=3)):
            text = "" if kind == "blank" else ("  " if kind == "indented" else "") + self.comment()
            self.lines.append(Line(text, "filling"))

    def add(self, text: str, kind: str, entry: int = -1) -> None:
        self.filling()
        behind = "  " + self.comment() if self.draw(st.integers(0, 3)) == 0 else ""
        self.lines.append(Line(text + behind, kind, entry))

    def key(self, name: str) -> str:
        spelt = self.draw(st.sampled_from([name, f'"{name}"', f"'{name}'"]))
        return spelt + self.draw(st.sampled_from([" = ", "=", "  =  "]))


@st.composite
def documents(draw: Callable[[Any], Any]) -> list[Line]:
    """Random files that are valid briefs, with comments and blank lines wherever they may stand."""
    writer = _Writer(draw)
    for name in draw(st.permutations(list(TOP)))[: draw(st.integers(0, len(TOP)))]:
        writer.add(writer.key(name) + draw(st.sampled_from(TOP[name])), "top:" + name)
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=4))
    people = [(name, draw(st.sampled_from(ROLES))) for name in names]
    if inline := people and draw(st.integers(0, 3)) == 0:
        _inline_people(writer, people)
    blocks: list[Any] = draw(st.permutations([*([] if inline else enumerate(people)), *OTHER]))
    entry = 0
    for block in blocks:
        if isinstance(block, list):
            for text in block:
                writer.add(text, "other")
        else:
            _person(writer, entry, *block[1])
            entry += 1
    writer.filling()
    return writer.lines


def _inline_people(writer: _Writer, people: list[tuple[str, str]]) -> None:
    writer.filling()
    writer.lines.append(Line("people = [" + writer.comment(), "top:people"))
    for name, role in people:
        bio = ", bio = ''" if writer.draw(st.booleans()) else ""
        text = f"  {{ name = {literal(name)}, role = {literal(role)}{bio} }}, {writer.comment()}"
        writer.lines.append(Line(text, "top:people"))
    writer.lines.append(Line("]", "top:people"))


def _person(writer: _Writer, entry: int, name: str, role: str) -> None:
    writer.add(writer.draw(st.sampled_from(["[[people]]", " [[ people ]]", "[['people']]"])), "people", entry)
    keys = [f"name={literal(name)}", f"role = {literal(role)}"]
    if writer.draw(st.booleans()):
        keys.append(f'at = [ {writer.comment()}\n  "00:02",\n  "00:05", {writer.comment()}\n]')
    if writer.draw(st.booleans()):
        keys.append("  bio = '''\n[[people]] # not one\n'''")
    for text in writer.draw(st.permutations(keys)):
        writer.add(text, "people", entry)
    if writer.draw(st.booleans()):
        for text in ("[[people.links]]", 'title = "t"', 'url = "u"'):
            writer.add(text, "people", entry)


tolds = st.builds(
    Overrides,
    title=st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(NAMES),
    number=st.none() | st.integers(0, 9),
    language=st.none() | st.just("de"),
    hosts=st.lists(st.sampled_from(NAMES[:3]), unique=True, max_size=2).map(tuple),
    guests=st.lists(st.sampled_from(NAMES[3:]), unique=True, max_size=2).map(tuple),
)
wishes = st.lists(
    st.builds(
        Wish,
        old=st.sampled_from([*NAMES, "Speaker 2"]),
        name=st.sampled_from(NAMES),
        role=st.sampled_from(ROLES),
        at_ms=st.just((2000, 7_500_250)),
    ),
    max_size=2,
    unique_by=(lambda wish: wish.name, lambda wish: wish.old),
)


def changed(text: str, change: Callable[[EpisodeFolder], object]) -> str:
    with tempfile.TemporaryDirectory() as place:
        folder = EpisodeFolder(Path(place))
        folder.brief.write_bytes(text.encode())
        change(folder)
        return folder.brief.read_bytes().decode()


def numbers(text: str) -> list[int]:
    """The numbers of the comments, in their order."""
    return [int(part.split(">")[0]) for part in text.split("#<")[1:]]


def what_follows(text: str) -> dict[int, str]:
    """What stands directly below each run of comment lines: the key or header, or nothing."""
    lines, found = text.split("\n"), dict[int, str]()
    for at, line in enumerate(lines):
        if line.lstrip().startswith("#<"):
            below = next((one for one in lines[at:] if not one.lstrip().startswith("#")), "")
            found[numbers(line)[0]] = below.split("=")[0].split("#")[0].strip()
    return found


def person_stays(name: str, role: str, told: Overrides) -> bool:
    return name in (*told.hosts, *told.guests) or not (told.hosts if role == "host" else told.guests)


def expected_people(before: list[dict[str, Any]], told: Overrides) -> list[dict[str, Any]]:
    """Those told replace those of the same role; whoever was known keeps the rest."""
    known = {one["name"]: one for one in before}
    roles = {"host": told.hosts, "guest": told.guests}
    new = [{**known.get(name, {}), "name": name, "role": role} for role in roles for name in roles[role]]
    there = {one["name"] for one in new}
    return [one for one in before if not roles[one["role"]] and one["name"] not in there] + new


@settings(max_examples=80, deadline=None)
@given(documents(), tolds, st.booleans())
def test_comments_stay_where_they_were_and_values_are_as_told(
    lines: list[Line], told: Overrides, crlf: bool
) -> None:
    """Every comment is there, in order, directly above what it stood above; the values are those told."""
    text = "\n".join(line.text for line in lines) + "\n"
    text = text.replace("\n", "\r\n") if crlf else text
    before = tomllib.loads(text)
    after_text = changed(text, lambda folder: episode_file.amend(folder, told))
    after = tomllib.loads(after_text)

    assert numbers(after_text) == numbers(text)
    if crlf:
        assert "\n" not in after_text.replace("\r\n", "")
    plain_lines = after_text.replace("\r\n", "\n")
    people = before.get("people", [])
    stays = [person_stays(one["name"], one["role"], told) for one in people]
    told_values = {name: getattr(told, name) for name in ("title", "number", "language")}
    put = {name for name, value in told_values.items() if value is not None} | {"guid", "published", "people"}
    kept = [
        line.text
        for line in lines
        if not (line.kind.startswith("top:") and line.kind[4:] in put)
        and not (line.kind == "people" and not stays[line.entry])
        and not (line.kind == "people" and "role" in line.text and told.hosts + told.guests)
    ]
    rest = iter(plain_lines.split("\n"))
    for line in "\n".join(line for line in kept if line).split("\n"):
        assert line in rest, f"{line!r} was changed or moved"
    follows = what_follows(plain_lines)
    gone = {line.text.split("=")[0].split("#")[0].strip() for line in lines if line.kind == "people"}
    for number, what in what_follows("\n".join(line.text for line in lines)).items():
        if what and what not in gone and "people" not in what:
            assert follows[number] == what

    wanted = {**before, **{name: value for name, value in told_values.items() if value is not None}}
    for one in (wanted, after):
        one["guid"], one["published"] = bool(after["guid"]), bool(after["published"])
    assert sorted(map(str, map(_sorted, after.pop("people", [])))) == sorted(
        map(str, map(_sorted, expected_people(wanted.pop("people", []), told)))
    )
    assert after == wanted


def _sorted(table: dict[str, Any]) -> list[tuple[str, Any]]:
    return sorted(table.items())


@settings(max_examples=60, deadline=None)
@given(documents(), wishes)
def test_a_voice_that_is_named_changes_nothing_else(lines: list[Line], wanted: list[Wish]) -> None:
    """`speakers --name` keeps every comment in order and every line that is not a person's."""
    text = "\n".join(line.text for line in lines) + "\n"
    after_text = changed(text, lambda folder: renaming.write(folder, wanted))
    assert numbers(after_text) == numbers(text)
    rest = iter(after_text.split("\n"))
    for line in "\n".join(line.text for line in lines if line.kind in ("filling", "other")).split("\n"):
        assert not line or line in rest
    found = {one["name"]: one for one in tomllib.loads(after_text).get("people", [])}
    for wish in wanted:
        assert found[wish.name]["role"] == wish.role
        assert found[wish.name]["at"] == ["00:02.000", "2:05:00.250"]


@given(tolds)
@settings(max_examples=40, deadline=None)
def test_a_new_file_reads_back_as_told(told: Overrides) -> None:
    """Whatever is in a title or a name (DEL, quotes, line breaks), the file is valid and says it."""
    with tempfile.TemporaryDirectory() as place:
        folder = EpisodeFolder(Path(place) / "episode")
        episode_file.create(folder, told)
        brief = episode_file.read_brief(folder)
    assert brief.title == (told.title or "")
    assert [one.name for one in brief.people] == [*told.hosts, *told.guests]
    assert brief.guid
    assert brief.published
