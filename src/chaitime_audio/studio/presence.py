"""Which pages are open, and when the last of them has been closed for good."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

ALONE_S = 10.0
MOST_WAITING = 256
END: dict[str, Any] = {"event": "end"}


@dataclass(slots=True)
class Presence:
    """The pages that listen for news; each has a queue of its own.

    ``busy`` says whether a job runs: the studio never ends then. Used from one event loop.
    """

    busy: Callable[[], bool] = lambda: False
    clock: Callable[[], float] = time.monotonic
    _pages: set[asyncio.Queue[dict[str, Any]]] = field(default_factory=set)
    _left_at: float | None = None

    @asynccontextmanager
    async def page(self) -> AsyncIterator[asyncio.Queue[dict[str, Any]]]:
        """Count a page as open while the block lasts; the queue gets what is told meanwhile."""
        news: asyncio.Queue[dict[str, Any]] = asyncio.Queue(MOST_WAITING)
        self._pages.add(news)
        try:
            yield news
        finally:
            self._pages.discard(news)
            self._left_at = self.clock()

    def tell(self, news: dict[str, Any]) -> None:
        """Tell every page; one that has stopped listening misses it and reads the episode anew later."""
        for page in self._pages:
            if not page.full():
                page.put_nowait(news)

    def end(self) -> None:
        """Tell every page that nothing more will come."""
        for page in self._pages:
            if page.full():
                page.get_nowait()
            page.put_nowait(END)

    @property
    def over(self) -> bool:
        """Whether the last page has been closed for `ALONE_S`, and nothing is under way."""
        if self._pages or self._left_at is None:
            return False
        if self.busy():
            self._left_at = self.clock()
            return False
        return self.clock() - self._left_at >= ALONE_S
