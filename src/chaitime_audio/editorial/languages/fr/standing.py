"""French: what tells whether a sentence stands alone and is whole."""

from __future__ import annotations

from ..editing import words
from ..standing import Standing

STANDING = Standing(
    fragments=(
        "parce que",
        "parce qu",
        "notamment",
        "y compris",
        "ainsi que",
        "en partie",
        "comme par exemple",
        "dont",
        "lequel",
        "laquelle",
        "plutôt que",
    ),
    leaning=words("et ou mais donc alors puis aussi cependant pourtant sinon car"),
    bound=words(
        "le la les un une des du de au aux à en dans avec pour par sur et ou mais que très mon ma mes "
        "ton ta tes son sa ses"
    ),
    joining=words("et ou mais donc alors"),
    debris=words("euh heu hum ouais ben bah"),
)
