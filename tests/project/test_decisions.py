"""The door through which programs write what people decide: nothing lost, nothing torn, everything undone."""

from __future__ import annotations

import os
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from chaitime_audio.domain.correction import KINDS, Correction
from chaitime_audio.domain.sound import SourceMs
from chaitime_audio.errors import ConfigError, ConflictError, UsageError
from chaitime_audio.project import journal as journals
from chaitime_audio.project.decisions import decide, look, plain_of, redo, revert, rewrite, undo
from chaitime_audio.project.episode_file import CORRECTIONS_NAME, read_brief
from chaitime_audio.project.episode_folder import EpisodeFolder
from chaitime_audio.project.journal import JOURNAL_NAME, PENDING_NAME, read_journal

ONE = Correction(find="six weeks", replace="six months", at=SourceMs(760_000))
EVERY_KIND = (
    ONE,
    Correction(find="um", replace=""),
    Correction(spelling="Okafor", heard=("Alcova", "al cover")),
    Correction(border=SourceMs(195_000), to=SourceMs(192_400)),
    Correction(merge=(SourceMs(12_000), SourceMs(220_000))),
    Correction(give=SourceMs(310_000), speaker="Ada Palmer", through="change"),
    Correction(split_at=SourceMs(310_000), speaker="03:40"),
    Correction(split_at=SourceMs(3_910_001)),
    Correction(break_at=SourceMs(310_000)),
    Correction(join_at=SourceMs(310_000)),
    Correction(drop=("So, is “this” thing\ton", "okay, here we go")),
    Correction(keep=("12:40",)),
    Correction(cut=(SourceMs(730_000), SourceMs(758_500))),
)


@pytest.fixture
def folder(tmp_path: Path) -> EpisodeFolder:
    (tmp_path / "episode.toml").write_text('# mine\ntitle = "A talk"  # so there\n', encoding="utf-8")
    return EpisodeFolder(tmp_path)


def written(folder: EpisodeFolder) -> dict[str, bytes]:
    """What people decide, byte for byte; the journal only grows."""
    names = ("episode.toml", CORRECTIONS_NAME)
    return {name: (folder.path / name).read_bytes() for name in names if (folder.path / name).exists()}


def test_every_kind_comes_back_as_it_was_decided(folder: EpisodeFolder) -> None:
    """A correction is written as TOML a person can read, and read as the very same."""
    assert {item.kind for item in EVERY_KIND} == {kind for kind, _, _ in KINDS.values()}
    decided = decide(folder, EVERY_KIND, "studio")
    found = read_brief(folder).corrections
    plain = [{**plain_of(item), "id": "", "author": ""} for item in found]
    assert plain == [{**plain_of(item), "id": "", "author": ""} for item in EVERY_KIND]
    assert [item.id for item in found] == list(decided.entry.ids)
    assert {item.author for item in found} == {"studio"}


def test_ids_are_never_given_twice(folder: EpisodeFolder) -> None:
    """What was undone keeps its id, so that what is decided later is not taken for it."""
    first = decide(folder, [ONE], "a").entry.ids
    undo(folder, "a")
    assert decide(folder, [ONE], "a").entry.ids != first


