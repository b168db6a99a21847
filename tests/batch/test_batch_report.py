"""The report of a batch: complete, with what needs a person first, and safe to open."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import html5lib
import pytest

from chaitime_audio.batch import Found, Outcome, Plan
from chaitime_audio.batch.report import Meta, report_html, report_json, write_report
from chaitime_audio.errors import DestinationError
from chaitime_audio.project.episode_folder import EpisodeFolder

pytestmark = pytest.mark.pure

META = Meta(datetime(2026, 1, 31, 22, 15, tzinfo=UTC), 2).ended(3_720)
NASTY = '<script>alert("x")</script>'
HOSTILE = [NASTY, "a\x1b[31mb", "two\nlines", "\u202eevil", "half\udcff", "' onload='x", "&amp;", "x" * 250]


class Tags(HTMLParser):
    """Notes which tags a page has, in order, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


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


def plan(path: Path, what: str) -> Plan:
    """What was to be done with the episode of this folder."""
    return Plan(Found(EpisodeFolder(path)), what, True, 60_000)


def test_text_of_others_is_escaped() -> None:
    """Names, reasons, speakers and warnings show as text; the page has no script and no outside address."""
    outcomes = many(8)
    page = report_html([plan(item.path, NASTY) for item in outcomes], outcomes, META, Path())
    assert "script" not in Tags(page).tags
    assert "&lt;script&gt;" in page
    assert "Tom &amp; Co" in page
    assert "//" not in page.replace("</", "")


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_can_be_written_and_read(name: str, tmp_path: Path) -> None:
    """No name, not even one that is no UTF-8, breaks the page, the JSON, or the writing of either."""
    path = Path(name.replace("/", "-"))
    bad = Outcome(path, "failed", name, 1.0, speakers=(name,), warnings=(name,))
    page = write_report(tmp_path, [plan(path, name)], [bad], META).read_text()
    html5lib.HTMLParser(strict=True).parse(page)
    assert not [mark for mark in "\x1b\u202e\udcff" if mark in page]
    data = json.loads((tmp_path / "batch-report.json").read_text())
    assert data["episodes"][0]["reason"] == name
    assert data["episodes"][0]["planned"] == name


def test_two_hundred_episodes_make_a_page_with_a_row_each() -> None:
    """Everything but what was up to date has a row and a bar; failures stand first."""
    page = report_html([], many(200)[::-1], META, Path())
    seen = Tags(page)
    assert seen.tags.count("tr") == 1 + 150
    assert seen.tags.count("rect") == 150
    assert page.index('td class="failed"') < page.index('td class="skipped"') < page.index('td class="done"')
    assert "50 failed, 50 skipped, 50 done, 50 up to date" in seen.text.replace("\xa0", " ")
    assert "1 h 02 min" in seen.text.replace("\u202f", " ")
    assert len(page) < 200_000


def test_an_episode_is_told_with_its_figures() -> None:
    """Speed, loudness, who speaks, what was planned and a second try can be read in its row."""
    path = Path("012")
    done = Outcome(path, "done", "", 30.0, 300_000, -16.04, ("Maya Rao",), ("listen at 3:10",), retried=True)
    text = Tags(report_html([plan(path, "from master on")], [done], META, Path())).text
    for told in ("012", "done", "30\u202fs", "10.0×", "-16.0", "Maya Rao", "from master on", "second try"):
        assert told in text
    assert "1 warning" in text
    assert "listen at 3:10" in text


def test_silence_has_no_loudness() -> None:
    """An MP3 without any sound has no figure for loudness, in neither file."""
    silent = Outcome(Path("a"), "done", "", 3.0, 60_000, float("-inf"))
    assert "inf" not in report_html([], [silent], META, Path())
    data = json.loads(report_json([], [silent], META), parse_constant=pytest.fail)
    assert data["episodes"][0]["lufs"] is None


@pytest.mark.parametrize("name", ["a talk", "javascript:alert(1)", "50%", "#1?", "half\udcff"])
def test_links_lead_to_what_there_is(name: str, tmp_path: Path) -> None:
    """To the report of an episode, else to its transcript, relative to the page; else there is none."""
    home = tmp_path / name
    item = Outcome(home, "done", "", 1.0, folder=home)
    assert Tags(report_html([], [item], META, tmp_path)).links == []
    (home / "out").mkdir(parents=True)
    for made in ("transcript.html", "report.html"):
        (home / "out" / made).write_text("")
        (link,) = Tags(report_html([], [item], META, tmp_path)).links
        assert unquote(link, errors="surrogateescape") == f"{name}/out/{made}"
        assert ":" not in link
    assert Tags(report_html([], [item], META, tmp_path / "elsewhere")).links == []


def test_the_json_has_what_the_page_has() -> None:
    """One record an episode, with reason, speed's two figures, speakers and warnings; totals by state."""
    data = json.loads(report_json([], many(4), META))
    assert [item["state"] for item in data["episodes"]] == ["failed", "skipped", "done", "up to date"]
    assert data["episodes"][2]["speakers"] == [NASTY, "Tom & Co"]
    assert data["began"] == "2026-01-31T22:15:00+00:00"
    assert data["totals"] == {"failed": 1, "skipped": 1, "done": 1, "up to date": 1}


@pytest.mark.parametrize("address", ["tcp://box:8786", NASTY])
def test_a_cluster_is_named_by_its_scheduler(address: str) -> None:
    """Page and JSON say whose workers they were, and the address is text."""
    meta = replace(META, cluster=address)
    assert address in Tags(report_html([], many(2), meta, Path())).text
    assert "script" not in Tags(report_html([], many(2), meta, Path())).tags
    assert json.loads(report_json([], [], meta))["cluster"] == address
    assert json.loads(report_json([], [], META))["cluster"] == ""


def test_a_batch_without_episodes_has_a_page() -> None:
    """Nothing found is said, and nothing is divided by it."""
    assert "No episodes" in report_html([], [], META.ended(0.0), Path())


def test_an_unwritable_folder_is_told(tmp_path: Path) -> None:
    """A report that cannot be written is one line with the place, not a crash."""
    (tmp_path / "file").write_text("")
    with pytest.raises(DestinationError, match="cannot write"):
        write_report(tmp_path / "file", [], [], META)
