"""German: what cleaning looks for. "um" and "er" are words here."""

from __future__ import annotations

from ..editing import SOUNDS, SPOKEN_MARKS, Editing, phrases, words
from .common_words import COMMON_WORDS
from .numbers import read_number, small_value

_PRONOUNS = "ich du er sie es wir ihr man"
_AUXILIARIES = (
    "bin bist ist sind seid war waren habe hast hat haben hatte hatten werde wird werden wurde wurden kann "
    "können "
    "konnte muss müssen will wollen soll sollen würde würden darf mag möchte"
)
_ARTICLES = (
    "der die das den dem des ein eine einen einem einer eines mein meine dein sein seine unser unsere "
    "dieser diese dieses"
)
_PREPOSITIONS = (
    "in im an am auf aus bei mit nach von vom zu zum zur für über unter um durch gegen ohne vor zwischen"
)
_CONJUNCTIONS = "und oder aber denn weil dass wenn als ob wie was wo wer also"

EDITING = Editing(
    code="de",
    profanity=words(
        "scheiße scheiss scheiß scheißegal beschissen beschissene beschissener fotze fotzen wichser ficken "
        "fick gefickt verfickt verfickte arschloch arschlöcher hurensohn hurensöhne schlampe schlampen "
        "nutte nutten"
    ),
    fillers=words("äh ähm äähm öh öhm ehm hm hmm hmmm ähh ähhm mmm"),
    noises=words("mhm mh mm-hmm aha-hm mm hmhm"),
    yes="Ja",
    no="Nein",
    agreement=phrases(
        "ja, genau, okay, ok, klar, stimmt, richtig, ach so, aha, wow, ach, gut, ja ja, ja genau, verstehe, "
        "natürlich, interessant, ja klar, sehr gut, toll, spannend, absolut"
    ),
    asides=phrases("sag ich mal, sage ich mal, weißt du, wissen sie, sozusagen, halt, na ja, quasi"),
    aside_guards=words("wie das was wenn als ob"),
    lone_agreement=words("genau ja okay ok richtig gut"),
    tags=phrases("ne, nicht wahr, oder, gell, weißt du"),
    corrections=phrases(
        "ich meine, nein, entschuldigung, beziehungsweise, besser gesagt, also, quatsch, moment"
    ),
    stutters=words(
        _PRONOUNS, _AUXILIARIES, _ARTICLES, _PREPOSITIONS, _CONJUNCTIONS, "nicht auch da so dann noch"
    ),
    doubles=words("die der das den dem sie ihr es was in so ist sind werden haben wie"),
    emphasis=words(
        "die der den sehr ganz so viel lange nie immer nein ja wirklich weit gut schön groß klein alt "
        "schnell langsam "
        "wieder mehr bitte danke stopp los komm halt nur hallo tschüss"
    ),
    refrains=phrases(
        "vielen dank, ich weiß, nach und, immer und, wieder und, mehr und, tag für, schritt für"
    ),
    unfinished=words(_PRONOUNS, _AUXILIARIES, _ARTICLES, _PREPOSITIONS, _CONJUNCTIONS, "nicht sehr"),
    hanging=words("ein eine einen einem einer eines mein meine unser unsere und oder weil dass ob"),
    continuing=phrases(
        "einschließlich, sowie, zum beispiel die, sodass, so dass, anstatt, wobei, was bedeutet"
    ),
    comma_before=words(
        "er wir ich man sie es ihr du und aber oder denn weil dass der die das wo obwohl sondern damit "
        "während"
    ),
    comma_after=words("wenn als weil obwohl dass nachdem bevor während sobald solange da ob falls"),
    comma_behind=words("ja nein naja gut okay ok also genau klar ach oh danke hallo"),
    objects=words("es sie ihr das ihn"),
    opener_guards=words("dass wie"),
    empty_openers=words("also naja"),
    openers=words("also und aber ja naja nun"),
    abbreviations=words("dr prof z.b bzw ca usw u.a d.h nr st hr fr evtl ggf vgl mio mrd"),
    percent=words("prozent"),
    ranges=words("bis oder"),
    dot="punkt",
    slash="slash",
    reductions=(),
    read_number=read_number,
    small_value=small_value,
    units=words("mm"),
    digit_units=words("hm"),
    unit_cues=words("pro je wenige einige paar viele halber halben zehntel hundertstel komma"),
    marks=(*SPOKEN_MARKS, ("bindestrich", "-"), ("unterstrich", "_")),
    sounds=(*SOUNDS, ("lach|kicher", "lacht"), ("unverständlich", "unintelligible")),
    common_words=COMMON_WORDS,
    amounts=words("hundert tausend million millionen milliarde milliarden dutzend halb doppelt prozent"),
    quotes=("„", "“"),
    percent_gap=" ",
)
