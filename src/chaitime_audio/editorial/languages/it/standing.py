"""Italian: what tells whether a sentence stands alone and is whole."""

from __future__ import annotations

from ..editing import words
from ..standing import Standing

STANDING = Standing(
    fragments=(
        "perché",
        "in parte",
        "tra cui",
        "come ad esempio",
        "soprattutto perché",
        "invece di",
        "nonché",
    ),
    leaning=words("e o ma quindi allora poi anche però inoltre altrimenti dunque"),
    bound=words(
        "il lo la i gli le un uno una di del della a al alla in con per e o ma che molto mio tuo suo"
    ),
    debris=words("eh ehm mah boh beh"),
)
