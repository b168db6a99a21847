"""``chaitime relisten``, from the outside: what is heard, what stays, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from chaitime_audio.domain.sound import Span, SpeechActivity, span
from chaitime_audio.domain.speech import Segment, Transcript, Word
from chaitime_audio.project.episode_folder import EpisodeFolder
from chaitime_audio.project.serialization import digest
from chaitime_audio.recognition.asr.standin import Engine

from .conftest import Show


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[Span]]:
    """A recogniser that says “Marzipan.” in whatever is no whole talk; the passages it was asked for."""
    said, heard = Engine.transcribe, list[Sequence[Span]]()

    def transcribe(engine: Any, sound: Any, activity: SpeechActivity, context: Any) -> Transcript:
        if len(activity.spans) > 2:
            return said(engine, sound, activity, context)
        heard.append(activity.spans)
        first = activity.spans[0].start_ms
        words = (Word(0, "Marzipan.", span(first + 100, first + 600), 0.9),)
        return Transcript("en", 1.0, (Segment(words, -0.1, 0.0, 1.0),))

    monkeypatch.setattr(Engine, "transcribe", transcribe)
    return heard


@pytest.fixture
def made(show: Show) -> Show:
    """A show with one finished episode: a question at 0–2 s, an answer at 3–5 s, and so on to 12 s."""
    assert show.run("process", show.tones())[0] == 0
    return show


def _post(show: Show) -> str:
    return (show.out / "transcript.md").read_text()


def _receipts(show: Show) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((show.episode / "episode.json").read_text())["receipts"]
    return found


def test_a_passage_is_heard_again_and_stays(made: Show, heard: list[Sequence[Span]]) -> None:
    """The console says old and new words; the MP3's receipt and the transcript stay; later runs keep it."""
    before = _receipts(made)
    code, out, _ = made.run("relisten", made.episode, "0:03-0:05")
    assert code == 0
    assert out.splitlines()[0] == "00:03-00:05: 1 change, 1 word"
    assert "“The answer to question 1 is always tea, with milk.” → “Marzipan.”" in out
    assert "Marzipan." in _post(made)
    after = _receipts(made)
    assert (after["master"], after["transcript"]) == (before["master"], before["transcript"])
    for command in ("process", "render"):
        assert made.run(command, made.episode)[0] == 0
        assert "Marzipan." in _post(made)
    assert made.run("process", made.episode, "--upgrade")[0] == 0
    assert "Marzipan." in _post(made)
    assert len(heard) == 1
    assert made.run("relisten", made.episode)[1].split() == ["00:03-00:05", "base", "en"]


def test_what_was_heard_again_can_be_taken_back(made: Show, heard: list[Sequence[Span]]) -> None:
    """--undo brings the words back that were there, of one passage or of all, and for good."""
    before = _post(made)
    assert made.run("relisten", made.episode, "0:03-0:05", "0:09-0:11")[0] == 0
    assert len(heard) == 2
    code, out, _ = made.run("relisten", made.episode, "0:10-0:10.5", "--undo")
    assert (code, out.splitlines()[0]) == (0, "00:09-00:11: 1 change, 10 words")
    assert _post(made).count("Marzipan.") == 1
    assert made.run("relisten", made.episode, "--undo")[0] == 0
    assert made.run("process", made.episode)[0] == 0
    assert _post(made) == before
    assert made.run("relisten", made.episode)[1] == ""
    assert len(heard) == 2


def test_corrections_are_made_in_what_was_heard_again(made: Show, heard: list[Sequence[Span]]) -> None:
    """A correction that stands in episode.toml holds for the new words too."""
    with (made.episode / "episode.toml").open("a") as file:
        file.write('\n[[corrections]]\nfind = "Marzipan"\nreplace = "Nougat"\n')
    code, out, _ = made.run("relisten", made.episode, "0:03-0:05")
    assert code == 0
    assert "→ “Nougat.”" in out
    assert "Nougat." in _post(made)
    assert "Marzipan" not in _post(made)
    assert heard


