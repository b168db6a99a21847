"""Better wording for notes that were extracted: a language model, and only when one is configured.

How to add one: put ``NAME.py`` in this folder with a frozen dataclass ``Engine`` that has the
members of `Writer`; ``[notes] engine = "NAME"`` then selects it. Connect and import inside
``write``. Whatever it returns is checked line by line (editorial/notes/guard.py) before it is printed.
"""

from __future__ import annotations

from typing import ClassVar, Protocol

from ..domain.wording import Draft, Wording
from ..errors import ChaitimeError


class NoWordingError(ChaitimeError):
    """The language model gave nothing that can be used; the extracted notes are printed as they are."""


class Writer(Protocol):
    """Proposes wording for a draft."""

    revision: ClassVar[int]

    def receipt(self) -> dict[str, str]:
        """Return everything that may change the result, but no secret and no address."""
        ...

    def write(self, draft: Draft) -> Wording:
        """Return proposals for the lines of a draft.

        Raises NoWordingError when nothing usable came in time, ConfigError when it cannot ask.
        """
        ...
