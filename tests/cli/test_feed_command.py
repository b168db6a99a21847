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
    """An episode without facts, a broken one and a double are named; the others are published; exit 5."""
    show.run("process", show.tones())
    episode = show.episode
    double = second(show)
    bare, broken = double.with_name("003-bare"), double.with_name("004-broken")
    shutil.copytree(episode, bare)
    (bare / "episode.json").unlink()
    shutil.copytree(episode, broken)
    (broken / "episode.toml").write_text("nonsense = [", encoding="utf-8")
    code, _, err = show.run("feed", "episodes")
    assert code == 5
    assert "1 episode," in err
    assert "not in the feed: 004-broken, talk" in err
    assert "003-bare is left out" in err
    assert "004-broken is left out" in err
    assert "is left out: its guid is that of" in err
    assert not (bare / "episode.json").exists()


def test_one_not_made_yet_is_no_fault_until_it_was_in_the_feed(show: Show) -> None:
    """A new folder waits its turn, exit code 0; one that a listener has already must not vanish unsaid."""
    show.run("process", show.tones())
    other = show.episode.with_name("002-next")
    shutil.copytree(show.episode, other)
    brief = other / "episode.toml"
    brief.write_text(re.sub(r'guid = ".*"', 'guid = "second"', brief.read_text()))
    assert show.run("process", other)[0] == 0
    first = other.with_name("talk")
    (first / "episode.json").rename(first / "away.json")
    code, _, err = show.run("feed", "episodes")
    assert (code, "talk is left out" in err) == (0, True)
    (first / "away.json").rename(first / "episode.json")
    assert show.run("feed", "episodes")[0] == 0
    (first / "episode.json").unlink()
    code, _, err = show.run("feed", "episodes")
    assert code == 5
    assert "“Talk” was in the feed and is gone" in err
    assert "not in the feed: talk" in err


def test_a_feed_is_never_emptied(show: Show) -> None:
    """When no episode can be read, the feed that is there stays; exit code 2."""
    show.run("process", show.tones())
    show.run("feed", "episodes")
    feed = show.folder / "site" / "feed.xml"
    before = feed.read_text(encoding="utf-8")
    (show.episode / "episode.toml").write_text("nonsense = [", encoding="utf-8")
    code, _, err = show.run("feed", "episodes")
    assert (code, "nothing was written" in err) == (2, True)
    assert feed.read_text(encoding="utf-8") == before


def test_an_episode_taken_away_is_told(show: Show) -> None:
    """Its folder removed on purpose is no fault; what is left of it on the site is the person's to remove."""
    show.run("process", show.tones())
    other = show.episode.with_name("002-next")
    shutil.copytree(show.episode, other)
    brief = other / "episode.toml"
    brief.write_text(re.sub(r'guid = ".*"', 'guid = "second"', brief.read_text()))
    show.run("process", other)
    show.run("feed", "episodes")
    shutil.rmtree(other)
    code, _, err = show.run("feed", "episodes")
    assert code == 0
    assert "was in the feed and is gone" in err
    assert "site/002-next is no longer part of the show" in err
    assert (show.folder / "site" / "002-next" / "002-next.mp3").is_file()


def test_a_show_keeps_its_id_or_is_told(show: Show) -> None:
    """Another address makes another podcast:guid, which is said; the setting keeps the old one."""
    show.run("process", show.tones())
    show.run("feed", "episodes", "--base-url", "https://one.example")
    (old,) = re.findall(r"<podcast:guid>(.*)</podcast:guid>", (show.folder / "site/feed.xml").read_text())
    _, _, err = show.run("feed", "episodes", "--base-url", "https://two.example")
    assert f"podcast:guid was {old}" in err
    config = show.folder / "config" / "chaitime.toml"
    config.write_text(config.read_text().replace("[show]", f'[show]\npodcast_guid = "{old}"'))
    show.run("feed", "episodes", "--base-url", "https://two.example")
    assert f"<podcast:guid>{old}<" in (show.folder / "site/feed.xml").read_text()
    config.write_text(config.read_text().replace(old, "no-uuid"))
    assert show.run("feed", "episodes", "--base-url", "https://two.example")[0] == 2


