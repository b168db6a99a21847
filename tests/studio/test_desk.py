"""An episode on the desk: what is answered to a change is what the whole derivation has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from desk import made

from chaitime_audio.project.episode_folder import EpisodeFolder
from chaitime_audio.studio.changes import changes
from chaitime_audio.studio.desk import Desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One episode; each test takes back what it did."""
    episode = made(tmp_path_factory.mktemp("desk"))
    (tmp_path_factory.mktemp("sounds") / "talk").mkdir()
    found = Desk(EpisodeFolder(episode), None, Path(tmp_path_factory.mktemp("room")))
    found.prepare()
    return found


def words(read: dict[str, Any]) -> dict[int, list[Any]]:
    """Every word of the talk by its number."""
    return {word[0]: word for paragraph in read["paragraphs"] for word in paragraph["words"]}


@pytest.mark.parametrize(
    ("find", "replace"),
    [("answer", "right answer"), ("tea,", "um, tea,"), ("question", ""), ("is always", "is is always")],
)
def test_a_turn_alone_is_what_the_whole_derivation_has(desk: Desk, find: str, replace: str) -> None:
    """The words of the turn, their times, and what the post leaves out of them; and so when it is undone."""
    before = desk.document()
    paragraph = before["paragraphs"][1]["words"]
    at = next(word[2] for word in paragraph if word[1] == find.split(maxsplit=1)[0])
    told = {"find": find, "replace": replace, "at": f"00:{at / 1000:06.3f}"}
    answer = desk.decide([told], before["seen"])
    (turn,) = answer["turns"]
    now = desk.document()
    assert turn == [words(now)[word[0]] for word in turn]
    assert {word[0] for word in turn} == {word[0] for word in now["paragraphs"][1]["words"]}
    desk.prepare(desk._since)
    back = desk.turn("undo", answer["seen"])
    assert back["turns"] == [[words(before)[word[0]] for word in back["turns"][0]]]
    assert desk.document()["paragraphs"] == before["paragraphs"]


def test_what_changes_more_than_words_is_no_turn(desk: Desk) -> None:
    """A cut, say: the page reads the whole anew; its words stay on the page, and are listed as a change."""
    before = desk.document()
    answer = desk.decide([{"cut": ["00:03", "00:05"]}], before["seen"])
    assert answer["turns"] is None
    now = desk.document()
    assert now["cuts"] == [[3000, 5000, answer["ids"][0]]]
    assert words(now).keys() == words(before).keys()
    assert any(word[5] for word in words(now).values())
    (listed,) = changes(desk.folder)
    assert (listed["id"], listed["from_ms"], listed["to_ms"]) == (answer["ids"][0], 3000, 5000)
    desk.revert(answer["ids"], answer["seen"])
    assert desk.document()["cuts"] == []
