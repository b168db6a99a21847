"""Reads the paragraphs of a Word document, by python-docx; a document is hostile until it was read.

A .docx is a ZIP archive: what it would unpack to is limited before anything is unpacked.
"""

from __future__ import annotations

import io
import re
import zipfile

from .edited_prose import Block, items_joined

MOST_UNPACKED_BYTES = 60_000_000
MOST_FILES = 3_000
MOST_PARAGRAPHS = 100_000


def read(data: bytes) -> tuple[list[Block], tuple[str, ...]]:
    """Return the blocks of a document, and what of it is not read, a sentence each.

    Raises ValueError for what is no document, or would unpack to too much.
    """
    _check(data)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        found = [_block(paragraph) for paragraph in document.paragraphs[:MOST_PARAGRAPHS]]
        tables = len(document.tables)
    except Exception as cause:  # lxml, zipfile and python-docx each raise their own
        raise ValueError("it is damaged, or no Word document; save it again as .docx") from cause
    left = ["a table is not read" if tables == 1 else f"{tables} tables are not read"] if tables else []
    struck = len(body.xpath(".//w:del"))
    left += [f"{struck} tracked deletions count as made, insertions too"] if struck else []
    return list(items_joined(found)), tuple(left)


def _check(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as cause:
        raise ValueError("it is damaged, or no Word document; save it again as .docx") from cause
    unpacked = sum(item.file_size for item in files)
    if len(files) > MOST_FILES or unpacked > MOST_UNPACKED_BYTES:
        raise ValueError(
            f"it would unpack to {unpacked // 1_000_000} MB in {len(files)} files; no transcript does"
        )


def _block(paragraph: object) -> tuple[Block, bool]:
    """A paragraph as a block, and whether it is an item of a list. Tracked deletions are gone."""
    from docx.text.paragraph import Paragraph

    assert isinstance(paragraph, Paragraph)
    raw = "".join(node.text or " " for node in paragraph._p.xpath(".//w:t | .//w:br | .//w:tab"))
    text = " ".join(raw.split())
    bold = 0
    for run in paragraph.runs:
        if not run.bold and run.text.strip():
            break
        bold += len(run.text)
    style = (paragraph.style.name if paragraph.style is not None else "") or ""
    heading = style.lower().startswith(("heading", "title", "subtitle"))
    item = style.lower().startswith("list") or bool(paragraph._p.xpath("./w:pPr/w:numPr"))
    return Block(re.sub(r"^#\s+", "", text), min(bold, len(text)), heading), item
