"""Each rule finds its planted violation, and leaves a good episode alone."""

from __future__ import annotations

import io
import json
import shutil

import pytest
from mutagen.id3 import APIC, ID3, TIT2
from PIL import Image

from chaitime_audio.audio.mastering.chain.encode import encode
from chaitime_audio.audio.mastering.chain.pcm import blocks

from .conftest import write_talk


def edit_chapters(episode, change):
    path = episode.file("{slug}.chapters.json")
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document["chapters"])
    path.write_text(json.dumps(document), encoding="utf-8")


def edit_tag(episode, change, **how):
    path = episode.file("{slug}.mp3")
    tag = ID3(path, translate=False)
    change(tag)
    tag.save(path, v2_version=how.get("version", 3))


def cover(episode, size, mode="RGB"):
    data = io.BytesIO()
    Image.new(mode, size).save(data, "PNG" if mode == "RGBA" else "JPEG")
    picture = APIC(encoding=0, mime="image/jpeg", type=3, desc="", data=data.getvalue())
    edit_tag(episode, lambda tag: (tag.delall("APIC"), tag.add(picture)))


def sound(episode, tmp_path, amplitude):
    """Another sound in the MP3, as after an edit in an audio editor."""
    talk = write_talk(tmp_path / "other.wav", amplitude)
    encode(blocks((talk,), 1), 1, 64, episode.file("{slug}.mp3"))


def late_first(chapters):
    chapters[0]["startTime"] = 4.0


def out_of_order(chapters):
    chapters[1], chapters[2] = chapters[2], chapters[1]


def too_close(chapters):
    chapters[2]["startTime"] = chapters[1]["startTime"] + 5


def add_latin(tag):
    tag.setall("TIT2", [TIT2(encoding=0, text=["Interview with Tom Ellery"])])


def drop_child(tag):
    tag.getall("CTOC")[0].child_element_ids.pop()


ITEM = "{slug}.item.xml"
PLANTED = {
    "chapters-first": lambda e, _: edit_chapters(e, late_first),
    "chapters-count": lambda e, _: edit_chapters(e, lambda found: found.__delitem__(slice(2, None))),
    "chapters-order": lambda e, _: edit_chapters(e, out_of_order),
    "chapters-youtube-length": lambda e, _: edit_chapters(e, too_close),
    "chapters-title-length": lambda e, _: edit_chapters(e, lambda found: found[1].update(title="tea " * 20)),
    "chapters-title-plain": lambda e, _: edit_chapters(
        e, lambda found: found[1].update(title="Tea \U0001f375")
    ),
    "chapters-in-youtube": lambda e, _: e.swap("notes/youtube.txt", "00:00 ", "(00:00) "),
    "notes-youtube-length": lambda e, _: e.file("notes/youtube.txt").write_text("00:00 a\n" + "tea " * 1300),
    "notes-youtube-plain": lambda e, _: e.swap("notes/youtube.txt", "Tom", "<b>Tom"),
    "notes-apple-length": lambda e, _: e.file("notes/apple.html").write_text("<p>" + "é" * 2001),
    "notes-spotify-tags": lambda e, _: e.swap("notes/spotify.html", "<p>", "<h2>", 1),
    "notes-feed-links": lambda e, _: e.swap("notes/feed.html", "<p>", '<a href="javascript:1">x</a><p>', 1),
    "placeholders": lambda e, _: e.swap("show-notes.md", "Tom Ellery", "TODO", 1),
    "loudness": lambda e, tmp: sound(e, tmp, 2000),
    "true-peak": lambda e, tmp: sound(e, tmp, 32_000),
    "artwork-square": lambda e, _: cover(e, (1400, 1500)),
    "artwork-size": lambda e, _: cover(e, (600, 600)),
    "artwork-colour": lambda e, _: cover(e, (1400, 1400), "RGBA"),
    "tag-version": lambda e, _: edit_tag(e, lambda _tag: None, version=4),
    "tag-frames": lambda e, _: edit_tag(e, lambda tag: tag.delall("TALB")),
    "tag-encoding": lambda e, _: edit_tag(e, add_latin),
    "tag-contents": lambda e, _: edit_tag(e, drop_child),
    "tag-chapters": lambda e, _: edit_tag(e, lambda tag: (tag.delall("CHAP"), tag.delall("CTOC"))),
    "feed-guid": lambda e, _: e.swap(ITEM, "</guid>", "0</guid>"),
    "feed-date": lambda e, _: e.swap(ITEM, "<pubDate>", "<pubDate>some day "),
    "feed-enclosure-length": lambda e, _: e.swap(ITEM, 'length="', 'length="1'),
    "feed-explicit": lambda e, _: e.swap(ITEM, "explicit>false", "explicit>clean"),
    "feed-people": lambda e, _: e.swap(ITEM, '"cast">Maya Rao', '"cast">Someone'),
    "feed-description": lambda e, _: e.swap(ITEM, "<description>", "<description>" + "x" * 4000),
    "feed-duration": lambda e, _: e.swap(ITEM, "duration>180", "duration>3:00"),
    "feed-enclosure-type": lambda e, _: e.swap(ITEM, "audio/mpeg", "audio/wav"),
    "feed-enclosure-url": lambda e, _: e.swap(ITEM, "talk.mp3", "tälk.mp3"),
    "feed-transcript": lambda e, _: e.swap(ITEM, 'type="text/vtt"', 'type="text/plain"'),
    "tag-title": lambda e, _: edit_tag(e, lambda tag: tag.setall("TIT2", [TIT2(encoding=1, text=["Other"])])),
    "srt-lines": lambda e, _: e.swap("{slug}.srt", "Maya Rao: ", "Maya Rao:\nWell\n", 1),
    "vtt-inside": lambda e, _: e.swap("{slug}.vtt", "--> 00:02:5", "--> 01:02:5"),
    "feed-item": lambda e, _: e.swap(ITEM, "<item ", "<!DOCTYPE x><item "),
    "srt-width": lambda e, _: e.swap("{slug}.srt", "Maya Rao: What is the\n", "Maya Rao: What is the ", 1),
    "srt-overlap": lambda e, _: e.swap("{slug}.srt", "--> 00:00:02", "--> 00:00:09", 1),
    "vtt-header": lambda e, _: e.swap("{slug}.vtt", "WEBVTT\n", "\n", 1),
    "vtt-voices": lambda e, _: e.swap("{slug}.vtt", "<v Maya Rao>", "", 1),
    "files-new": lambda e, _: e.file("transcript.md.new").write_text("newer"),
    "files-ascii": lambda e, _: e.file("tea für zwei.txt").write_text("x"),
    "files-transcript": lambda e, _: e.file("transcript.md").unlink(),
    "mp3": lambda e, _: e.file("{slug}.mp3").write_bytes(b""),
}


