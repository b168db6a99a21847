"""K8: options in pairs: every pair works, or is refused in one line with an exit code that says why."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from cli.conftest import Show, write_tones

OPTIONS: dict[str, tuple[str, ...]] = {
    "tracks": ("--tracks",),
    "parts": ("--parts",),
    "link": ("--link",),
    "minutes": ("--minutes", "0.1"),
    "again": ("--again", "master"),
    "upgrade": ("--upgrade",),
    "force": ("--force",),
}
WHERE = ("new", "made", "single")
"""Two new recordings, an episode of two that was made, one new recording."""
BATCH = ("link", "again", "upgrade", "force")


def handed_in(show: Show, where: str) -> list[object]:
    """What stands on the command line before the options."""
    one = write_tones(show.folder / "in" / "maya.wav", 9)
    if where == "single":
        return [one]
    two = write_tones(show.folder / "in" / "tom.wav", 10)
    if where == "new":
        return [one, two]
    assert show.run("process", one, two, "--parts", "--out", "episodes/ep", "-q")[0] == 0
    return [show.folder / "episodes" / "ep"]


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("pair", list(itertools.combinations(OPTIONS, 2)), ids="+".join)
def test_every_pair_of_process_works_or_says_why_not(show: Show, pair: tuple[str, str], where: str) -> None:
    """Each pair, on new recordings, on a made episode and on a single one."""
    given = handed_in(show, where)
    code, _, err = show.run("process", *given, *OPTIONS[pair[0]], *OPTIONS[pair[1]], "-q")
    tracks_of_one = "tracks" in pair and where == "single"
    both = {"tracks", "parts"} <= set(pair)
    unsaid = where == "new" and not {"tracks", "parts"} & set(pair)
    if tracks_of_one or both or unsaid:
        assert code == 2, err
        assert len(err.strip().splitlines()) == 1
        return
    assert code == 0, err
    (episode,) = (path for path in (show.folder / "episodes").iterdir() if path.is_dir())
    made = episode / "try" if "minutes" in pair else episode
    assert (made / "out" / "transcript.txt").is_file()
    if "minutes" in pair and where != "made":
        assert not (episode / "out").exists()


@pytest.mark.parametrize("pair", list(itertools.combinations(BATCH, 2)), ids="+".join)
@pytest.mark.parametrize("jobs", [(), ("--limit", "1")])
def test_every_pair_of_batch_works(show: Show, pair: tuple[str, str], jobs: tuple[str, ...]) -> None:
    """Each pair, with a made episode and a bare recording, planned."""
    handed_in(show, "made")
    given = [word for name in pair for word in OPTIONS[name]]
    code, out, err = show.run("batch", ".", "--dry-run", *given, *jobs)
    assert code == 0, err
    assert out


WATCH = {"link": ("--link",), "jobs": ("--jobs", "1"), "every": ("--every", "1"), "settle": ("--settle", "1")}


@pytest.mark.parametrize("pair", list(itertools.combinations(WATCH, 2)), ids="+".join)
def test_every_pair_of_watch_works(show: Show, pair: tuple[str, str]) -> None:
    """Each pair makes the recording that has arrived, once."""
    write_tones(show.folder / "inbox" / "talk.wav", 4)
    given = [word for name in pair for word in WATCH[name]]
    code, _, err = show.run("watch", "inbox", "--once", "-q", *given)
    assert code == 0, err
    assert (show.out / "transcript.txt").is_file()
    assert any((show.episode / "source").glob("*.link")) == ("link" in pair)


@pytest.mark.parametrize("name", [*BATCH, "transfer", "mixed"])
def test_a_cluster_goes_with_every_option_of_batch(show: Show, name: str) -> None:
    """Planned, with each of the others: a plan asks no worker, so none need be there."""
    handed_in(show, "made")
    given = OPTIONS.get(name, (f"--{name}",))
    code, out, err = show.run("batch", ".", "--dry-run", "--cluster", "tcp://127.0.0.1:1", *given)
    assert code == 0, err
    assert out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--transfer",), "--cluster"),
        (("--mixed",), "--cluster"),
        (("--cluster", "tcp://127.0.0.1:1", "--jobs", "2"), "--jobs"),
        (("--only", "x", "--dry-run", "--cluster", "nonsense"), "x"),
    ],
)
def test_pairs_of_batch_that_mean_nothing_are_refused(
    show: Show, arguments: tuple[str, ...], said: str
) -> None:
    """Options of a cluster without one, and workers counted here where the cluster has them."""
    handed_in(show, "made")
    code, _, err = show.run("batch", ".", *arguments)
    assert code == 2
    assert said in err
    assert len(err.strip().splitlines()) == 1


def seconds(folder: Path) -> float:
    """How long the sound is that was decoded."""
    return (
        json.loads((folder / "episode.json").read_text())["receipts"]["decoded"]["value"]["sample_count"]
        / 16_000
    )


@pytest.mark.parametrize(
    ("how", "minutes", "length"), [("--tracks", 0.1, 6), ("--parts", 0.2, 12), ("--parts", 9, 19)]
)
def test_minutes_try_the_first_minutes_of_all_recordings(
    show: Show, how: str, minutes: float, length: float
) -> None:
    """Of tracks the first minutes of each, of parts those of the whole, past the first part too."""
    given = handed_in(show, "new")
    assert show.run("process", *given, how, "--minutes", minutes, "--out", "ep", "-q")[0] == 0
    trial = show.folder / "ep" / "try"
    assert seconds(trial) == pytest.approx(length, abs=0.3)
    names = [path.name for path in sorted((trial / "source").iterdir()) if not path.name.startswith(".")]
    assert len(names) == 2
    assert show.run("process", show.folder / "ep", "--minutes", minutes, "-q")[0] == 0
    assert show.run("process", show.folder / "ep", "-q")[0] == 0
    assert seconds(show.folder / "ep") >= seconds(trial)


def test_an_episode_can_be_told_later_how_its_recordings_belong_together(show: Show) -> None:
    """--tracks on an episode that was made as parts makes it one of tracks, and stays so."""
    (episode,) = handed_in(show, "made")
    assert show.run("process", episode, "--tracks", "-q")[0] == 0
    assert 'arrangement = "tracks"' in (Path(str(episode)) / "episode.toml").read_text()
    assert seconds(Path(str(episode))) == pytest.approx(10, abs=0.5)


def test_out_of_an_episode_that_is_there_is_refused(show: Show) -> None:
    """--out names where a new episode goes; for one that is there it was passed over without a word."""
    (episode,) = handed_in(show, "made")
    code, _, err = show.run("process", episode, "--out", "elsewhere", "-q")
    assert code == 2
    assert "--out" in err
    assert show.run("process", episode, "--out", episode, "-q")[0] == 0
