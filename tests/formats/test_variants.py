"""The post for site generators and for pasting: same turns, another frame."""

from __future__ import annotations

from dataclasses import replace

import yaml
from example_episode import MAYA, OURS, TOM, example
from markdown_it import MarkdownIt

from chaitime_audio.domain.people import Cast
from chaitime_audio.domain.sponsor import Sponsor
from chaitime_audio.formats import render_all


def online() -> dict[str, str]:
    """The example as a show prints it that says where its site is, and whose guest has a picture."""
    episode = example()
    tom = replace(TOM, photo="https://example.org/tom.jpg")
    voices = tuple(
        replace(voice, person=tom) if voice.label == "S2" else voice for voice in episode.cast.voices
    )
    show = replace(episode.show, media_url="https://example.org/chai/")
    brief = replace(episode.brief, people=(MAYA, tom))
    return render_all(replace(episode, show=show, brief=brief, cast=Cast(voices)), OURS, every=True)


def test_front_matter_is_yaml_with_what_generators_ask_for() -> None:
    """Title, date, slug, description, tags, canonical address and cover, as a YAML parser reads them."""
    _, front, body = online()["transcript.front.md"].split("---\n", 2)
    found = yaml.safe_load(front)
    assert found["title"] == "Tom Ellery on dull baselines"
    assert str(found["date"]) == "2026-11-02"
    assert found["slug"] == "001-tom-ellery"
    assert found["tags"] == ["baselines", "wind"]
    assert found["canonical_url"] == "https://example.org/chai/001-tom-ellery/"
    assert found["cover_image"] == "https://example.org/chai/cover.jpg"
    assert "# Tom Ellery" not in body
    assert body.strip().endswith("© Chai Time")


def test_no_address_is_made_up() -> None:
    """Without `show.media_url` front matter has neither canonical address nor cover."""
    front = render_all(example(), OURS, every=True)["transcript.front.md"].split("---\n", 2)[1]
    assert "canonical_url" not in yaml.safe_load(front)
    assert "First published" not in render_all(example(), OURS, every=True)["transcript.plain.md"]


def test_the_plain_post_can_be_pasted() -> None:
    """No title of its own, no raw HTML, no footnotes, whole addresses only; it says where it comes from."""
    text = online()["transcript.plain.md"]
    tokens = MarkdownIt("commonmark").parse(text)
    inner = [child for token in tokens for child in token.children or ()]
    assert "h1" not in {token.tag for token in tokens}
    assert not [token for token in [*tokens, *inner] if token.type.startswith("html")]
    assert "[^" not in text
    targets = [str(child.attrs["href"]) for child in inner if child.type == "link_open"]
    assert targets
    assert all(target.startswith("https://") for target in targets)
    assert "First published at [Chai Time](https://example.org/chai/001-tom-ellery/)" in text


def test_the_guests_picture_stands_in_the_intro() -> None:
    """Its description is the guest's name; the page, which loads nothing, has none."""
    texts = online()
    assert "![Dr. Tom Ellery](https://example.org/tom.jpg)" in texts["transcript.md"]
    assert "<img" not in texts["transcript.html"]


def test_what_a_person_wrote_about_a_sponsor_is_printed_everywhere() -> None:
    """Name, text and link stand in show notes, feed, YouTube's text and the newsletter; markup is escaped."""
    sponsor = Sponsor("Kettle & Cloud", text="First month <b>free</b>.", url="https://kettle.example/steam")
    episode = example()
    told = render_all(replace(episode, brief=replace(episode.brief, sponsor=(sponsor,))), OURS, every=True)
    for name in (
        "show-notes.md",
        "show-notes.html",
        "notes/feed.html",
        "notes/youtube.txt",
        "notes/newsletter.md",
    ):
        assert "https://kettle.example/steam" in told[name], name
        assert "First month" in told[name], name
    assert "<b>free" not in told["notes/feed.html"]
    assert "Sponsors" not in render_all(episode, OURS, every=True)["show-notes.md"]
