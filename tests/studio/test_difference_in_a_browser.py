"""What the page makes of a paragraph that was written in: few corrections, and times that stay."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Browser, browser, needs_browser

from chaitime_audio.studio import routes

pytestmark = needs_browser
STATIC = Path(str(routes.PAGES))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A page of its own origin with the module in it, as a file's scripts may import nothing."""
    source = (STATIC / "talk.js").read_text() + (STATIC / "difference.js").read_text()
    plain = "\n".join(
        line.removeprefix("export ") for line in source.splitlines() if not line.startswith("import ")
    )
    at = tmp_path_factory.mktemp("page") / "index.html"
    at.write_text(
        f"<!doctype html><meta charset=utf-8><script>{plain}\nwindow.corrected = corrected</script>"
    )
    with browser() as started:
        started.open(at.as_uri())
        yield started


def words(text: str) -> list[list[Any]]:
    """Words of 100 ms every 200 ms."""
    return [[at, word, 200 * at, 200 * at + 100, 0.9, 0] for at, word in enumerate(text.split())]


def corrected(page: Browser, before: str, after: str) -> tuple[list[list[str]], list[list[Any]]]:
    """Find and replacement of each correction, and the words as they then are."""
    code = f"corrected({json.dumps(words(before))}, {json.dumps(after)})"
    found = page.js(code)
    return [[one["find"], one["replace"]] for one in found["records"]], found["words"]


@pytest.mark.parametrize(
    ("before", "after", "records"),
    [
        ("we met in six weeks", "we met in six weeks", []),
        ("we met in six weeks", "we met in six months", [["weeks", "months"]]),
        ("we met in six weeks", "we met six weeks", [["in", ""]]),
        ("we met in six weeks", "we all met in six weeks", [["we", "we all"]]),
        ("we met in six weeks", "So we met in six weeks", [["we", "So we"]]),
        ("we met in six weeks", "we met in six weeks ago", [["weeks", "weeks ago"]]),
        ("a b c d e f", "a x c d y f", [["b", "x"], ["e", "y"]]),
        ("the the the end", "the the end", [["the", ""]]),
        ("al cova is here", "Okafor is here", [["al cova", "Okafor"]]),
        ("one two", "", [["one two", ""]]),
        ("one  two", " one\n two ", []),
    ],
)
def test_what_was_changed_is_said_in_as_few_words_as_it_takes(
    page: Browser, before: str, after: str, records: list[list[str]]
) -> None:
    """Each run of changed words is one correction that has at least one old word to be found by."""
    found, now = corrected(page, before, after)
    assert [pair for pair in found if pair != ["the", ""]] == [
        pair for pair in records if pair != ["the", ""]
    ]
    assert len(found) == len(records)
    assert " ".join(word[1] for word in now) == " ".join(after.split())


def test_equal_words_keep_their_ids_and_times(page: Browser) -> None:
    """New words share the time of those they stand for; all others stay where they sound."""
    _, now = corrected(page, "we met al cova there", "we met Ada Okafor there")
    old = words("we met al cova there")
    assert [now[0], now[1], now[4]] == [old[0], old[1], old[4]]
    assert (now[2][2], now[3][3]) == (old[2][2], old[3][3])
    assert now[2][3] == now[3][2]


def test_a_word_that_holds_several_is_not_changed_by_looking_at_it(page: Browser) -> None:
    """A correction put two words in the place of one: leaving the paragraph as it is says nothing."""
    said = [[0, "we", 0, 100, 1, 0], [1, "Ada Okafor", 200, 400, 1, 0], [2, "there", 500, 600, 1, 0]]
    same = page.js(f"corrected({json.dumps(said)}, 'we Ada Okafor there')")
    assert (same["records"], same["words"]) == ([], said)
    found = page.js(f"corrected({json.dumps(said)}, 'we Ada Palmer there')")
    assert [[one["find"], one["replace"]] for one in found["records"]] == [["Okafor", "Palmer"]]


def test_where_blanks_tell_no_words_apart_the_letters_do(page: Browser) -> None:
    """A Chinese paragraph is changed in its middle; what stands at either end stays."""
    said = [
        [at, word, 200 * at, 200 * at + 100, 0.9, 0] for at, word in enumerate(["我们", "明天", "去", "北京"])
    ]
    code = f"corrected({json.dumps(said)}, '我们后天去北京', '')"
    found = page.js(code)
    assert [[one["find"], one["replace"]] for one in found["records"]] == [["明天", "后天"]]
    assert "".join(word[1] for word in found["words"]) == "我们后天去北京"
