"""A writer for tests: it says every line again, in other words it was told beforehand or the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ..domain.wording import Draft, Wording
from . import NoWordingError


@dataclass(frozen=True, slots=True)
class Engine:
    """Puts "Indeed: " before each claim; with the model "absent" it fails."""

    model: str = ""
    revision: ClassVar[int] = 1

    def receipt(self) -> dict[str, str]:
        """Return the one option."""
        return {"model": self.model}

    def write(self, draft: Draft) -> Wording:
        """Return the draft's claims behind a word."""
        if self.model == "absent":
            raise NoWordingError("the stand-in has nothing to say")
        claims = tuple(f"Indeed: {claim}" for claim in draft.claims)
        return Wording(draft.summary, claims, draft.titles, draft.chapters)
