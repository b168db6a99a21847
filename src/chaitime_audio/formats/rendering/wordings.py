"""Names one after another, in the language of what is printed."""

from __future__ import annotations

from collections.abc import Sequence

from ...editorial.languages.wording import worded


def joined_names(names: Sequence[str], language: str) -> str:
    """``Ann``, ``Ann and Bo``, ``Ann and Bo and Cy``."""
    whole = names[0] if names else ""
    for name in names[1:]:
        whole = worded("{first} and {second}", language).format(first=whole, second=name)
    return str(whole)
