"""``chaitime feed``: a show's folder in, a site and its feed out; nothing is made, nothing is lost."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from .conftest import Show


def second(show: Show) -> Path:
    """A copy of the episode under another name; the guid is the same."""
    copy = show.episode.with_name("002-copy")
    name = show.episode.name
    shutil.copytree(show.episode, copy)
    (copy / "out" / f"{name}.mp3").rename(copy / "out" / "002-copy.mp3")
    return copy


def test_a_site_is_built_and_then_left_alone(show: Show) -> None:
    """Feed, pages, sound and captions are there; a second run changes no file."""
    show.run("process", show.tones())
    code, out, _ = show.run("feed", "episodes", "--base-url", "https://pod.example/tea/")
    site = show.folder / "site"
    assert (code, out.strip()) == (0, str(site / "feed.xml"))
    slug = show.episode.name
    for name in ("index.html", "cover.jpg", f"{slug}/index.html", f"{slug}/{slug}.vtt"):
        assert (site / name).is_file(), name
    assert (site / slug / f"{slug}.mp3").read_bytes() == (show.out / f"{slug}.mp3").read_bytes()
    _, _, again = show.run("feed", "episodes", "--base-url", "https://pod.example/tea")
    assert "0 files new or changed" in again


def test_the_length_in_the_feed_is_the_files(show: Show) -> None:
    """The enclosure's length, in the feed and in the item in out/, is the size of the tagged MP3."""
    show.run("process", show.tones())
    show.run("feed", "--base-url", "https://pod.example")
    size = (show.out / f"{show.episode.name}.mp3").stat().st_size
    for path in (show.folder / "site" / "feed.xml", show.out / f"{show.episode.name}.item.xml"):
        found = re.findall(r'<enclosure [^>]*length="(\d+)"', path.read_text(encoding="utf-8"))
        assert found == [str(size)]


def test_what_is_not_made_is_left_out_and_said(show: Show) -> None:
    """An episode without facts, a broken one and a double are named; the others are published."""
    show.run("process", show.tones())
    episode = show.episode
    double = second(show)
    bare, broken = double.with_name("003-bare"), double.with_name("004-broken")
    shutil.copytree(episode, bare)
    (bare / "episode.json").unlink()
    shutil.copytree(episode, broken)
    (broken / "episode.toml").write_text("nonsense = [", encoding="utf-8")
    code, _, err = show.run("feed", "episodes")
    assert code == 0
    assert "1 episode," in err
    assert "003-bare is left out" in err
    assert "004-broken is left out" in err
    assert "is left out: its guid is that of" in err
    assert not (bare / "episode.json").exists()


def test_an_address_that_is_none_is_refused(show: Show) -> None:
    """A base that is no web address, and a folder without episodes, are usage errors."""
    show.run("process", show.tones())
    assert show.run("feed", "episodes", "--base-url", "ftp:/x")[0] == 2
    assert show.run("feed", "nowhere")[0] == 2
    assert show.run("feed", "config")[0] == 2


def test_without_an_address_it_says_so(show: Show) -> None:
    """The site works without one; that no app takes such a feed is said."""
    show.run("process", show.tones())
    code, _, err = show.run("feed", "episodes")
    assert code == 0
    assert "show.media_url" in err
