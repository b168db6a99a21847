"""German: what tells whether a sentence stands alone and is whole."""

from __future__ import annotations

from ..editing import words
from ..standing import Standing

STANDING = Standing(
    fragments=(
        "weil",
        "zum teil",
        "teils weil",
        "wie zum beispiel",
        "einschließlich",
        "darunter",
        "besonders",
        "vor allem weil",
        "sowie",
        "außer",
        "wobei",
        "wodurch",
        "sodass",
        "so dass",
        "anstatt",
        "im gegensatz zu",
        "noch nicht",
        "hallo",
        "danke",
        "vielen dank",
        "mein name ist",
        "guten tag",
        "guten morgen",
        "guten abend",
    ),
    leaning=words(
        "und oder aber sondern denn dann also auch deshalb daher jedoch trotzdem außerdem sonst dennoch doch"
    ),
    bound=words(
        "der die das den dem des ein eine einen einem einer eines mein dein sein ihr unser und oder "
        "aber von zu zum zur mit im in am an auf für bei nach durch gegen ohne weil dass wenn sehr"
    ),
    joining=words("und aber oder denn dann also doch"),
    debris=words("äh ähm öh hm hmm mhm tja ach okay ok"),
    plural_stand_ins=frozenset(),
    person_stand_ins=words("er ihn ihm sie ihnen"),
)
