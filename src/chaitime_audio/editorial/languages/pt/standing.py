"""Portuguese: what tells whether a sentence stands alone and is whole."""

from __future__ import annotations

from ..editing import words
from ..standing import Standing

STANDING = Standing(
    fragments=(
        "porque",
        "em parte",
        "incluindo",
        "assim como",
        "tal como",
        "sobretudo porque",
        "em vez de",
        "cujo",
        "cuja",
    ),
    leaning=words("e ou mas então depois também além porém entretanto senão pois"),
    bound=words("o a os as um uma de do da dos das em no na com por para e ou mas que muito meu teu seu"),
    debris=words("é hã hum né pá"),
)
