"""A thousand decisions: each costs what is new, and what is remembered is never taken for what is there."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from chaitime_audio.domain.correction import Correction
from chaitime_audio.domain.sound import SourceMs
from chaitime_audio.errors import ConfigError, UsageError
from chaitime_audio.project import corrections_text, journal
from chaitime_audio.project.decisions import decide, redo, revert, undo
from chaitime_audio.project.episode_file import CORRECTIONS_NAME, read_brief
from chaitime_audio.project.episode_folder import EpisodeFolder
from chaitime_audio.project.journal import JOURNAL_NAME, read_journal

ONE = Correction(find="six weeks", replace="six months", at=SourceMs(760_000))


@pytest.fixture
def folder(tmp_path: Path) -> EpisodeFolder:
    (tmp_path / "episode.toml").write_text('title = "A talk"\n', encoding="utf-8")
    return EpisodeFolder(tmp_path)


def forget() -> None:
    """As a new process begins."""
    journal._READ.clear()
    corrections_text._KNOWN.clear()


def number(at: int) -> Correction:
    return Correction(find=f"word{at}", replace=f"other{at}", at=SourceMs(at * 9_000))


def test_what_is_remembered_is_what_a_new_process_reads(folder: EpisodeFolder) -> None:
    """After any mixture of changes, by us and by hand: the same journal, and the same corrections."""
    chance = random.Random(7)
    for at in range(120):
        step = chance.choice(["decide"] * 6 + ["undo", "redo", "revert", "hand", "other"])
        try:
            if step == "decide":
                decide(folder, [number(at)], "you")
            elif step == "hand":
                path = folder.path / CORRECTIONS_NAME
                text = path.read_text() if path.exists() else ""
                path.write_text(text + f'\n[[corrections]]  # by hand\nfind = "hand{at}"\nreplace = "x"\n')
            elif step == "other":
                forget()
            elif step == "revert":
                revert(folder, f"c{chance.randint(1, 40)}", "you")
            else:
                (undo if step == "undo" else redo)(folder, "you")
        except UsageError:
            pass
        remembered = read_journal(folder.path)
        text = (folder.path / CORRECTIONS_NAME).read_text() if at else ""
        known = corrections_text.corrections_of(text, "x") if text else ()
        assert known == read_brief(folder).corrections if text else True
        forget()
        assert read_journal(folder.path) == remembered


def test_only_new_lines_of_the_journal_are_read(folder: EpisodeFolder, monkeypatch) -> None:
    """And only the new corrections: however many there are already."""
    for at in range(30):
        decide(folder, [number(at)], "you")
    lines, texts = [], []
    entry, loads = journal._entry, corrections_text.tomllib.loads
    monkeypatch.setattr(journal, "_entry", lambda plain: lines.append(1) or entry(plain))
    monkeypatch.setattr(
        corrections_text.tomllib, "loads", lambda text: texts.append(len(text)) or loads(text)
    )
    decide(folder, [number(30)], "you")
    read_journal(folder.path)
    assert len(lines) == 2  # the last change's, and this one's
    assert max(texts) < 200


def test_a_journal_that_is_another_one_is_read_anew(folder: EpisodeFolder) -> None:
    """Shorter, replaced, or gone: what is there counts. A line that cannot be read is told by its number."""
    for at in range(3):
        decide(folder, [number(at)], "you")
    path = folder.path / JOURNAL_NAME
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0])
    assert len(read_journal(folder.path).entries) == 1
    path.write_bytes(b"".join([lines[0], b"no json\n", lines[2]]))
    with pytest.raises(ConfigError, match="line 2 cannot be read"):
        read_journal(folder.path)
    path.unlink()
    assert read_journal(folder.path).entries == ()


def test_what_episode_toml_contradicts_is_not_written_and_is_told(folder: EpisodeFolder) -> None:
    """Of several, those that it lets stand are written; where it lets none stand, nothing is."""
    with (folder.path / "episode.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[corrections]]\ngive = "05:00"\nspeaker = "Maya Rao"\n')
    against = Correction(give=SourceMs(300_500), speaker="Ada Palmer")
    decided = decide(folder, [against, ONE], "import")
    assert [item.find for item in read_brief(folder).corrections] == ["", "six weeks"]
    (told,) = decided.declined
    assert "give 05:00.500, speaker Ada Palmer; episode.toml says otherwise (give 05:00.000" in told
    before = (folder.path / CORRECTIONS_NAME).read_bytes()
    with pytest.raises(UsageError, match="episode.toml says otherwise"):
        decide(folder, [against], "studio")
    assert (folder.path / CORRECTIONS_NAME).read_bytes() == before
