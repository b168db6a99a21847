"""What a program calls: made, read, rendered, checked, published, followed and stopped."""

from __future__ import annotations

import pickle
import re
import threading
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import chaitime_audio as chaitime
from cli.conftest import write_tones

pytestmark = pytest.mark.integration

PAGE = Path(__file__).parents[2] / "docs" / "api.md"


def test_the_manual_runs_as_printed(tea_time: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every example of docs/api.md, one after another, does what the page says."""
    names: dict[str, Any] = {"__name__": "page"}
    for block in re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S):
        exec(compile(block, str(PAGE), "exec"), names)
    said = capsys.readouterr().out
    assert "recognise words: done" in said or ": done" in said
    assert "Tom Ellery: The answer to question 1" in said
    assert "there is no talk.wave; check the name 2" in said
    assert (tea_time / "site" / "feed.xml").is_file()


def test_an_episode_is_made_once_and_read_as_it_was_made(tea_time: Path) -> None:
    """The same call again makes nothing anew; what is read is what was returned, and survives pickling."""
    made = chaitime.process("talk.wav", title="At four", hosts=["Maya Rao"], guests=["Tom Ellery"])
    assert made.folder == (tea_time / "episodes" / "at-four").resolve()
    assert all(path.is_file() for path in made.files)
    assert 'title = "At four"' in (made.folder / "episode.toml").read_text()
    told: list[chaitime.Progress] = []
    again = chaitime.process(made.folder, progress=told.append)
    assert {news.state for news in told} == {"kept"}
    read = chaitime.open_episode(made.folder)
    assert replace(read, mp3_bytes=0) == replace(again.episode, mp3_bytes=0)
    assert pickle.loads(pickle.dumps(read)) == read


def test_texts_are_those_in_out(tea_time: Path) -> None:
    """Rendering writes nothing and gives what a run wrote; a wrong name gets the nearest one."""
    made = chaitime.process("talk.wav")
    episode = chaitime.open_episode(made.folder)
    (name, text), *none = chaitime.render(episode, ["vtt"]).items()
    assert not none
    assert (made.folder / "out" / name).read_text(encoding="utf-8") == text
    assert set(chaitime.render(episode)) <= {path.name for path in made.files}
    with pytest.raises(chaitime.UsageError, match="did you mean “vtt”"):
        chaitime.render(episode, ["vt"])
    with pytest.raises(chaitime.UsageError, match="several names"):
        chaitime.render(episode, "vtt")


def test_settings_of_a_program_count(tea_time: Path) -> None:
    """They take the place of the configuration's, which stays as it is on disk."""
    settings = chaitime.load_settings("config/chaitime.toml")
    other = replace(settings, show=replace(settings.show, name="Coffee Time"))
    assert chaitime.process("talk.wav", settings=other).episode.show.name == "Coffee Time"
    assert chaitime.load_settings("config/chaitime.toml").show.name == "Tea Time"


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ({"recordings": "absent.wav"}, "there is no absent.wav"),
        ({"recordings": []}, "no recording was named"),
        ({"recordings": "talk.wav", "number": 0}, "from 1 to"),
        ({"recordings": "talk.wav", "speakers": 99}, "write 1 to 20"),
        ({"recordings": "talk.wav", "language": "klingon"}, "no language"),
        ({"recordings": "talk.wav", "guests": "Tom Ellery"}, "several names"),
        ({"recordings": "talk.wav", "again": ["transcrpt"]}, "transcript"),
        ({"recordings": "talk.wav", "config": "no.toml"}, "there is no no.toml"),
        ({"recordings": "x" * 400}, "cannot use"),
    ],
)
def test_what_cannot_be_used_is_refused_before_anything_is_written(
    tea_time: Path, asked: dict[str, Any], problem: str
) -> None:
    """A UsageError says what and how to mend it, and no episode folder appears."""
    with pytest.raises(chaitime.UsageError, match=problem):
        chaitime.process(**asked)
    assert not (tea_time / "episodes").exists()


def test_what_is_not_made_is_said(tea_time: Path) -> None:
    """Reading makes nothing: the error names the stage."""
    made = chaitime.process("talk.wav")
    (made.folder / "facts" / "transcript.json").unlink()
    with pytest.raises(chaitime.NotMadeError) as told:
        chaitime.open_episode(made.folder)
    assert told.value.stage == "transcript"
    with pytest.raises(chaitime.UsageError, match="there is no platform “appel”"):
        chaitime.check(chaitime.process(made.folder).folder, "appel")


def test_a_run_is_stopped_from_another_thread_and_goes_on_later(tea_time: Path) -> None:
    """CancelledError comes, nothing counts as a failure, and the next call finishes."""
    cancellation = chaitime.Cancellation()

    def stop(news: chaitime.Progress) -> None:
        if news.stage == "transcript":
            threading.Thread(target=cancellation.cancel).start()
            threading.Event().wait(0.3)

    with pytest.raises(CancelledError):
        chaitime.process("talk.wav", cancellation=cancellation, progress=stop)
    with pytest.raises(CancelledError):
        chaitime.process("talk.wav", cancellation=cancellation)
    assert chaitime.process("talk.wav").episode.post


def test_what_progress_raises_ends_the_run(tea_time: Path) -> None:
    """The caller gets its own error, not one of being stopped, and can call again."""

    def fail(news: chaitime.Progress) -> None:
        raise ZeroDivisionError(news.stage)

    with pytest.raises(ZeroDivisionError):
        chaitime.process("talk.wav", progress=fail)
    assert chaitime.process("talk.wav").episode.post


def test_news_come_one_at_a_time_with_titles(tea_time: Path) -> None:
    """Each stage begins and ends, shares run from 0 to 1, and no two calls overlap."""
    inside, told = threading.Lock(), list[chaitime.Progress]()

    def take(news: chaitime.Progress) -> None:
        assert inside.acquire(blocking=False)
        told.append(news)
        inside.release()

    chaitime.process("talk.wav", progress=take)
    for stage in ("activity", "transcript", "diarization", "master"):
        states = [news.state for news in told if news.stage == stage]
        assert (states[0], states[-1]) == ("started", "done")
    assert all(0.0 <= news.share <= 1.0 and news.title for news in told)


def test_two_threads_make_two_episodes_at_a_time(tea_time: Path) -> None:
    """Calls for different episodes do not disturb each other; for the same one, the second is refused."""
    write_tones(tea_time / "other.wav", 15)
    with ThreadPoolExecutor(2) as threads:
        one, two = threads.map(chaitime.process, ("talk.wav", "other.wav"))
    assert {one.folder.name, two.folder.name} == {"talk", "other"}
    refused = list[BaseException]()

    def again(news: chaitime.Progress) -> None:
        if not refused:
            with pytest.raises(chaitime.LockedError) as told:
                chaitime.process(one.folder)
            refused.append(told.value)

    chaitime.process(one.folder, progress=again)
    assert len(refused) == 1