def test_a_thousand_changes_and_undos_end_where_they_began(
    folder: EpisodeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Undoing everything leaves every byte as it was, whatever was done, undone, done again or reverted."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    dice = random.Random(7)
    folder.path.joinpath(CORRECTIONS_NAME).write_text(
        '# by hand, before\n\n[[corrections]]\n  find = "tea"   # odd\n  replace = "chai"\n\n\n',
        encoding="utf-8",
    )
    start, depth = written(folder), 0
    states = [start]
    for _ in range(1000):
        way = dice.random() if depth < 15 else 0.7
        if way < 0.35:
            decide(folder, dice.sample(EVERY_KIND, dice.randint(1, 3)), "studio")
        elif way < 0.4:
            title = dice.choice(["A", "“B”", "C\\d"])
            told = f'# {dice.random()}\ntitle = """{title}"""\n'.replace("\\", "")
            rewrite(folder, lambda _, told=told: told, "title", "studio")
        elif way < 0.5:
            ids = [item.id for item in read_brief(folder).corrections if item.id]
            if not ids:
                continue
            revert(folder, dice.choice(ids), "studio")
        elif depth and way < 0.85:
            undo(folder, "studio")
            depth -= 1
            assert written(folder) == states[depth]
            continue
        elif read_journal(folder.path).undone:
            redo(folder, "studio")
            depth += 1
            assert written(folder) == states[depth]
            continue
        else:
            continue
        depth += 1
        states[depth:] = [written(folder)]
    while depth:
        undo(folder, "studio")
        depth -= 1
        assert written(folder) == states[depth]
    kept = {name: data for name, data in written(folder).items() if data or name in start}
    assert kept == start
    with pytest.raises(UsageError, match="nothing to undo"):
        undo(folder, "studio")


def test_a_change_to_what_changed_meanwhile_is_refused_with_the_difference(
    folder: EpisodeFolder,
) -> None:
    """The writer is told at once, sees the difference, and nothing of either is lost."""
    seen = look(folder)
    decide(folder, [ONE], "the other")
    before = written(folder)
    with pytest.raises(ConflictError, match=r"corrections\.toml in .* changed meanwhile") as told:
        decide(folder, [EVERY_KIND[1]], "me", seen)
    assert '+find = "six weeks"' in told.value.diff
    assert written(folder) == before
    decide(folder, [EVERY_KIND[1]], "me", look(folder))
    assert len(read_brief(folder).corrections) == 2


def test_four_writers_lose_nothing(folder: EpisodeFolder) -> None:
    """Each tries again after a conflict; in the end everything everybody decided is there once."""

    def work(name: str) -> None:
        for number in range(8):
            wanted = Correction(find=f"{name} {number}", replace="x")
            while True:
                seen = look(folder)
                try:
                    decide(folder, [wanted], name, seen)
                except ConflictError:
                    continue
                break

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, ("a", "b", "c", "d")))
    found = read_brief(folder).corrections
    assert sorted(item.find for item in found) == sorted(f"{n} {i}" for n in "abcd" for i in range(8))
    assert len({item.id for item in found}) == 32
    assert len(read_journal(folder.path).entries) == 32


