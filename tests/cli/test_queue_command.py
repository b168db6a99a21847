"""``chaitime queue``: what to check first, and accepting it, from the outside; no engine runs."""

from __future__ import annotations

import json

import pytest

from chaitime_audio.editorial.queue import words

from .conftest import Show
from .test_process import times_made


def test_the_queue_is_shown_and_answered(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    """Items have a number; an accepted one is settled, undo brings it back, and nothing slow is made."""
    monkeypatch.setattr(words, "SEED", 0.01)  # the stand-in is 90 % sure of all it says
    show.run("process", show.tones())
    facts = times_made(show.episode)
    code, out, err = show.run("queue", show.episode, "--all")
    assert code == 0
    assert err.startswith("0% of the risk settled")
    told = json.loads(show.run("queue", show.episode, "--json")[1])
    assert all(item["text"] in out for item in told["items"])
    assert {"key", "kind", "places", "suggestions", "chance", "risk"} <= set(told["items"][0])
    code, _, err = show.run("queue", show.episode, "--accept", "1")
    assert code == 0
    assert not err.startswith("0% of the risk settled")
    after = json.loads(show.run("queue", show.episode, "--json")[1])
    assert told["items"][0]["key"] not in [item["key"] for item in after["items"]]
    assert after["settled"] > 0
    assert show.run("corrections", "undo", show.episode)[0] == 0
    assert json.loads(show.run("queue", show.episode, "--json")[1]) == told
    assert times_made(show.episode) == facts


def test_a_number_that_is_none_is_refused(show: Show) -> None:
    """One line says how many there are; nothing is written."""
    show.run("process", show.tones())
    code, _, err = show.run("queue", show.episode, "--accept", "999")
    assert (code, "there is no item 999" in err) == (2, True)
    assert show.run("queue", show.episode, "--accept", "0")[0] == 2
    assert show.run("queue", show.folder / "talk.wav")[0] == 2
    assert not (show.episode / "corrections.toml").exists()
