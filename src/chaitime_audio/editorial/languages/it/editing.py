"""Italian: what cleaning looks for."""

from __future__ import annotations

from ..editing import SOUNDS, SPOKEN_MARKS, Editing, phrases, words
from ..spoken_numbers import SpokenNumbers

NUMBERS = SpokenNumbers(("it",), ("mila", "mille"))
_ARTICLES = "il lo la l' i gli le un uno una mio mia miei tuo tua suo sua nostro nostra questo questa questi"
_PREPOSITIONS = (
    "di del della dei delle degli a al alla ai alle da dal dalla in nel nella con su sul sulla per "
    "tra fra senza"
)
_CONJUNCTIONS = "e o ma che se come perché quando"

EDITING = Editing(
    code="it",
    fillers=words("ehm ehmm eh mmm mm hm hmm uhm"),
    noises=words("mhm mm-hmm aham"),
    yes="Sì",
    no="No",
    agreement=phrases(
        "sì, certo, ok, okay, esatto, esattamente, va bene, sì sì, giusto, assolutamente, ah, ah sì, ecco, "
        "certamente, vero, chiaro, sì certo"
    ),
    asides=phrases("cioè, diciamo, sai, come dire, insomma, voglio dire, per così dire"),
    aside_guards=words("che se come lo non"),
    lone_agreement=words("ok okay ecco"),
    tags=phrases("no, vero, giusto, sai"),
    corrections=phrases("cioè, voglio dire, scusa, scusi, anzi, o meglio, no"),
    stutters=words(
        "io tu lui lei noi", _ARTICLES, _PREPOSITIONS, _CONJUNCTIONS, "si mi ti ci vi lo non è ho ha"
    ),
    emphasis=words(
        "molto sì no mai più tanto tutto piano quasi bene ancora subito grazie sempre poco proprio ciao via"
    ),
    intensive_ends=("mente",),
    refrains=phrases("passo dopo, giorno dopo, a poco a, man mano"),
    unfinished=words(_ARTICLES, _PREPOSITIONS, _CONJUNCTIONS, "molto non si"),
    negations=words("non mai niente nulla nessuno nessuna né no senza"),
    hanging=words("il lo gli un uno una di del della dei delle al alla e o che"),
    continuing=phrases("compreso, compresi, nonché, tra cui, invece di"),
    comma_before=words("e ma o perché che anche quindi dove quando"),
    comma_after=words("quando se anche come perché mentre dopo prima"),
    comma_behind=words("sì no beh bene certo ecco allora ciao grazie ah oh"),
    clause_subjects=words("io tu lui lei noi voi loro è era c'è questo quello"),
    openers=words("allora e ma quindi beh"),
    empty_openers=words("beh allora"),
    abbreviations=words("sig sig.ra dott dr prof ecc p.es n art ing avv"),
    percent=phrases("per cento, percento"),
    ranges=words("a o"),
    magnitudes=words("cento mila mille milioni miliardi"),
    scales=words("milioni miliardi"),
    dot="punto",
    slash="barra",
    read_number=NUMBERS.read,
    small_value=NUMBERS.small_value,
    units=words("mm"),
    unit_cues=words("per pochi alcuni mezzo"),
    marks=(*SPOKEN_MARKS, ("trattino", "-"), ("barra", "/")),
    sounds=(*SOUNDS, ("risa|risate|ride", "risate"), ("incomprensibile|inudibile", "unintelligible")),
    amounts=words("cento mille milione milioni miliardo miliardi dozzina mezzo doppio metà"),
    quotes=("«", "»"),
)
