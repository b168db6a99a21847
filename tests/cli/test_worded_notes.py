"""A language model in a whole show: one fact, asked once, never without being configured."""

from __future__ import annotations

import json
import socket

from .conftest import CONFIG


def configured(show, text):
    (show.folder / "config" / "chaitime.toml").write_text(CONFIG + text, encoding="utf-8")


def receipts(show):
    return json.loads((show.episode / "episode.json").read_text(encoding="utf-8"))["receipts"]


def test_nobody_is_asked_by_default(show, monkeypatch):
    """Without ``[notes]`` no connection is made, even with an address in the environment; no fact is kept."""

    def refuse(*_):
        raise AssertionError("a connection was tried")

    monkeypatch.setenv("CHAITIME_NOTES_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert show.run("process", "--guest", "Tom Ellery", show.tones())[0] == 0
    assert "notes" not in receipts(show)


def test_the_answer_is_a_fact(show):
    """The model's words are printed, and a second run asks nobody."""
    configured(show, '[notes]\nengine = "standin"\n')
    assert show.run("process", "--guest", "Tom Ellery", show.tones(seconds=60))[0] == 0
    assert receipts(show)["notes"]["engine"] == "standin"
    before = (show.episode / "episode.json").read_bytes()
    code, _, _ = show.run("process", show.episode)
    assert code == 0
    assert (show.episode / "episode.json").read_bytes() == before


def test_a_failure_is_a_notice_and_no_fact(show):
    """When the model gives nothing the episode is published as extracted; the next run asks again."""
    configured(show, '[notes]\nengine = "standin"\nmodel = "absent"\n')
    code, out, err = show.run("process", "--guest", "Tom Ellery", show.tones())
    assert code == 0
    assert "the notes are as extracted" in " ".join((out + err).split())
    assert (show.out / "show-notes.md").is_file()
    assert "notes" not in receipts(show)


def test_an_unknown_engine_is_a_mistake_in_the_settings(show):
    """The setting is named, with a suggestion."""
    configured(show, '[notes]\nengine = "openai-compatibel"\n')
    code, _, err = show.run("process", "--guest", "Tom Ellery", show.tones())
    assert code == 2
    assert "notes.engine" in err
    assert "did you mean “openai_compatible”" in err
