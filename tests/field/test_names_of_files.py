"""K3: names of files decide nothing that the sound could tell, and any name works in every command."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from chaitime_audio.errors import UsageError
from chaitime_audio.project import importing
from chaitime_audio.project.file_names import MOST_BYTES, extended, natural_order, within_bytes
from cli.conftest import Show, write_tones


@pytest.mark.parametrize(
    "names",
    [
        ["part1.wav", "part2.wav", "part10.wav", "part11.wav"],
        ["talk.wav", "talk 2.wav", "talk 10.wav"],
        ["talk.wav", "talk (1).wav", "talk (2).wav", "talk (10).wav"],
        ["9.wav", "010.wav", "11.wav"],
        ["Teil-٣.wav", "Teil-12.wav"],
        ["2026-09-30 part 2.wav", "2026-10-01 part 1.wav"],
        ["a.wav", "B.wav", "c.wav"],
    ],
)
def test_names_are_in_the_order_in_which_people_count(names: list[str]) -> None:
    """Numbers count as numbers, in any digits; capital letters change nothing."""
    assert [path.name for path in sorted(map(Path, reversed(names)), key=natural_order)] == names


def test_eleven_parts_are_heard_in_their_order(show: Show) -> None:
    """Parts 1 to 11 in source/ are decoded in the order of their numbers."""
    source = show.folder / "episodes" / "ep" / "source"
    for number in range(1, 12):
        write_tones(source / f"part{number}.wav", 2 if number % 2 else 3)
    (source.parent / "episode.toml").write_text('arrangement = "parts"\n')
    assert show.run("process", source.parent, "-q")[0] == 0
    record = json.loads((source.parent / "episode.json").read_text())
    assert [one["name"] for one in record["sources"]] == [f"part{number}.wav" for number in range(1, 12)]


@pytest.mark.parametrize(
    "names",
    [
        ["ZOOM0007_Tr1.WAV", "ZOOM0007_Tr2.WAV"],
        ["track 1.wav", "track 2.wav"],
        ["Talk-mic1.wav", "Talk-mic2.wav"],
        ["input-3.wav", "input-4.wav"],
        ["Speaker 1.wav", "Speaker 2.wav"],
        ["Spur 1.wav", "Spur 2.wav"],
        ["talk-L.wav", "talk-R.wav"],
        ["1-maya.flac", "2-tom.flac"],
    ],
)
def test_names_of_tracks_are_asked_about(tmp_path: Path, names: list[str]) -> None:
    """Numbers of tracks, microphones, inputs and people are no pieces of one recording."""
    paths = []
    for name in names:
        (tmp_path / name).write_bytes(b"sound")
        paths.append(tmp_path / name)
    with pytest.raises(UsageError, match="how do .* belong together"):
        importing.arrangement_of(importing.Request(tuple(paths)))


@pytest.mark.parametrize(("second", "code"), [(4, 2), (5, 0)])
def test_numbered_files_of_one_length_are_asked_about(show: Show, second: int, code: int) -> None:
    """As long as each other to a second they may be tracks; of other lengths they are parts, as before."""
    one, two = show.tones("memo-1.wav", 4), show.tones("memo-2.wav", second)
    got, _, err = show.run("process", one, two, "-q")
    assert got == code
    assert code == 0 or "--parts" in err
    source = show.folder / "episodes" / "other" / "source"
    write_tones(source / "memo-1.wav", 4)
    write_tones(source / "memo-2.wav", second)
    assert show.run("process", source.parent, "-q")[0] == code


@pytest.mark.parametrize("letter", ["a", "é", "語", "💥", "क्ष"])
def test_additions_to_a_name_fit_every_disk(letter: str) -> None:
    """With something before and behind, a name takes 255 bytes at most and keeps its ending."""
    for count in (1, 60, 300):
        name = extended(letter * count + ".wav", before="01-", behind=".link")
        assert len(name.encode()) <= MOST_BYTES
        assert name.startswith("01-" + letter[:1])
        assert name.endswith(".wav.link")
    assert len(within_bytes(letter * 300, 40).encode()) <= 40


@pytest.mark.parametrize("how", [(), ("--link",)])
def test_the_longest_name_in_any_script_is_brought_in(show: Show, how: tuple[str, ...]) -> None:
    """Two parts with names as long as a disk allows, in Japanese: copied, linked and tried by the minute."""
    stem = "語" * 83
    (one,) = [show.tones(f"{stem}{1}.wav", 4)]
    two = show.tones(f"{stem}{2}.wav", 5)
    assert len(one.name.encode()) > 250
    code, _, err = show.run("process", one, two, "--parts", *how, "-q")
    assert (code, err) == (0, "")
    assert show.run("process", show.episode, "--minutes", "0.1", "-q") == (0, "", "")


NAMES = [
    "-talk.wav",
    ".talk.wav",
    "a\nb.wav",
    "50% #1?.wav",
    unicodedata.normalize("NFD", "Żółć é.wav"),
    "a'b\"c.wav",
]


@pytest.mark.parametrize(("name", "link"), [*((name, False) for name in NAMES), (".talk\n#.wav ", True)])
def test_any_name_works_in_every_command(show: Show, name: str, link: bool) -> None:
    """Dashes, dots, line breaks, signs of addresses and decomposed letters: made, listed, fed, checked."""
    path = write_tones(show.folder / "in" / name, 4)
    assert show.run("process", *(["--link"] if link else []), "-q", "--", path)[0] == 0
    episode = show.episode
    for command in (
        *(("status", "."), ("batch", ".", "--dry-run"), ("batch", ".", "-q"), ("watch", ".", "--once", "-q")),
        *(("speakers", episode), ("notes", episode), ("render", episode, "srt"), ("report", episode)),
        *(
            ("process", episode, "--minutes", "0.1", "-q"),
            ("feed", "episodes", "--base-url", "https://p.example/x"),
        ),
    ):
        code, out, err = show.run(*command)
        assert code == 0, (command, out, err)
    assert [path.name for path in (show.folder / "episodes").iterdir() if path.is_dir()] == [episode.name]
    feed = ElementTree.parse(show.folder / "site" / "feed.xml")
    (enclosure,) = feed.iter("enclosure")
    address = enclosure.attrib["url"]
    assert address.isascii()
    assert not set(address) & set(" \n\"'<>")
    assert (show.folder / "site" / unquote(address.removeprefix("https://p.example/x/"))).is_file()


@pytest.mark.parametrize("name", ["a#b", "50% off?", "é\u0301 x", "-dash", "a\nb"])
def test_an_episode_folder_of_any_name_is_fed(show: Show, name: str) -> None:
    """Whatever the folder is called, the address in the feed leads to the file, encoded once."""
    code, _, err = show.run("process", show.tones(seconds=3), "--out", show.folder / "episodes" / name, "-q")
    assert (code, err) == (0, "")
    assert show.run("feed", "episodes", "--base-url", "https://p.example/x y", "-q")[0] == 0
    (enclosure,) = ElementTree.parse(show.folder / "site" / "feed.xml").iter("enclosure")
    assert "%25" not in enclosure.attrib["url"]
    path = unquote(enclosure.attrib["url"]).removeprefix("https://p.example/x y/")
    assert (show.folder / "site" / path).is_file()
