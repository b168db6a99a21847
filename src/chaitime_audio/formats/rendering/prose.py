"""Running text of the post as blocks: paragraphs and lists, first mentions linked.

A link is set only where its own title, or its address as people say it (example.org/baselines),
stands in the text, letter for letter, as whole words; each address once, at the first mention
(R16). Nothing is looked up and no address is made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...domain.episode import Paragraph
from ...domain.people import Link
from ...domain.text import line, url

SHORTEST_TITLE = 2


@dataclass(frozen=True, slots=True)
class PageSpan:
    """A stretch of text, blanks at its ends kept; ``url`` is empty where nothing is linked."""

    text: str
    url: str = ""


PageText = tuple[PageSpan, ...]


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A paragraph (``text``), or a list (``items``); never both."""

    text: PageText = ()
    items: tuple[PageText, ...] = ()


def blocks_of(paragraph: Paragraph) -> tuple[PageBlock, ...]:
    """One block for a paragraph; where things are counted up: what is before, the list, what is behind."""
    items = tuple(filter(None, map(line, paragraph.items)))
    if not items:
        return tuple(_text(paragraph.text))
    listed = PageBlock(items=tuple((PageSpan(item),) for item in items))
    return (*_text(paragraph.intro), listed, *_text(paragraph.rest))


def _text(text: str) -> Iterator[PageBlock]:
    cleaned = line(text)
    if cleaned:
        yield PageBlock((PageSpan(cleaned),))


class FirstMentions:
    """Sets each link once, in the order in which texts are handed in."""

    def __init__(self, links: Iterable[Link]) -> None:
        known = [(_said(link.title), url(link.url)) for link in links]
        named = [*((_bare(address), address) for _, address in known), *known]
        self._waiting = {title: address for title, address in named if address and _names(title)}

    def block(self, block: PageBlock) -> PageBlock:
        """The same block with the links that are first mentioned in it."""
        text = tuple(part for span in block.text for part in self._linked(span))
        items = tuple(tuple(part for span in item for part in self._linked(span)) for item in block.items)
        return PageBlock(text, items)

    def _linked(self, span: PageSpan) -> Iterator[PageSpan]:
        rest = span.text
        while rest and not span.url and (found := self._next(rest)):
            address = self._waiting[_said(found[0])]
            self._waiting = {title: there for title, there in self._waiting.items() if there != address}
            if found.start():
                yield PageSpan(rest[: found.start()])
            yield PageSpan(found[0], address)
            rest = rest[found.end() :]
        if rest:
            yield PageSpan(rest, span.url)

    def _next(self, text: str) -> re.Match[str] | None:
        """The first mention of anything that waits; of two at one place the longer."""
        titles = sorted((title for title in self._waiting if title in text), key=lambda it: (-len(it), it))
        if not titles:
            return None
        either = "|".join(map(re.escape, titles))
        return re.search(rf"(?<![\w.@/-])(?:{either})(?!\w|[./@?#=&:-]\w)", text)


def _said(title: str) -> str:
    """A title as the post would print it."""
    return line(title).replace("'", "’")


def _bare(address: str) -> str:
    """An address as the post prints it when somebody says it: without scheme, www and last slash."""
    return re.sub(r"^https?://(?:www\.)?", "", address, flags=re.IGNORECASE).rstrip("/")


def _names(title: str) -> bool:
    """Whether a title can be found in speech without chance hits: no single letter, no bare number."""
    return len(title) >= SHORTEST_TITLE and any(char.isalpha() for char in title)