@pytest.mark.parametrize("rule", PLANTED)
def test_a_planted_violation_is_found(episode, tmp_path, rule):
    """The rule named fails once its violation lies in out/, and the exit code is 7."""
    PLANTED[rule](episode, tmp_path)
    code, levels = episode.levels()
    assert levels.get(rule) == "fail", levels
    assert code == 7


def test_a_good_episode_passes(episode):
    """As the program wrote it, an episode keeps every rule: no failure, no warning, exit 0."""
    code, levels = episode.levels()
    assert {rule: level for rule, level in levels.items() if level != "pass"} == {}
    assert code == 0
    assert set(PLANTED) - {"mp3", "feed-item"} <= set(levels)


def test_an_unnamed_voice_fails(episode):
    """A guest who is still “Speaker 2” is a broken rule: readers would see it in every file."""
    brief = episode.path / "episode.toml"
    text = brief.read_text(encoding="utf-8")
    brief.write_text(text[: text.index("[[people]]")], encoding="utf-8")
    code, levels = episode.levels()
    assert (code, levels["voices-named"]) == (7, "fail")


def test_a_show_without_a_name_fails(episode):
    """“My Show”, which stands in a fresh configuration, is no name to publish under."""
    config = episode.path.parents[1] / "config" / "chaitime.toml"
    config.write_text(config.read_text().replace("Tea Time", "My Show"))
    code, levels = episode.levels()
    assert (code, levels["show-name"]) == (7, "fail")


def test_one_platform_alone(episode):
    """``--for`` leaves out what only another platform asks for."""
    episode.swap("notes/youtube.txt", "Tom", "<b>Tom")
    assert episode.levels("--for", "apple")[0] == 0
    assert episode.levels("--for", "youtube")[0] == 7


def test_nothing_is_written(episode):
    """A check reads: not a byte in out/ changes, nor is a missing file made."""
    episode.file("transcript.md").unlink()
    before = {path: path.read_bytes() for path in episode.out.rglob("*") if path.is_file()}
    episode.run()
    assert {path: path.read_bytes() for path in episode.out.rglob("*") if path.is_file()} == before


def test_the_table_puts_failures_first(episode):
    """A broken rule stands above what passes, on one line with its fix."""
    episode.swap("notes/youtube.txt", "Tom", "<b>Tom")
    code, out, _ = episode.run()
    rows = [line for line in out.splitlines() if line.startswith("  ")]
    assert code == 7
    assert rows[0].split()[:2] == ["FAIL", "notes-youtube-plain"]
    assert "chaitime notes EPISODE --for youtube" in rows[0]
    assert out.splitlines()[-1].startswith("1 failed")


def test_too_short_for_chapters(tmp_path, episode, capfd):
    """Under two minutes no chapters are written, and that passes in words."""
    from .conftest import Episode, made_show

    shutil.rmtree(tmp_path / "short", ignore_errors=True)
    short = Episode(made_show(tmp_path / "short", write_talk(tmp_path / "short.wav", seconds=30)), capfd)
    code, out, _ = short.run()
    assert "too short for chapters" in out
    assert code == 0


JUNK = (
    b"",
    b"\xff\x00\xfe" * 50,
    b"[]",
    b'{"version": "1.2.0", "chapters": [{"startTime": Infinity}]}',
    b"<a><b>",
)


@pytest.mark.parametrize("junk", JUNK)
def test_junk_in_out_is_a_finding_not_a_crash(episode, junk):
    """Whatever lies in out/ under a known name, the check ends with findings and exit code 7."""
    for path in episode.out.rglob("*"):
        if path.is_file():
            path.write_bytes(junk)
    code, levels = episode.levels()
    assert code == 7
    assert {levels["mp3"], levels["tag"], levels["feed-item"], levels["chapters-file"]} == {"fail"}
