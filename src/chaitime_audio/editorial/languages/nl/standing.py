"""Dutch: what tells whether a sentence stands alone and is whole."""

from __future__ import annotations

from ..editing import words
from ..standing import Standing

STANDING = Standing(
    fragments=(
        "omdat",
        "deels",
        "zoals",
        "inclusief",
        "waaronder",
        "vooral omdat",
        "in plaats van",
        "waarbij",
        "evenals",
    ),
    leaning=words("en of maar dus dan ook echter toch anders want daarom bovendien"),
    bound=words(
        "de het een mijn jouw zijn haar ons van in op aan met voor door bij naar en of maar dat zeer"
    ),
    debris=words("eh ehm uh hm nou ja"),
)
