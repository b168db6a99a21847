"""`chaitime fsck`: whatever is damaged is found and named, and nothing a person made is touched."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from chaitime_audio.cli import run
from chaitime_audio.project.episode_folder import EpisodeFolder
from chaitime_audio.upkeep import examine, mend

FROZEN = Path(__file__).parents[1] / "data" / "frozen" / "schema-1"
NAMES = ("001-tom-ellery", "002-own-tracks")


@pytest.fixture
def episode(tmp_path: Path) -> EpisodeFolder:
    """An episode that real engines made, copied."""
    shutil.copytree(FROZEN / "config", tmp_path / "config")
    return EpisodeFolder(
        Path(shutil.copytree(FROZEN / "episodes" / NAMES[0], tmp_path / "episodes" / NAMES[0]))
    )


def worst(folder: EpisodeFolder) -> dict[str, str]:
    """Where something is lost or torn → how bad; what is only to be written again is left out."""
    return {one.where: one.level for one in examine(folder) if one.level in ("lost", "mendable")}


@pytest.mark.parametrize("name", NAMES)
def test_kept_episodes_are_whole(name: str) -> None:
    """What an earlier version made and nobody touched has no fault."""
    assert not worst(EpisodeFolder(FROZEN / "episodes" / name))


def flip(path: Path, at: int = -20) -> None:
    """Turn one bit round, and leave size and date as they were."""
    seen, data = path.stat(), bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)
    import os

    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))


@pytest.mark.parametrize("name", ["transcript.json", "diarization.json"])
def test_one_bit_in_an_artifact_is_found_and_it_is_made_again(episode: EpisodeFolder, name: str) -> None:
    """A fact with one wrong bit loses its receipt; the damaged file is kept beside it."""
    flip(episode.facts / name)
    assert worst(episode) == {f"facts/{name}": "mendable"}
    (mended,) = mend(episode, examine(episode))
    assert "not what its receipt says" in mended.said
    assert mended.stage == name.removesuffix(".json")
    assert not worst(episode)
    assert (episode.facts / f"{name}.damaged").is_file()
    assert mended.stage not in json.loads(episode.record.read_bytes())["receipts"]


def test_a_recording_that_rots_is_lost_and_stays_where_it_is(episode: EpisodeFolder) -> None:
    """Bytes that changed behind an unchanged date are told as such, and never mended away."""
    (path,) = episode.sources()
    record = json.loads(episode.record.read_bytes())
    seen = path.stat()
    record["sources"][0] |= {"mtime_ns": seen.st_mtime_ns, "inode": seen.st_ino, "size_bytes": seen.st_size}
    episode.record.write_text(json.dumps(record), encoding="utf-8")
    flip(path)
    before = path.read_bytes()
    (found,) = [one for one in examine(episode) if one.level == "lost"]
    assert "while size and date did not" in found.said
    assert not mend(episode, [found])
    assert path.read_bytes() == before


def test_a_torn_manifest_is_set_aside_and_what_people_wrote_stays(episode: EpisodeFolder) -> None:
    """Half an episode.json is moved beside itself; brief, corrections and recording are as they were."""
    ours = {path: path.read_bytes() for path in (episode.brief, *episode.sources())}
    episode.record.write_bytes(episode.record.read_bytes()[:100])
    assert worst(episode)["episode.json"] == "mendable"
    mend(episode, examine(episode))
    assert (episode.path / "episode.json.damaged").is_file()
    assert all(path.read_bytes() == data for path, data in ours.items())


def test_words_in_disorder_are_found_though_their_sum_is_right(episode: EpisodeFolder) -> None:
    """A transcript with the right sum and impossible times is made again."""
    from hashlib import sha256

    path = episode.facts / "transcript.json"
    data = json.loads(path.read_bytes())
    data["segments"][0]["words"].reverse()
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    path.write_bytes(text)
    record = json.loads(episode.record.read_bytes())
    record["receipts"]["transcript"]["digest"] = sha256(text).hexdigest()
    episode.record.write_text(json.dumps(record), encoding="utf-8")
    (found,) = [one for one in examine(episode) if one.level == "mendable"]
    assert "before the one in front of it" in found.said


def test_a_receipt_cannot_send_us_out_of_the_folder(episode: EpisodeFolder) -> None:
    """A file name with a path in a receipt is refused, and nothing outside facts/ is read or moved."""
    outside = episode.path.parent / "outside.json"
    outside.write_text("{}", encoding="utf-8")
    record = json.loads(episode.record.read_bytes())
    record["receipts"]["transcript"]["file"] = "../../outside.json"
    episode.record.write_text(json.dumps(record), encoding="utf-8")
    mend(episode, examine(episode))
    assert outside.read_text(encoding="utf-8") == "{}"
    assert "transcript" not in json.loads(episode.record.read_bytes())["receipts"]


def test_left_overs_of_a_killed_run_go(episode: EpisodeFolder) -> None:
    """Temporaries and a journal's half line are mended; a pending change is settled."""
    (episode.out / ".post.html.1a2b.part").write_bytes(b"half")
    (episode.path / "journal.jsonl").write_bytes(b'{"number":1,')
    (episode.path / ".journal.pending").write_bytes(b"{")
    levels = worst(episode)
    assert set(levels.values()) == {"mendable"}
    assert len(levels) == 3
    mend(episode, examine(episode))
    assert not worst(episode)


def test_the_command_tells_by_its_exit_code(
    episode: EpisodeFolder, capfd: pytest.CaptureFixture[str]
) -> None:
    """0 for whole, 7 for damage, 0 again once it is mended, 2 for no episode; --json says the same."""
    assert run(["fsck", str(episode.path.parent)]) == 0
    assert "torn" not in capfd.readouterr().out
    flip(episode.facts / "transcript.json")
    assert run(["fsck", str(episode.path), "--json"]) == 7
    (line,) = capfd.readouterr().out.splitlines()
    assert [one["where"] for one in json.loads(line)["findings"] if one["level"] == "mendable"] == [
        "facts/transcript.json"
    ]
    assert run(["fsck", str(episode.path), "--repair"]) == 0
    assert "mended" in capfd.readouterr().err
    assert run(["fsck", str(episode.path.parent / "nowhere")]) == 2


def test_a_newer_episode_is_refused_whole(episode: EpisodeFolder) -> None:
    """What a newer version wrote is not judged: exit 3, and nothing is changed."""
    data = json.loads(episode.record.read_bytes()) | {"schema": 99}
    episode.record.write_text(json.dumps(data), encoding="utf-8")
    before = episode.record.read_bytes()
    assert run(["fsck", "--repair", str(episode.path)]) == 3
    assert episode.record.read_bytes() == before
