"""Text from recordings, people and files is hostile: one escape for each kind of place it goes to.

`line` comes first everywhere: it takes out what no sink should ever see (terminal escapes,
control characters, marks that turn the reading direction, halves of surrogate pairs). The
others make the rest mean nothing but itself in their own sink.
"""

from __future__ import annotations

import json
import re
import unicodedata
from urllib.parse import quote, urlsplit, urlunsplit

ANSI = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b\]|\x9d).{0,400}?(?:\x07|\x1b\\|\x9c)|\x1b[@-_]", re.DOTALL
)
BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
INVISIBLE = frozenset("\u00ad\u200b\u2060\ufeff\ufff9\ufffa\ufffb")
_JOINERS = frozenset("\u200c\u200d")
URL_SCHEMES = ("http", "https", "mailto")

_MARKDOWN = re.compile(r"[\\`*\[\]|~]|(?<![^\W_])_|_(?![^\W_])|[<>{}]|&(?=#?\w+;)")
_MARKDOWN_START = re.compile(r"^(\s*)(?:([-+#=:])|(\d{1,9})([.)]))")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "{": "&#123;", "}": "&#125;", "&": "&amp;"}
_URL_SPECIAL = re.compile(r"[\"'<>\\^`{|}]")
_INNER_QUOTES = str.maketrans({"“": "‘", "”": "’"})
_SRT_TIME = re.compile(r"\d+:\d+:\d+[.,]\d")
_SRT = str.maketrans({"<": "‹", ">": "›", "{": "(", "}": ")"})
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAGS = "\U000e0000"


def seen(char: str) -> bool:
    """Whether a character may be published at all: no control, direction, tag or private character."""
    code = ord(char)
    if char in BIDI or char in INVISIBLE or 0xE0000 <= code <= 0xE0FFF:
        return False
    unused = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return not unused and unicodedata.category(char) not in ("Cc", "Co", "Cs")


def line(text: str) -> str:
    """Return the text on one line, blanks single, free of control and direction characters."""
    spaced = " ".join(text.split())
    if spaced.isprintable() and max(spaced, default="") < _TAGS:
        return spaced  # nearly every text: nothing in it that could have to go
    spaced = " ".join(ANSI.sub("", text).split())
    return " ".join("".join(filter(seen, spaced)).split())


def printable(text: str, instead: str = "\ufffd") -> str:
    """Return the text with something else for what a terminal would obey; blanks stay as they are.

    That is control characters and marks that turn the reading direction. The marks that join and
    part letters in Persian and Indic scripts are letters' own.
    """
    return "".join(mark if mark.isprintable() or mark in _JOINERS else instead for mark in text)


def terminal(text: str, instead: str = "\ufffd") -> str:
    """Return the text on one line of a terminal, blanks single, nothing in it that one would obey."""
    return " ".join(printable(" ".join(text.split()), instead).split())


def lines(text: str) -> tuple[str, ...]:
    """Paragraphs of a longer text (a blank line between them), each cleaned by `line`."""
    pieces = re.split(r"\r?\n\s*\n", text)
    return tuple(cleaned for cleaned in map(line, pieces) if cleaned)


def url(address: str) -> str:
    """Return a web or mail address that is safe to link, or nothing.

    Only ``http``, ``https`` and ``mailto`` pass; characters that end an address in HTML,
    Markdown or XML are percent-encoded.
    """
    cleaned = "".join(filter(seen, ANSI.sub("", address))).strip()
    if cleaned != address.strip() or re.search(r"\s", cleaned):
        return ""
    try:
        parts = urlsplit(cleaned)
    except ValueError:
        return ""
    if parts.scheme.lower() not in URL_SCHEMES or not (parts.netloc or parts.scheme.lower() == "mailto"):
        return ""
    return _URL_SPECIAL.sub(lambda found: f"%{ord(found[0]):02X}", cleaned)


def plain_url(address: str) -> str:
    """Return a web address in plain ASCII, as feeds want it, or nothing.

    A host in other letters is written as Punycode, blanks and all else percent-encoded; what is
    encoded already stays.
    """
    try:
        parts = urlsplit(line(address))
        host = parts.netloc.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme.lower() not in ("http", "https"):
        return ""
    path, query = quote(parts.path, "/%:@!$&()*+,;=~"), quote(parts.query, "/%:@!$&()*+,;=~?")
    return url(urlunsplit((parts.scheme.lower(), host, path, query, "")))


def markdown(text: str) -> str:
    """Escape one line for any place inside a Markdown paragraph or heading.

    Also inert for template languages of site generators (``{{``, ``{%``) and for MDX.
    """
    escaped = _MARKDOWN.sub(lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), line(text))
    return _MARKDOWN_START.sub(_defuse_start, escaped)


def _defuse_start(found: re.Match[str]) -> str:
    """Keep a line from becoming a heading, a list or a rule."""
    blanks, mark, number, stop = found.groups()
    return f"{blanks}\\{mark}" if mark else f"{blanks}{number}\\{stop}"


def xml(text: str) -> str:
    """Escape for text and attributes of HTML, and of XML that a template writes."""
    cleaned = line(text)
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&#34;"), ("'", "&#39;")):
        cleaned = cleaned.replace(char, entity)
    return cleaned


def xml_characters(text: str) -> str:
    """Return the text without the characters that XML 1.0 forbids; blanks and line breaks stay."""
    return _NO_XML.sub("", text)


def quoted(text: str) -> str:
    """Put text in quotation marks; those inside become single ones."""
    return "“" + text.translate(_INNER_QUOTES) + "”"


def vtt(text: str) -> str:
    """Escape for WebVTT cue text and voice names; no arrow survives."""
    return line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def srt(text: str) -> str:
    """Make text inert in SubRip, which has no escapes: what readers take for markup is exchanged.

    That is brackets, the arrow, and anything that looks like a card's time.
    """
    timeless = _SRT_TIME.sub(lambda found: found[0].replace(":", "∶"), line(text))
    return timeless.replace("-->", "→").translate(_SRT)


def yaml(text: str) -> str:
    """Quote for a YAML value (a JSON string is one); inert for template languages, too."""
    return json.dumps(line(text), ensure_ascii=False).replace("{", "\\u007b")


def csv(text: str) -> str:
    """Quote one field of a CSV file; what a spreadsheet would take for a formula becomes text."""
    cleaned = line(text)
    guarded = f"'{cleaned}" if cleaned.startswith(("=", "+", "-", "@")) else cleaned
    return '"' + guarded.replace('"', '""') + '"'


def rttm(text: str) -> str:
    """Make one RTTM field: blanks become underscores, nothing becomes ``unknown``."""
    return "_".join(line(text).split()) or "unknown"


def ffmetadata(text: str) -> str:
    """Escape for ffmpeg's metadata format: ``=``, ``;``, ``#`` and the backslash.

    One at the very end is dropped: even escaped, ffmpeg takes it for a line that goes on.
    """
    return re.sub(r"([=;#\\])", r"\\\1", line(text).rstrip("\\"))