@pytest.mark.parametrize("point", ["pending", "file", "line"])
def test_a_change_that_is_cut_short_happened_or_did_not(
    folder: EpisodeFolder, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    """Killed between any two writes, the next one finds file and journal of one mind."""
    decide(folder, [ONE], "a")
    before = written(folder)
    calls = {"pending": 1, "file": 2, "line": 99}

    class Killed(BaseException):
        pass

    real, count = journals.replace_file, 0

    def dying(path: Path, data: bytes) -> None:
        nonlocal count
        count += 1
        if count == calls[point]:
            raise Killed
        real(path, data)

    def never(_folder: Path, _entry: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(journals, "replace_file", dying)
        if point == "line":
            patched.setattr(journals, "_append", never)
        with pytest.raises(Killed):
            decide(folder, [EVERY_KIND[1]], "a")
    happened = point == "line"
    assert (written(folder) != before) == happened
    decide(folder, [EVERY_KIND[2]], "a")
    assert not (folder.path / PENDING_NAME).exists()
    assert len(read_journal(folder.path).entries) == 2 + happened
    for _ in range(2 + happened):
        undo(folder, "a")
    assert not read_brief(folder).corrections


def test_a_line_that_was_cut_short_is_none(folder: EpisodeFolder) -> None:
    """The journal goes on behind its last whole line."""
    decide(folder, [ONE], "a")
    path = folder.path / JOURNAL_NAME
    path.write_bytes(path.read_bytes() + b'{"number":2,"at":')
    decide(folder, [EVERY_KIND[1]], "a")
    assert [entry.number for entry in read_journal(folder.path).entries] == [1, 2]


def test_whatever_a_person_writes_stays_on_one_line_of_the_journal(folder: EpisodeFolder) -> None:
    """Marks that end a line in Unicode, as pasted text may hold, end none here."""
    odd = "six\u2028weeks\u2029and\u0085more"
    decide(folder, [Correction(find="six weeks", replace=odd)], "a\u2028b")
    decide(folder, [EVERY_KIND[1]], "a")
    assert len(read_journal(folder.path).entries) == 2
    undo(folder, "a")
    assert [item.replace for item in read_brief(folder).corrections] == [odd]


def test_a_broken_line_in_the_middle_is_named(folder: EpisodeFolder) -> None:
    """Nobody guesses what was done; one line says where and how to go on."""
    decide(folder, [ONE], "a")
    path = folder.path / JOURNAL_NAME
    path.write_bytes(b"{}\n" + path.read_bytes())
    with pytest.raises(ConfigError, match=r"journal\.jsonl: line 1 cannot be read; move the file away"):
        undo(folder, "a")


def test_what_a_person_restored_is_not_changed_back(folder: EpisodeFolder) -> None:
    """A file that was put back by hand stays so: the journal repeats nothing by itself."""
    decide(folder, [ONE], "a")
    kept = written(folder)
    decide(folder, [EVERY_KIND[1]], "a")
    (folder.path / CORRECTIONS_NAME).write_bytes(kept[CORRECTIONS_NAME])
    decide(folder, [EVERY_KIND[2]], "a")
    assert [item.kind for item in read_brief(folder).corrections] == ["replace", "spelling"]


def test_undo_finds_its_place_after_an_edit_by_hand(folder: EpisodeFolder) -> None:
    """A comment above moves everything; what is undone is still what was done, and the comment stays."""
    decide(folder, [ONE], "a")
    path = folder.path / CORRECTIONS_NAME
    path.write_text("# a remark of mine\n" + path.read_text())
    undo(folder, "a")
    assert "a remark of mine" in path.read_text()
    assert not read_brief(folder).corrections


def test_undo_of_what_was_changed_by_hand_is_refused(folder: EpisodeFolder) -> None:
    """A person's words are not thrown away with a program's."""
    decide(folder, [ONE], "a")
    path = folder.path / CORRECTIONS_NAME
    path.write_text(path.read_text().replace("six months", "seven months"))
    with pytest.raises(UsageError, match="was changed by hand where this is"):
        undo(folder, "a")
    assert "seven months" in path.read_text()


def test_a_file_that_would_be_broken_is_not_written(folder: EpisodeFolder) -> None:
    """What is decided is checked before it is written, whoever decided it."""
    before = written(folder)
    with pytest.raises(ConfigError):
        rewrite(folder, lambda text: text + "\nnonsense = = 1", "x", "a")
    with pytest.raises(ConfigError):
        rewrite(folder, lambda text: text + "\nfoo = 1", "x", "a")
    with pytest.raises(UsageError, match="there is no correction c9"):
        revert(folder, "c9", "a")
    assert written(folder) == before


def test_a_word_that_is_changed_twice_is_changed_once(folder: EpisodeFolder) -> None:
    """The second change means the word that was recognised; back to it, nothing is left to correct."""
    at = SourceMs(5000)
    start = written(folder)
    decide(folder, [Correction(find="weeks", replace="months ago", at=at)], "a")
    decide(folder, [Correction(find="months", replace="years", at=at)], "a")
    (now,) = read_brief(folder).corrections
    assert (now.find, now.replace) == ("weeks", "years ago")
    decide(folder, [Correction(find="years ago", replace="weeks", at=at)], "a")
    assert not read_brief(folder).corrections
    for _ in range(3):
        undo(folder, "a")
    assert {name: data for name, data in written(folder).items() if data} == start


def test_a_change_elsewhere_supersedes_nothing(folder: EpisodeFolder) -> None:
    """The same words at another place are another matter."""
    decide(folder, [Correction(find="weeks", replace="months", at=SourceMs(5000))], "a")
    decide(folder, [Correction(find="months", replace="years", at=SourceMs(60_000))], "a")
    assert len(read_brief(folder).corrections) == 2


def test_several_corrections_are_taken_back_as_one_change(folder: EpisodeFolder) -> None:
    """One undo brings all of them back; a name that is none takes nothing."""
    decide(folder, EVERY_KIND, "a")
    before = written(folder)
    done = revert(folder, ["c13", "c1", "c13"], "a")
    assert [item.id for item in read_brief(folder).corrections] == [f"c{at}" for at in range(2, 13)]
    assert done.entry.ids == ("c13", "c1")
    undo(folder, "a")
    assert written(folder) == before
    for wrong in (["c2", "c99"], []):
        with pytest.raises(UsageError):
            revert(folder, wrong, "a")
    assert written(folder) == before
