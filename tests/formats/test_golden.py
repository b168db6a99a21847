"""One full post per template, letter for letter as a person has read it (tests/golden/)."""

from __future__ import annotations

import html5lib
import pytest
from example_episode import OURS
from full_post import GOLDEN, NAMES, full_post

from chaitime_audio.formats import render_all


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Every format of the whole interview."""
    return render_all(full_post(), OURS, every=True)


@pytest.mark.parametrize("name", NAMES)
def test_post_is_as_it_was_read(texts: dict[str, str], name: str) -> None:
    """``python tests/formats/regenerate.py`` writes it again; read the difference before you keep it."""
    assert texts[name] == (GOLDEN / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".html")])
def test_pages_are_valid(texts: dict[str, str], name: str) -> None:
    """A strict parser finds no fault, every id stands once, and every link within leads somewhere."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(texts[name])
    ids = [item.attrib["id"] for item in tree.iter() if "id" in item.attrib]
    inner = [item.attrib["href"][1:] for item in tree.iter("a") if item.attrib["href"].startswith("#")]
    assert len(ids) == len(set(ids))
    assert set(inner) <= set(ids)
    assert not list(tree.iter("script"))
    assert not [item for item in tree.iter() if "src" in item.attrib]


def test_the_post_has_what_the_rules_ask_for(texts: dict[str, str]) -> None:
    """Lists, links at first mention, written forms, no hesitations, no small talk, who to find where."""
    text = texts["transcript.md"]
    assert "- First, plot it.\n- Second, write down what you expect.\n- And third, wait a week." in text
    assert text.count("(https://example.org/quiet-failures)") >= 1
    assert "recording?" not in text
    assert "Red one" not in text
    assert " um" not in text
    assert "**Where to find Tom Ellery:**" in text
    assert text.index("## About the Series") < text.index("**Maya Rao:**")
