"""K6: what a person wrote outranks what a program wrote; and what is published twice."""

from __future__ import annotations

import math
import os
import re
import wave
from array import array
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from chaitime_audio.cli import run
from chaitime_audio.domain.brief import Brief
from chaitime_audio.project import dates, episode_file
from chaitime_audio.project.episode_folder import EpisodeFolder

CONFIG = (
    '[show]\nname = "Tea Time"\nhost = "Maya Rao"\n{more}\n[engines]\nasr = "standin"\n'
    'activity = "standin"\ndiarization = "standin"\nmastering = "standin"\n'
)
FEED = ("feed", "episodes", "--base-url", "https://pod.example/tea")


class Show:
    """A show made by stand-in engines, and what its commands said."""

    def __init__(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capfd = folder, capfd
        (folder / "config").mkdir()
        self.configure()

    def configure(self, more: str = "") -> None:
        (self.folder / "config" / "chaitime.toml").write_text(CONFIG.format(more=more), encoding="utf-8")

    def tones(self, name: str, pitch: float = 0.08) -> Path:
        """Twelve seconds of tones."""
        path = self.folder / name
        samples = array("h", (round(8000 * math.sin(at * pitch)) for at in range(12 * 16_000)))
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, 16_000, 0, "NONE", ""))
            file.writeframes(samples.tobytes())
        return path

    def run(self, *arguments: object) -> tuple[int, str]:
        self._capfd.readouterr()
        code = run([str(item) for item in arguments])
        out, err = self._capfd.readouterr()
        return code, " ".join((err + out).split())

    def made(self, name: str, number: int, *more: str) -> Path:
        """An episode of that number."""
        home = self.folder / "episodes" / f"{number:03}-talk"
        code, said = self.run("process", self.tones(name, 0.07 + number / 100), "--out", home, *more)
        assert code == 0, said
        return home

    @property
    def feed(self) -> str:
        return (self.folder / "site" / "feed.xml").read_text(encoding="utf-8")


@pytest.fixture
def show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Show:
    monkeypatch.chdir(tmp_path)
    return Show(tmp_path, capfd)


def publish_at(home: Path, moment: str) -> None:
    """Write a publication time by hand, as a person does."""
    path = home / "episode.toml"
    text = re.sub(r"^published.*$", f"published = {moment}", path.read_text(encoding="utf-8"), flags=re.M)
    path.write_text(text, encoding="utf-8")


def test_a_date_that_was_told_reaches_the_feed(show: Show) -> None:
    """Made in the order 2021, 2019: the feed dates and orders them as told (PeerTube#7643)."""
    show.made("b.wav", 2, "--date", "2021-03-04")
    show.made("a.wav", 1, "--date", "2019-05-02")
    assert show.run(*FEED)[0] == 0
    assert re.findall("<pubDate>(.*?)<", show.feed) == [
        "Thu, 04 Mar 2021 12:00:00 +0000",
        "Thu, 02 May 2019 12:00:00 +0000",
    ]


def test_a_date_that_is_told_later_counts_too(show: Show) -> None:
    """--date on an episode that is there already outranks the time that the program wrote."""
    home = show.made("a.wav", 1)
    assert show.run("process", home, "--date", "2019-05-02")[0] == 0
    show.run(*FEED)
    assert re.findall("<pubDate>(.*?) 12:", show.feed) == ["Thu, 02 May 2019"]


def test_a_time_that_a_person_wrote_outranks_the_date(show: Show) -> None:
    """Recorded on one day, published on another: a person's published is the feed's date."""
    home = show.made("a.wav", 1, "--date", "2019-05-02")
    publish_at(home, "2019-06-01T07:00:00Z")
    assert show.run("process", home)[0] == 0
    show.run(*FEED)
    assert re.findall("<pubDate>(.*?)<", show.feed) == ["Sat, 01 Jun 2019 07:00:00 +0000"]


def test_a_time_of_a_version_without_marks_yields_by_two_signs(show: Show) -> None:
    """A time in the program's form, of the minute in which the episode was begun, yields to the date."""
    home = show.made("a.wav", 1, "--date", "2019-05-02")
    begun = datetime.fromtimestamp((home / "source" / "a.wav").stat().st_ctime, UTC).replace(second=7)
    publish_at(home, f"{begun:%Y-%m-%dT%H:%M:%SZ}")
    code, said = show.run("process", home)
    assert (code, "the date counts" in said) == (0, True)
    show.run(*FEED)
    assert re.findall("<pubDate>(.*?) 12:", show.feed) == ["Thu, 02 May 2019"]


@pytest.mark.parametrize(
    ("moment", "told"),
    [("2019-06-01T07:31:12Z", True), ("2019-06-01T07:31:00Z", False), ("2019-06-01T07:31:12+02:00", False)],
)
def test_one_sign_alone_moves_no_date(show: Show, moment: str, told: bool) -> None:
    """A time of another day than the episode was begun stays; if it may be ours, a line says what to do."""
    home = show.made("a.wav", 1, "--date", "2019-05-02")
    publish_at(home, moment)
    code, said = show.run("process", home)
    assert (code, "delete its line" in said) == (0, told)
    show.run(*FEED)
    assert "Sat, 01 Jun 2019" in show.feed