def test_edits_by_hand_reach_the_site_or_are_told(show: Show) -> None:
    """Captions and the page of the post go out as they lie in out/; other edits are said not to."""
    show.run("process", show.tones())
    slug = show.episode.name
    for name in (f"{slug}.vtt", "transcript.html", "transcript.md"):
        path = show.out / name
        path.write_text(path.read_text(encoding="utf-8").replace("Maya", "Maia") + "\nBY HAND\n")
    _, _, err = show.run("feed", "episodes")
    site = show.folder / "site" / slug
    assert "BY HAND" in (site / f"{slug}.vtt").read_text()
    assert "BY HAND" in (site / "transcript.html").read_text()
    assert f"{slug}: transcript.md was edited by hand" in err
    assert "transcript.html was edited" not in err


def test_what_was_read_before_is_read_back_until_something_changes(show: Show) -> None:
    """The second time nothing is derived anew; a new title, glossary or torn memory is."""
    show.run("process", show.tones())
    assert show.run("feed", "episodes")[0] == 0
    memory = show.episode / "work" / "episode.read.json"
    feed = show.folder / "site" / "feed.xml"
    first = feed.read_bytes()
    planted = memory.read_text(encoding="utf-8").replace('"title":"Talk"', '"title":"Planted"')
    memory.write_text(planted, encoding="utf-8")
    show.run("feed", "episodes")
    assert "<title>Planted</title>" in feed.read_text(encoding="utf-8")  # so it was read back
    brief = show.episode / "episode.toml"
    before = brief.read_text()
    brief.write_text('title = "Of tea"\n' + before)
    show.run("feed", "episodes")
    assert "<title>Of tea</title>" in feed.read_text(encoding="utf-8")
    brief.write_text(before)
    memory.write_text(memory.read_text(encoding="utf-8")[:500], encoding="utf-8")
    show.run("feed", "episodes")
    assert feed.read_bytes() == first


def test_texts_of_a_stale_out_are_not_published(show: Show) -> None:
    """Captions on the site follow a correction in episode.toml even before the episode is made again."""
    show.run("process", show.tones())
    show.run("feed", "episodes")
    vtt = next((show.folder / "site").glob("*/*.vtt"))
    assert "Maya Rao" in vtt.read_text(encoding="utf-8")
    config = show.folder / "config" / "chaitime.toml"
    config.write_text(config.read_text().replace("Maya Rao", "Maja Raum"))
    show.run("feed", "episodes")
    assert "Maja Raum" in vtt.read_text(encoding="utf-8")


def test_what_directories_ask_for_is_told(show: Show) -> None:
    """One sentence each, with the setting that mends it; nothing more to say once all is there."""
    show.run("process", show.tones(), "--number", "3")
    config = show.folder / "config" / "chaitime.toml"
    plain = config.read_text()
    config.write_text(plain.replace("[show]", '[show]\ncategory = "Tecnology"'))
    _, _, err = show.run("feed", "episodes", "--base-url", "https://pod.example")
    assert "set show.about" in err
    assert "set show.owner_email" in err
    assert (
        "“Tecnology” is not one of Apple's categories; did you mean “Technology”?: set show.category" in err
    )
    told = 'about = "Of tea."\nowner_email = "a@b.example"\nserial = true'
    config.write_text(plain.replace("[show]", f"[show]\n{told}"))
    _, _, err = show.run("feed", "episodes", "--base-url", "https://pod.example")
    assert "set " not in err


def test_an_address_that_is_none_is_refused(show: Show) -> None:
    """A base that is no web address, and a folder without episodes, are usage errors."""
    show.run("process", show.tones())
    for address in ("ftp:/x", "pod.example", "https://", "https://pod.example/?show=1"):
        assert show.run("feed", "episodes", "--base-url", address)[0] == 2, address
    assert show.run("feed", "nowhere")[0] == 2
    assert show.run("feed", "config")[0] == 2


def test_a_site_is_not_mixed_into_the_episodes(show: Show) -> None:
    """The folder of episodes is no place for it; one that cannot be written is named, exit code 6."""
    show.run("process", show.tones())
    before = sorted(show.folder.rglob("*.html"))
    assert show.run("feed", "episodes", "--out", "episodes")[0] == 2
    assert sorted(show.folder.rglob("*.html")) == before
    (show.folder / "taken").write_text("a file")
    assert show.run("feed", "episodes", "--out", "taken")[0] == 6


def test_without_an_address_it_says_so(show: Show) -> None:
    """The site works without one; that no app takes such a feed is said."""
    show.run("process", show.tones())
    code, _, err = show.run("feed", "episodes")
    assert code == 0
    assert "show.media_url" in err
