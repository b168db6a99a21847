"""Spanish: what cleaning looks for."""

from __future__ import annotations

from ..editing import SOUNDS, SPOKEN_MARKS, Editing, phrases, words
from ..spoken_numbers import SpokenNumbers

NUMBERS = SpokenNumbers(("es",), ("mil",))
_PRONOUNS = "yo tú él ella usted nosotros ellos ellas ustedes"
_ARTICLES = (
    "el la los las un una unos unas mi mis tu tus su sus nuestro nuestra este esta estos estas ese esa"
)
_PREPOSITIONS = "de del a al en con por para sin sobre entre hasta desde"
_CONJUNCTIONS = "y e o u pero que si como porque cuando"

EDITING = Editing(
    code="es",
    fillers=words("eh ehh ehm em emm mmm mm hm hmm uh um"),
    noises=words("mhm ajá mm-hmm ujum"),
    yes="Sí",
    no="No",
    agreement=phrases(
        "sí, claro, vale, ok, okay, exacto, exactamente, ya, sí sí, claro que sí, por supuesto, muy bien, "
        "ah sí, desde luego, totalmente, cierto, sí claro"
    ),
    asides=phrases("o sea, sabes, digamos, ya sabes, como que, es decir, por así decirlo"),
    aside_guards=words("que si como lo no"),
    lone_agreement=words("vale ok okay ya"),
    tags=phrases("no, verdad, sabes, vale"),
    corrections=phrases("o sea, quiero decir, perdón, mejor dicho, digo, bueno, no"),
    stutters=words("yo tú él", _ARTICLES, _PREPOSITIONS, _CONJUNCTIONS, "se me te lo le nos no es muy"),
    emphasis=words(
        "muy sí no mucho más nunca nada ya casi todo tan bien gracias siempre poco así claro vamos"
    ),
    intensive_ends=("mente",),
    refrains=phrases("poco a, día a, paso a, uno a"),
    unfinished=words(_ARTICLES, _PREPOSITIONS, _CONJUNCTIONS, "muy no se"),
    negations=words("no nunca nada nadie ninguno ninguna tampoco sin"),
    hanging=words("el los las un unos unas mi mis tus su sus y o de del al que"),
    continuing=phrases("incluyendo, así como, tales como, en lugar de"),
    comma_before=words("y pero o porque que aunque sino donde cuando"),
    comma_after=words("cuando si aunque como porque mientras después antes"),
    comma_behind=words("sí no bueno vale claro pues entonces hola gracias ah oh"),
    clause_subjects=words(_PRONOUNS, "es era eso esto hay"),
    openers=words("bueno pues y pero entonces"),
    empty_openers=words("pues bueno"),
    abbreviations=words("sr sra srta dr dra ud uds etc p.ej núm art av ee.uu d dª"),
    percent=phrases("por ciento, porciento"),
    ranges=words("a o"),
    magnitudes=words("cien cientos mil millones"),
    scales=words("millones"),
    dot="punto",
    slash="barra",
    read_number=NUMBERS.read,
    small_value=NUMBERS.small_value,
    units=words("mm"),
    unit_cues=words("por pocos varios medio"),
    marks=(*SPOKEN_MARKS, ("guion", "-"), ("guión", "-"), ("barra", "/")),
    sounds=(*SOUNDS, ("risa", "risas"), ("inaudible|ininteligible", "unintelligible")),
    amounts=words("cien mil millón millones docena medio doble mitad"),
    quotes=("«", "»"),
    percent_gap="\u00a0",
    openings=(("?", "¿"), ("!", "¡")),
)
