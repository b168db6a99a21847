"""The report of a batch: complete, with what needs a person first, and safe to open."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from chaitime_audio.batch import Outcome
from chaitime_audio.batch.report import Meta, report_html, report_json, write_report
from chaitime_audio.errors import DestinationError

META = Meta(datetime(2026, 1, 31, 22, 15, tzinfo=UTC), 2).ended(3_720)
NASTY = '<script>alert("x")</script>'


class Tags(HTMLParser):
    """Notes which tags and attributes a page has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.rows: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") for name, _ in attrs)


def many(count: int) -> list[Outcome]:
    """Outcomes of all kinds, with text of others in every place."""
    states = ("done", "up to date", "skipped", "failed")
    return [
        Outcome(
            Path(f"in/{NASTY.replace('/', '')}{index}"),
            states[index % 4],  # type: ignore[arg-type]
            NASTY if index % 4 > 1 else "",
            float(index),
            sound_ms=60_000,
            lufs=-16.0,
            speakers=(NASTY, "Tom & Co"),
            warnings=(NASTY,),
            retried=index % 8 == 0,
        )
        for index in range(count)
    ]


def test_text_of_others_is_escaped() -> None:
    """Names, reasons, speakers and warnings show as text; the page has no script and no outside address."""
    page = report_html(many(8), META, Path())
    assert "script" not in Tags(page).tags
    assert "&lt;script&gt;" in page
    assert "Tom &amp; Co" in page
    assert "http" not in page


def test_two_hundred_episodes_make_a_page_with_a_row_each() -> None:
    """Everything but what was up to date has a row; failures stand first."""
    page = report_html(many(200), META, Path())
    assert Tags(page).tags.count("tr") == 1 + 150
    assert page.index('class="failed"') < page.index('class="skipped"') < page.index('class="done"')
    assert "50 failed, 50 skipped, 50 done, 50 up to date" in page
    assert "in 1 h 02 min" in page


def test_the_json_has_what_the_page_has() -> None:
    """One record an episode, with reason, speed's two figures, speakers and warnings."""
    data = json.loads(report_json(many(4), META, {}))
    assert [item["state"] for item in data["episodes"]] == ["failed", "skipped", "done", "up to date"]
    assert data["episodes"][2]["speakers"] == [NASTY, "Tom & Co"]
    assert data["began"] == "2026-01-31T22:15:00+00:00"


def test_an_unwritable_folder_is_told(tmp_path: Path) -> None:
    """A report that cannot be written is one line with the place, not a crash."""
    (tmp_path / "file").write_text("")
    with pytest.raises(DestinationError, match="cannot write"):
        write_report(tmp_path / "file", [], [], META)
