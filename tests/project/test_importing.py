"""From what a person hands in to an episode folder."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from chaitime_audio.errors import ConfigError, DestinationError, InputRefusedError, UsageError
from chaitime_audio.project import episode_file, importing
from chaitime_audio.project.episode_file import Overrides
from chaitime_audio.project.episode_folder import EpisodeFolder

NOTHING = Overrides()


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work where no configuration is near."""
    monkeypatch.chdir(tmp_path)


def recording(path: Path, content: bytes = b"sound") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def take_in(*paths: Path, told: Overrides = NOTHING, **how: object) -> EpisodeFolder:
    request = importing.Request(paths, **how)  # type: ignore[arg-type]
    return importing.settle(request, importing.home_of(request, told), told)


def test_a_bare_recording_gets_a_folder_beside_it(tmp_path: Path) -> None:
    """Without a configuration the episode is made beside the recording, which stays untouched."""
    path = recording(tmp_path / "Talk 1.wav")
    folder = take_in(path)
    assert folder.path == tmp_path / "talk-1"
    assert [item.name for item in folder.sources()] == ["Talk 1.wav"]
    assert path.read_bytes() == folder.sources()[0].read_bytes() == b"sound"


def test_the_nearest_configurations_episodes_folder_is_used(tmp_path: Path) -> None:
    """With a configuration above the recording, the episode lands in its episodes/, numbered by title."""
    recording(tmp_path / "config" / "chaitime.toml", b"")
    path = recording(tmp_path / "inbox" / "a.wav")
    folder = take_in(path, told=Overrides(title="Four o'clock", number=12))
    assert folder.path == tmp_path / "episodes" / "012-four-o-clock"


def test_the_same_content_finds_its_folder_and_a_namesake_gets_another(tmp_path: Path) -> None:
    """Handing in the same sound twice is one episode, also under another name; other sound gets -2."""
    first = take_in(recording(tmp_path / "x" / "a.wav"), out=None)
    assert take_in(recording(tmp_path / "x" / "a.wav")) == first
    assert take_in(recording(tmp_path / "x" / "renamed.wav")) == first
    other = take_in(recording(tmp_path / "x" / "a.wav", b"other sound"))
    assert other.path.name == "a-2"


def test_out_that_holds_another_recording_is_refused(tmp_path: Path) -> None:
    """--out never mixes two recordings in one episode."""
    out = tmp_path / "ep"
    take_in(recording(tmp_path / "a.wav"), out=out)
    with pytest.raises(DestinationError, match="holds another recording"):
        take_in(recording(tmp_path / "b.wav", b"b"), out=out)


def test_link_points_instead_of_copying(tmp_path: Path) -> None:
    """--link leaves the sound where it is and still finds it."""
    path = recording(tmp_path / "a.wav")
    folder = take_in(path, link=True)
    assert folder.sources() == (path,)
    assert [item.suffix for item in folder.source.iterdir()] == [".link"]


@pytest.mark.parametrize("names", [["talk-1.wav", "talk-2.wav"], ["ZOOM0007.WAV", "ZOOM0008.WAV"]])
def test_numbered_names_propose_parts(names: list[str], tmp_path: Path) -> None:
    """Names that count on by one are taken as parts of one recording."""
    request = importing.Request(tuple(recording(tmp_path / name) for name in names))
    assert importing.arrangement_of(request) == "parts"


@pytest.mark.parametrize(
    "names", [["host.wav", "guest.wav"], ["talk-1.wav", "talk-3.wav"], ["a-1.wav", "b-2.wav"]]
)
def test_names_that_do_not_tell_are_asked_about(names: list[str], tmp_path: Path) -> None:
    """Several files whose names prove nothing are refused with the question."""
    request = importing.Request(tuple(recording(tmp_path / name) for name in names))
    with pytest.raises(UsageError, match="how do .* belong together"):
        importing.arrangement_of(request)


def test_parts_keep_their_order(tmp_path: Path) -> None:
    """Parts are kept in the order in which they were named, whatever they are called."""
    later, sooner = recording(tmp_path / "a.wav", b"2"), recording(tmp_path / "b.wav", b"1")
    folder = take_in(sooner, later, arrangement="parts", told=Overrides(arrangement="parts"))
    assert [path.read_bytes() for path in folder.sources()] == [b"1", b"2"]
    assert importing.arrangement_in(folder, episode_file.read_brief(folder)) == "parts"


def test_missing_and_empty_places_are_named(tmp_path: Path) -> None:
    """A path that is not there and a folder without an episode are refused by name."""
    with pytest.raises(UsageError, match="there is no .*nowhere"):
        importing.existing_episode(importing.Request((tmp_path / "nowhere.wav",)))
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputRefusedError, match="empty is not an episode"):
        importing.existing_episode(importing.Request((tmp_path / "empty",)))


def test_what_was_told_is_written_once_and_comments_stay(tmp_path: Path) -> None:
    """Options go into episode.toml; a person's comments and order survive; guid and date never change."""
    folder = take_in(recording(tmp_path / "a.wav"), told=Overrides(title="One", guests=("Tom Ellery",)))
    before = tomllib.loads(folder.brief.read_text())
    folder.brief.write_text("# mine\n" + folder.brief.read_text())
    assert episode_file.amend(folder, Overrides(title="Two", number=3, hosts=("Maya Rao",)))
    text = folder.brief.read_text()
    after = tomllib.loads(text)
    assert text.startswith("# mine\n")
    assert (after["guid"], after["published"]) == (before["guid"], before["published"])
    assert (after["title"], after["number"]) == ("Two", 3)
    assert {(item["name"], item["role"]) for item in after["people"]} == {
        ("Tom Ellery", "guest"),
        ("Maya Rao", "host"),
    }
    assert not episode_file.amend(folder, Overrides(title="Two"))


def test_a_broken_brief_is_never_written_over(tmp_path: Path) -> None:
    """A brief with a mistake is refused before anything is written."""
    folder = take_in(recording(tmp_path / "a.wav"))
    folder.brief.write_text('titel = "x"\n')
    with pytest.raises(ConfigError, match="did you mean “title”"):
        episode_file.amend(folder, Overrides(title="y"))
    assert folder.brief.read_text() == 'titel = "x"\n'
