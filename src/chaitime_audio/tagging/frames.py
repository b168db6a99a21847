"""Tags as ID3v2.3 frames: UTF-16 text, every value cleaned for a reader that trusts it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlsplit

from ..domain.tags import Mark, Tags
from ..domain.text import seen

LATIN1, UTF16 = 0, 1
JPEG, FRONT_COVER, OTHER_PICTURE = "image/jpeg", 3, 0
MILLISECONDS, TRANSCRIPTION = 2, 2
TOP_LEVEL_ORDERED = 0x03
NO_OFFSET = 0xFFFFFFFF
MOST_CHAPTERS = 255
UNTITLED = "Untitled"
ENCODER = "chaitime-audio (LAME)"
_ISO_639_2 = dict(
    pair.split(":")
    for pair in (
        "af:afr am:amh ar:ara as:asm az:aze ba:bak be:bel bg:bul bn:ben bo:bod br:bre bs:bos ca:cat cs:ces "
        "cy:cym da:dan de:deu el:ell en:eng es:spa et:est eu:eus fa:fas fi:fin fo:fao fr:fra gl:glg gu:guj "
        "ha:hau haw:haw he:heb hi:hin hr:hrv ht:hat hu:hun hy:hye id:ind is:isl it:ita ja:jpn jw:jav ka:kat "
        "kk:kaz km:khm kn:kan ko:kor la:lat lb:ltz ln:lin lo:lao lt:lit lv:lav mg:mlg mi:mri mk:mkd ml:mal "
        "mn:mon mr:mar ms:msa mt:mlt my:mya ne:nep nl:nld nn:nno no:nor oc:oci pa:pan pl:pol ps:pus pt:por "
        "ro:ron ru:rus sa:san sd:snd si:sin sk:slk sl:slv sn:sna so:som sq:sqi sr:srp su:sun sv:swe sw:swa "
        "ta:tam te:tel tg:tgk th:tha tk:tuk tl:tgl tr:tur tt:tat uk:ukr ur:urd uz:uzb vi:vie yi:yid yo:yor "
        "yue:zho zh:zho"
    ).split()
)


def frames_of(tags: Tags) -> list[Any]:
    """Return all frames, as mutagen's objects."""
    return [
        *_texts(tags),
        *_long_texts(tags),
        *_addresses(tags),
        *_podcast(tags),
        *_pictures(tags),
        *_chapters(tags),
    ]


def language_of(code: str) -> str:
    """Three-letter code (ISO 639-2) of a language; ``und`` for one that is not known."""
    return _ISO_639_2.get(code.lower().partition("-")[0], "und")


def clean(text: str, *, lines: bool = False) -> str:
    """Return text that any reader shows as meant: no control or direction marks, no half characters.

    ``lines`` keeps line breaks; otherwise all white space becomes single blanks.
    """
    whole = text.encode("utf-16", "replace").decode("utf-16", "replace")
    composed = unicodedata.normalize("NFC", whole.replace("\r\n", "\n"))
    if not lines:
        composed = " ".join(composed.split())
    return "".join(mark for mark in composed if mark == "\n" or seen(mark)).strip()


def title_of(tags: Tags) -> str:
    """Return the title; the show's name for one of which nothing is left that can be shown."""
    return clean(tags.title) or clean(tags.show) or UNTITLED


def web_address(url: str) -> str:
    """Return an address in ASCII; empty for anything but http and https."""
    text = clean(url)
    try:
        parts = urlsplit(text)
        known = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return quote(text, safe=":/?#[]@!$&'()*+,;=%~") if known else ""


def _texts(tags: Tags) -> Iterator[Any]:
    from mutagen import id3

    copyright_ = clean(tags.copyright)
    if copyright_ and tags.date and not copyright_[:4].isdigit():
        copyright_ = f"{tags.date.year:04d} {copyright_}"  # the standard wants the year first
    values = {
        "TIT2": title_of(tags),
        "TIT3": clean(tags.subtitle),
        "TPE1": clean(tags.artist),
        "TPE2": clean(tags.show),
        "TALB": clean(tags.show),
        "TRCK": str(tags.number or ""),
        "TPOS": str(tags.season or ""),
        "TYER": f"{tags.date.year:04d}" if tags.date else "",
        "TDAT": f"{tags.date.day:02d}{tags.date.month:02d}" if tags.date else "",
        "TCON": clean(tags.genre),
        "TCOP": copyright_,
        "TLAN": language_of(tags.language) if tags.language else "",
        "TSSE": ENCODER,
    }
    for name, value in values.items():
        if value:
            yield getattr(id3, name)(encoding=UTF16, text=[value])


