"""Sends what is new or changed, nothing twice, and says what that was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from .files import Sendable
from .places import Place
from .receipt import Receipt

State = Literal["new", "changed", "missing there", "same"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file and why it is sent, or that it is not."""

    file: Sendable
    state: State


@dataclass(frozen=True, slots=True)
class Plan:
    """All files with their states in the order of sending; ``gone`` was sent once and is no longer here."""

    deliveries: tuple[Delivery, ...]
    gone: tuple[str, ...]

    @property
    def due(self) -> tuple[Delivery, ...]:
        """Those that are to be sent."""
        return tuple(one for one in self.deliveries if one.state != "same")


def planned(files: Sequence[Sendable], place: Place, receipt: Receipt) -> Plan:
    """Compare what is here with what was sent, and with what is there."""
    here = {one.name for one in files}
    return Plan(
        tuple(Delivery(one, _state(one, place, receipt)) for one in files),
        tuple(sorted(name for name in receipt.sums if name not in here)),
    )


def send(
    plan: Plan, place: Place, receipt: Receipt, told: Callable[[Delivery], object] = lambda _: None
) -> Receipt:
    """Send what is due, one after another; each is noted as soon as it is there.

    Raises DestinationError when one fails; those before it stay noted.
    """
    for delivery in plan.due:
        place.put(delivery.file.path, delivery.file.name)
        receipt = receipt.sent(delivery.file)
        told(delivery)
    return receipt


def _state(one: Sendable, place: Place, receipt: Receipt) -> State:
    before = receipt.sums.get(one.name)
    if before is not None and before != one.sha256:
        return "changed"
    there = place.has(one.name, one.size_bytes, one.sha256)
    if before is None:
        return "same" if there and place.certain else "new"
    return "same" if there else "missing there"
