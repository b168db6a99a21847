"""When the studio ends by itself."""

from __future__ import annotations

import asyncio

import pytest

from chaitime_audio.studio.presence import ALONE_S, MOST_WAITING, Presence

pytestmark = pytest.mark.pure


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_it_waits_for_a_first_page_for_ever() -> None:
    """A browser that is slow to start finds the studio still there."""
    clock = Clock()
    presence = Presence(clock=clock)
    clock.now += 10_000
    assert not presence.over


def test_it_ends_when_the_last_page_has_been_gone_for_a_while() -> None:
    """A reload is no farewell: only `ALONE_S` without any page are."""
    clock = Clock()
    presence = Presence(clock=clock)

    async def visit() -> None:
        async with presence.page():
            async with presence.page():
                clock.now += 60
            clock.now += 60
            assert not presence.over
        assert not presence.over

    asyncio.run(visit())
    clock.now += ALONE_S - 0.1
    assert not presence.over
    asyncio.run(visit())
    clock.now += ALONE_S
    assert presence.over


def test_it_never_ends_while_a_job_runs() -> None:
    """Ten seconds are counted from the end of the job."""
    clock, working = Clock(), True
    presence = Presence(busy=lambda: working, clock=clock)

    async def visit() -> None:
        async with presence.page():
            pass

    asyncio.run(visit())
    clock.now += 3 * ALONE_S
    assert not presence.over
    working = False
    assert not presence.over
    clock.now += ALONE_S
    assert presence.over


def test_news_reach_every_page_and_wait_for_none() -> None:
    """A page that sleeps holds nobody up, and its queue does not grow without end."""

    async def visit() -> tuple[int, int]:
        presence = Presence()
        async with presence.page() as first, presence.page() as second:
            for number in range(MOST_WAITING + 5):
                presence.tell({"event": "changed", "number": number})
                first.get_nowait()
            return first.qsize(), second.qsize()

    assert asyncio.run(visit()) == (0, MOST_WAITING)