def test_local_times_are_the_shows(show: Show) -> None:
    """A time without an offset is in show.timezone, summer time included, and that is said once."""
    show.configure('timezone = "America/New_York"')
    home = show.made("a.wav", 1)
    publish_at(home, "2026-03-20T08:00:00")
    code, said = show.run("process", home)
    assert (code, said.count("America/New_York")) == (0, 1)
    show.run(*FEED)
    assert re.findall("<pubDate>(.*?)<", show.feed) == ["Fri, 20 Mar 2026 12:00:00 +0000"]


def test_without_a_zone_the_machines_is_taken_and_said() -> None:
    """A time without an offset gets this machine's, and a sentence says how to make it certain."""
    brief = Brief(published=datetime(2026, 3, 20, 8))  # noqa: DTZ001  (as a person writes it)
    settled, notes = dates.settled(brief, "", "")
    assert settled.published is not None
    assert settled.published.utcoffset() is not None
    assert "show.timezone" in notes[0]


def test_a_zone_that_is_none_is_refused(show: Show) -> None:
    """A misspelt time zone is refused before anything slow, with the setting's name."""
    show.configure('timezone = "Mars/Olympus"')
    code, said = show.run("process", show.tones("a.wav"))
    assert code != 1
    assert "show.timezone = Mars/Olympus is no time zone" in said


def test_the_future_stays_out_and_is_named(show: Show) -> None:
    """A release of 2099 is in neither feed nor site; it is named with its time, and nothing is broken."""
    show.made("a.wav", 1)
    home = show.made("b.wav", 2)
    publish_at(home, "2099-03-20T08:00:00Z")
    show.run("process", home)
    code, said = show.run(*FEED)
    assert code == 0
    assert "002-talk is left out: it is published later, on 2099-03-20 at 08:00 UTC" in said
    assert "2099" not in show.feed
    assert not (show.folder / "site" / "002-talk").exists()


@pytest.mark.parametrize("name", ["talk-2019-05-02.wav", "20190502_interview.wav", "2019.05.02 Anna.wav"])
def test_a_back_catalogue_gets_dates_from_names(show: Show, name: str) -> None:
    """Old files dated in their names are not today's; from where is said (PodcastGenerator#566)."""
    code, said = show.run("process", show.tones(name))
    assert code == 0
    assert "dated 2019-05-02, from the name of" in said
    show.run(*FEED)
    assert "<pubDate>Thu, 02 May 2019" in show.feed


def test_an_old_file_time_is_a_date_of_last_resort(tmp_path: Path) -> None:
    """A file of years ago with no date in tags or name is dated by its file time."""
    path = tmp_path / "talk.wav"
    path.write_bytes(b"RIFF")
    then = datetime(2015, 6, 7, 12, tzinfo=UTC)
    os.utime(path, (then.timestamp(), then.timestamp()))
    assert dates.found_date((path,), date(2026, 1, 1)) == (date(2015, 6, 7), "from the file time of talk.wav")


def test_a_new_recording_is_todays(tmp_path: Path) -> None:
    """A recording of last week is no back catalogue: it is out when it is made."""
    today = datetime.now(UTC).date()
    path = tmp_path / f"talk-{today - timedelta(days=7)}.wav"
    path.write_bytes(b"RIFF")
    assert dates.found_date((path,), today) is None


def test_a_date_that_was_told_is_not_looked_for(show: Show) -> None:
    """--date outranks the date in a file's name."""
    home = show.made("talk-2019-05-02.wav", 1, "--date", "2020-01-01")
    brief = episode_file.read_brief(EpisodeFolder(home))
    assert brief.date == date(2020, 1, 1)


def test_put_right_after_publication(show: Show) -> None:
    """An episode with other sound keeps its guid; its length follows, and what to upload again is said."""
    home = show.made("a.wav", 1)
    show.run(*FEED)
    guid, length = re.search("<guid[^>]*>(.*?)<", show.feed), re.search(r'length="(\d+)"', show.feed)
    mp3 = home / "out" / "001-talk.mp3"
    show.run("process", home, "--title", "Another title altogether, and a long one")
    _, said = show.run(*FEED)
    assert guid is not None
    assert length is not None
    assert guid[1] in show.feed
    assert f'length="{mp3.stat().st_size}"' in show.feed
    assert "upload again: 001-talk/001-talk.mp3" in said


def test_versions_give_changed_sound_a_new_address(show: Show) -> None:
    """With media_version an MP3 that changed has another address; one that did not keeps its own.

    No cache plays the old one then; u2vpodcast#19 tells what clients do that go by the guid alone, which
    is why it is a setting.
    """
    show.configure("media_version = true")
    home = show.made("a.wav", 1)
    address = r'<enclosure url="https://pod.example/tea/001-talk/(001-talk-[0-9a-f]{8}\.mp3)"'
    show.run(*FEED)
    first = re.findall(address, show.feed)
    show.run(*FEED)
    assert re.findall(address, show.feed) == first
    show.run("process", home, "--title", "Another title")
    show.run(*FEED)
    second = re.findall(address, show.feed)
    assert (len(first), len(second)) == (1, 1)
    assert first != second
    assert (show.folder / "site" / "001-talk" / second[0]).is_file()


def test_the_question_about_ai_is_unanswered_by_default(show: Show) -> None:
    """A human talk says nothing of AI; true and false of existing files still load."""
    show.made("a.wav", 1)
    show.run(*FEED)
    assert "ai-content" not in show.feed
    for answer in ("true", "false"):
        show.configure(f"ai_content = {answer}")
        show.run(*FEED)
        assert f'<podcast:txt purpose="ai-content">{answer}</podcast:txt>' in show.feed
