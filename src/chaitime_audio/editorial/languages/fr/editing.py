"""French: what cleaning looks for."""

from __future__ import annotations

from ..editing import SOUNDS, SPOKEN_MARKS, Editing, phrases, words
from ..spoken_numbers import SpokenNumbers

NUMBERS = SpokenNumbers(("fr", "fr_CH", "fr_BE"), ("mille",), group="\u202f")
_PRONOUNS = "je j' tu il elle on nous vous ils elles"
_ARTICLES = (
    "le la l' les un une des du mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs "
    "ce cet cette ces"
)
_PREPOSITIONS = "de d' à au aux en dans avec pour par sur sous sans chez vers entre"
_CONJUNCTIONS = "et ou mais que qu' qui si comme parce"

EDITING = Editing(
    code="fr",
    fillers=words("euh euhh heu euhm hum hmm hm mmm"),
    noises=words("mhm mm-hmm mmh hmm-hmm"),
    yes="Oui",
    no="Non",
    agreement=phrases(
        "oui, ouais, d'accord, ok, okay, voilà, exactement, tout à fait, bien sûr, ah oui, ah bon, oui oui, "
        "c'est vrai, absolument, ah d'accord, très bien, effectivement"
    ),
    asides=phrases(
        "tu vois, vous voyez, tu sais, vous savez, je veux dire, comment dire, on va dire, disons, quoi"
    ),
    aside_guards=words("que si comme ce comment"),
    lone_agreement=words("ouais ok okay"),
    tags=phrases("hein, tu vois, vous voyez"),
    corrections=phrases("enfin, je veux dire, pardon, ou plutôt, plutôt, non"),
    stutters=words(_PRONOUNS, _ARTICLES, _PREPOSITIONS, _CONJUNCTIONS, "ne n' pas y c' c'est est a"),
    doubles=words("nous vous"),
    emphasis=words(
        "nous vous très bien non oui si trop plus jamais vraiment tout loin longtemps encore merci toujours "
        "beaucoup"
    ),
    intensive_ends=("ment",),
    refrains=phrases("pas à, petit à, de plus en, peu à"),
    unfinished=words("je tu il ils", _ARTICLES, _PREPOSITIONS, _CONJUNCTIONS, "ne très c'est"),
    negations=words("ne n' pas jamais rien personne aucun aucune non"),
    hanging=words("le la les un une des du mon ma mes ton ta tes son sa ses au aux et ou de que"),
    continuing=phrases("y compris, ainsi que, tels que, telles que, plutôt que"),
    comma_before=words("et mais ou donc car qui où parce quand"),
    comma_after=words("quand si lorsque comme parce puisque alors avant après"),
    comma_behind=words("oui non bon bien d'accord alors voilà enfin bonjour merci ah oh"),
    clause_subjects=words("je j'ai j'étais tu il elle on nous vous ils elles c'est c'était ça il y"),
    openers=words("alors et mais donc bon ben bah"),
    empty_openers=words("ben bah euh"),
    abbreviations=words("m mm mme mlle dr pr st ste etc p.ex n° av apr env"),
    percent=phrases("pour cent, pourcent"),
    ranges=words("à ou"),
    magnitudes=words("cent cents mille millions milliards"),
    scales=words("millions milliards"),
    dot="point",
    slash="slash",
    read_number=NUMBERS.read,
    small_value=NUMBERS.small_value,
    units=words("mm"),
    unit_cues=words("par quelques plusieurs demi"),
    marks=(*SPOKEN_MARKS, ("tiret", "-"), ("barre", "/")),
    sounds=(*SOUNDS, ("rire", "rires"), ("inaudible|incompréhensible", "unintelligible")),
    amounts=words("cent mille million millions milliard milliards dizaine douzaine demi double pourcent"),
    quotes=("«\u202f", "\u202f»"),
    percent_gap="\u202f",
    gap="\u202f",
    gapped="?!;:",
)