def test_another_transcript_takes_its_place_and_that_is_said(
    made: Show, heard: list[Sequence[Span]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After --again transcript with other words the passage no longer applies: a note says how to go on."""
    assert made.run("relisten", made.episode, "0:03-0:05")[0] == 0
    said = Engine.transcribe
    monkeypatch.setattr("chaitime_audio.recognition.asr.standin._SCRIPT", ("Why?", "Because {number}."))
    monkeypatch.setattr(Engine, "transcribe", said)
    for again in (("--again", "transcript"), ()):
        code, out, _ = made.run("process", made.episode, *again)
        assert code == 0
        assert "Marzipan." not in _post(made)
        assert f"chaitime relisten {made.episode} 00:03-00:05 --model base" in out
    assert "no longer applies" in made.run("relisten", made.episode)[1]
    assert made.run("relisten", made.episode, "0:03-0:05")[0] == 0
    assert "Marzipan." in _post(made)
    code, out, _ = made.run("process", made.episode)
    assert "no longer applies" not in out
    assert len(heard) == 2


def test_the_same_transcript_made_anew_keeps_it(made: Show, heard: list[Sequence[Span]]) -> None:
    """Where the words come out as before, the passage still is the one that was heard after them."""
    assert made.run("relisten", made.episode, "0:03-0:05")[0] == 0
    assert made.run("process", made.episode, "--again", "transcript")[0] == 0
    assert "Marzipan." in _post(made)
    assert made.run("process", made.episode, "--again", "passages")[0] == 0
    assert "Marzipan." in _post(made)
    assert len(heard) == 2


def test_nothing_heard_leaves_the_words(made: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be believed, the words stay the same, and that is said."""
    before = _post(made)
    monkeypatch.setattr(Engine, "transcribe", lambda *_: Transcript("en", 1.0, ()))
    code, out, _ = made.run("relisten", made.episode, "0:03-0:05")
    assert code == 0
    assert "nothing that can be believed was heard" in out
    assert _post(made) == before


def test_a_receipt_names_no_checkpoint_to_be_opened(made: Show, heard: list[Sequence[Span]]) -> None:
    """An episode may come from anybody: a model file in its record is passed over, in both places."""
    assert made.run("relisten", made.episode, "0:03-0:05")[0] == 0
    path = made.episode / "episode.json"
    record = json.loads(path.read_text())
    record["receipts"]["transcript"]["made"]["options"]["model"] = "./evil.pt"
    value = record["receipts"]["passages"]["value"]
    value["asked"][0]["model"] = "./evil.pt"
    record["receipts"]["passages"]["digest"] = digest(value)
    path.write_text(json.dumps(record))
    assert made.run("process", made.episode, "--again", "passages")[0] == 0
    assert made.run("relisten", made.episode, "0:09-0:11")[0] == 0
    assert made.run("relisten", made.episode)[1].split()[1::3] == ["./evil.pt", "base"]
    assert len(heard) == 2


REFUSED: dict[str, tuple[tuple[str, ...], str]] = {
    "backwards": (("0:05-0:03",), "ends before it begins"),
    "empty": (("0:03-0:03",), "too short"),
    "beyond the end": (("0:03-0:50",), "which ends at 00:12"),
    "behind the end": (("1:03-1:50",), "which ends at 00:12"),
    "overlapping": (("0:03-0:05", "0:04-0:06"), "overlap"),
    "twice": (("0:03-0:05", "0:03-0:05"), "overlap"),
    "one time": (("0:03",), "write its times like 12:40-13:30"),
    "no time": (("three-five",), "is not a time"),
    "negative": (("-0:03-0:05",), ""),
    "unknown model": (("0:03-0:05", "--model", "bsae"), "did you mean “base”?"),
    "no recogniser": (("0:03-0:05", "--model", "campplus"), "something else than speech recognition"),
    "no file": (("0:03-0:05", "--model", "./none.pt"), "there is no model file"),
    "English only": (("0:03-0:05", "--model", "tiny.en", "--language", "fr"), "hears English only"),
    "nothing to undo": (("0:03-0:05", "--undo"), "nothing was heard again"),
    "nothing at all to undo": (("--undo",), "nothing to take back"),
    "undo with a model": (("--undo", "--model", "base"), "not both"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_meant_is_refused(made: Show, name: str) -> None:
    """One line says what is wrong, the exit code is 2, and nothing was changed."""
    arguments, why = REFUSED[name]
    before = (made.episode / "episode.json").read_bytes(), _post(made)
    code, _, err = made.run("relisten", made.episode, *arguments)
    assert code == 2
    assert why in err.splitlines()[-1]
    assert ((made.episode / "episode.json").read_bytes(), _post(made)) == before


def test_half_of_what_was_heard_again_is_refused(made: Show, heard: list[Sequence[Span]]) -> None:
    """A passage may hold another one that was heard before, and takes its place; it may not cut it."""
    assert made.run("relisten", made.episode, "0:03-0:05")[0] == 0
    code, _, err = made.run("relisten", made.episode, "0:04-0:08")
    assert code == 2
    assert f"chaitime relisten {made.episode} 00:03-00:05 --undo" in err
    assert made.run("relisten", made.episode, "0:02-0:06")[0] == 0
    assert made.run("relisten", made.episode)[1].split()[0] == "00:02-00:06"
    assert len(heard) == 2


def test_a_held_episode_is_left_alone(made: Show) -> None:
    """While another run works on it: exit code 75."""
    with EpisodeFolder(made.episode).run_lock():
        assert made.run("relisten", made.episode, "0:03-0:05")[0] == 75