def _long_texts(tags: Tags) -> Iterator[Any]:
    from mutagen import id3

    language = language_of(tags.language)
    if comment := clean(tags.comment, lines=True):
        yield id3.COMM(encoding=UTF16, lang=language, desc="", text=[comment])
    if transcript := clean(tags.transcript, lines=True):
        yield id3.USLT(encoding=UTF16, lang=language, desc="", text=transcript)
    if timed := [(clean(line.text), int(line.at_ms)) for line in tags.lines]:
        yield id3.SYLT(
            encoding=UTF16, lang=language, format=MILLISECONDS, type=TRANSCRIPTION, desc="", text=timed
        )


def _addresses(tags: Tags) -> Iterator[Any]:
    from mutagen import id3

    if url := web_address(tags.url):
        yield id3.WXXX(encoding=UTF16, desc="", url=url)
        yield id3.WOAF(url=url)


def _podcast(tags: Tags) -> Iterator[Any]:
    """The frames that iTunes made for podcasts."""
    from mutagen import id3

    yield id3.PCST(value=1)
    values = {
        "TGID": clean(tags.guid),
        "TDES": clean(tags.description, lines=True),
        "TCAT": clean(tags.category),
        "TKWD": ",".join(clean(word).replace(",", " ") for word in tags.keywords),
    }
    for name, value in values.items():
        if value:
            yield getattr(id3, name)(encoding=UTF16, text=[value])
    if feed := web_address(tags.feed_url):
        yield _text_frame("WFED")(encoding=LATIN1, text=[feed])


def _text_frame(name: str) -> Any:
    """Return a kind of frame that holds text.

    WFED is one, whatever its W says: Apple writes an encoding before the address, and others
    read it so; mutagen takes it for a bare address.
    """
    from mutagen import id3

    return type(name, (id3.TextFrame,), {})


def _pictures(tags: Tags) -> Iterator[Any]:
    from mutagen import id3

    if tags.cover:
        yield id3.APIC(encoding=LATIN1, mime=JPEG, type=FRONT_COVER, desc="", data=tags.cover)


def _chapters(tags: Tags) -> Iterator[Any]:
    """One CHAP per chapter, and the one table of contents without which players show none."""
    from mutagen import id3

    chapters = _thinned(tags.chapters)
    names = [f"chp{index}" for index in range(len(chapters))]
    for name, chapter in zip(names, chapters, strict=True):
        yield id3.CHAP(
            element_id=name,
            start_time=int(chapter.start_ms),
            end_time=int(chapter.end_ms),
            start_offset=NO_OFFSET,
            end_offset=NO_OFFSET,
            sub_frames=list(_of_chapter(chapter, dict(tags.pictures))),
        )
    if names:
        yield id3.CTOC(
            element_id="toc",
            flags=TOP_LEVEL_ORDERED,
            child_element_ids=names,
            sub_frames=[id3.TIT2(encoding=UTF16, text=[title_of(tags)])],
        )


def _of_chapter(chapter: Mark, pictures: dict[str, bytes]) -> Iterator[Any]:
    """Title, link and picture of a chapter."""
    from mutagen import id3

    yield id3.TIT2(encoding=UTF16, text=[clean(chapter.title)])
    if url := web_address(chapter.url):
        yield id3.WXXX(encoding=UTF16, desc="chapter url", url=url)
    if data := pictures.get(chapter.picture):
        yield id3.APIC(encoding=LATIN1, mime=JPEG, type=OTHER_PICTURE, desc="", data=data)


def _thinned(chapters: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """At most 255, which is all a table of contents can count; the last one then runs to the end."""
    if len(chapters) <= MOST_CHAPTERS:
        return chapters
    last = chapters[MOST_CHAPTERS - 1]
    return (*chapters[: MOST_CHAPTERS - 1], replace(last, end_ms=chapters[-1].end_ms))
