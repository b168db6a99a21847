"""Spanish: what tells whether a sentence stands alone and is whole."""

from __future__ import annotations

from ..editing import words
from ..standing import Standing

STANDING = Standing(
    fragments=(
        "porque",
        "en parte",
        "incluyendo",
        "así como",
        "sobre todo porque",
        "como por ejemplo",
        "en lugar de",
        "cuyo",
        "cuya",
    ),
    leaning=words("y o pero entonces luego también además tampoco sino pues"),
    bound=words("el la los las un una unos unas de del al a en con por para y o pero que muy mi tu su"),
    debris=words("eh este mmm bueno pues"),
)
