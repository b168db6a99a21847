"""The Q&A post as a Word document, by python-docx: to read, to print, to edit and to bring back.

Every turn is a paragraph ``[12:40] Name: text``, which ``chaitime import`` reads. The same episode gives the
same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..domain.episode import Episode
from ..domain.people import Link
from ..domain.text import line, url, xml_characters
from ..domain.timecode import clock
from ..editorial.languages.wording import worded
from ..formats.rendering.page import Page, page
from ..formats.rendering.page_turns import PageTurn
from ..formats.rendering.prose import PageText

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
FACE, BODY_PT, SMALL_PT = "Georgia", 11, 9
GREY, ACCENT = "767676", "1F5F7A"
NO_DAY = datetime(2000, 1, 1)  # noqa: DTZ001  (documents know no zones)
ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def document(episode: Episode) -> bytes:
    """Return the document's bytes."""
    import docx

    shown = page(episode)
    made = docx.Document()
    _set_up(made, episode, shown)
    _head(made, shown)
    for turn in shown.turns:
        _turn(made, turn)
    _tail(made, shown)
    if shown.direction == "rtl":
        for paragraph in made.paragraphs:
            paragraph._p.get_or_add_pPr().insert(0, _element("w:bidi"))
    packed = io.BytesIO()
    made.save(packed)
    return _undated(packed.getvalue())


def _set_up(made: Document, episode: Episode, shown: Page) -> None:
    from docx.shared import Pt, RGBColor

    day = datetime.combine(episode.date, datetime.min.time()) if episode.date else NO_DAY
    about = made.core_properties
    about.title, about.author = _clean(shown.title)[:255], _clean(shown.show.name)[:255]
    about.language, about.comments = shown.language, ""
    about.created = about.modified = day
    body: Any = made.styles["Normal"]
    body.font.name, body.font.size = FACE, Pt(BODY_PT)
    body.paragraph_format.space_after, body.paragraph_format.line_spacing = Pt(8), 1.3
    for name, size in (("Title", 26), ("Heading 1", 16), ("Heading 2", 13)):
        style: Any = made.styles[name]
        style.font.name, style.font.size, style.font.bold = FACE, Pt(size), name != "Title"
        style.font.color.rgb = RGBColor.from_string(ACCENT)
        for face in style.element.rPr.xpath("w:rFonts"):  # the theme's face would win
            for key in [key for key in face.attrib if key.endswith("Theme")]:
                del face.attrib[key]
            for place in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
                face.set(_name(place), FACE)


def _head(made: Document, shown: Page) -> None:
    made.add_paragraph(_clean(shown.title), style="Title")
    if shown.subtitle:
        made.add_paragraph(_clean(shown.subtitle)).runs[0].italic = True
    facts = [shown.part_line, shown.date, clock(shown.duration_ms)]
    _small(made.add_paragraph(), " · ".join(filter(None, map(_clean, facts))))
    for text in shown.intro:
        made.add_paragraph(_clean(text))
    if shown.chapters:
        made.add_paragraph(worded("Chapters", shown.language), style="Heading 2")
        for chapter in shown.chapters:
            row = made.add_paragraph()
            row.paragraph_format.space_after = 0
            _small(row, f"{clock(chapter.start_ms)}\t")
            row.add_run(_clean(chapter.title))


def _turn(made: Document, turn: PageTurn) -> None:
    if turn.heading:
        made.add_paragraph(_clean(turn.heading), style="Heading 1")
    opening = True
    for block in turn.blocks:
        if block.text or opening:
            paragraph = made.add_paragraph()
            if opening:
                _small(paragraph, f"[{clock(turn.start_ms)}] ", bold=True)
                paragraph.add_run(f"{_clean(turn.name)}: ").bold = True
                opening = False
            _text(paragraph, block.text)
        for item in block.items:
            _text(made.add_paragraph(style="List Bullet"), item)


def _tail(made: Document, shown: Page) -> None:
    for person in (*shown.guests, *shown.hosts):
        if person.links:
            said = worded("Where to find {name}", shown.language).format(name=_clean(person.name))
            _links(made, said, person.links)
    if shown.links:
        _links(made, worded("Mentioned in the conversation", shown.language), shown.links)
    note = "Editor's note: this conversation was transcribed by machine and lightly edited for reading."
    last = made.add_paragraph(style="Heading 2")
    _small(last, worded(note, shown.language))
    if shown.show.copyright:
        _small(made.add_paragraph(style="Heading 2"), _clean(shown.show.copyright))


def _links(made: Document, title: str, links: Sequence[Link]) -> None:
    made.add_paragraph(title, style="Heading 2")
    for link in links:
        paragraph = made.add_paragraph(style="Heading 2")
        _linked(paragraph, line(link.title) or link.url, link.url)


def _text(paragraph: Paragraph, spans: PageText) -> None:
    for span in spans:
        if span.url and url(span.url):
            _linked(paragraph, span.text, span.url)
        else:
            paragraph.add_run(xml_characters(span.text))


def _linked(paragraph: Paragraph, text: str, address: str) -> None:
    """Add a text that leads to a web address; a text alone where the address is none."""
    safe = url(address)
    if not safe:
        paragraph.add_run(_clean(text))
        return
    link = _element("w:hyperlink")
    link.set(_name("r:id"), paragraph.part.relate_to(safe, HYPERLINK, is_external=True))
    run = paragraph.add_run(_clean(text))
    from docx.shared import RGBColor

    run.font.underline, run.font.color.rgb, run.bold = True, RGBColor.from_string(ACCENT), False
    link.append(run._r)
    paragraph._p.append(link)


def _small(paragraph: Paragraph, text: str, *, bold: bool = False) -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb, run.bold = Pt(SMALL_PT), RGBColor.from_string(GREY), bold


def _clean(text: str) -> str:
    return line(xml_characters(text))


def _element(tag: str) -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement(tag)


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return qn(tag)


def _undated(data: bytes) -> bytes:
    """The same archive without the time at which it was packed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(packed, "w") as after:
        for item in before.infolist():
            entry = zipfile.ZipInfo(item.filename, ZIP_DAY)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            after.writestr(entry, before.read(item))
    return packed.getvalue()
