"""Dutch: what cleaning looks for."""

from __future__ import annotations

from ..editing import SOUNDS, SPOKEN_MARKS, Editing, phrases, words
from ..spoken_numbers import SpokenNumbers

NUMBERS = SpokenNumbers(("nl",), ("duizend",), joint="en")
_PRONOUNS = "ik jij je hij zij ze wij we jullie"
_ARTICLES = "de het een mijn jouw zijn haar ons onze hun deze dit die dat"
_PREPOSITIONS = "van in op aan met voor door bij naar uit over om tot zonder tussen"
_CONJUNCTIONS = "en of maar want dat als omdat dus"

EDITING = Editing(
    code="nl",
    fillers=words("eh ehm uh uhm euh euhm hm hmm mmm"),
    noises=words("mhm mm-hmm hm-hm"),
    yes="Ja",
    no="Nee",
    agreement=phrases(
        "ja, precies, oké, ok, okay, klopt, inderdaad, zeker, ja ja, oh ja, ah, juist, natuurlijk, goed, "
        "ja precies, absoluut, leuk, mooi"
    ),
    asides=phrases("weet je, weet je wel, zeg maar, ik bedoel, zal ik maar zeggen, hè, om het zo te zeggen"),
    aside_guards=words("wat hoe als of dat"),
    lone_agreement=words("oké ok okay precies"),
    tags=phrases("hè, toch, weet je, snap je"),
    corrections=phrases("ik bedoel, sorry, of beter gezegd, nee, beter gezegd, of eigenlijk"),
    stutters=words(_PRONOUNS, _ARTICLES, _PREPOSITIONS, _CONJUNCTIONS, "niet ook dan is er heb heeft"),
    doubles=words("die dat zijn we ze"),
    emphasis=words(
        "heel erg zo veel nooit nee ja echt ver lang goed mooi groot klein snel steeds meer graag dank altijd"
    ),
    refrains=phrases("stap voor, beetje bij, meer en, keer op, dag in"),
    unfinished=words(
        "ik jij hij wij", "de het een mijn jouw onze", _PREPOSITIONS, _CONJUNCTIONS, "niet heel"
    ),
    negations=words("niet nooit niets niemand geen nergens zonder"),
    hanging=words("de het een mijn jouw onze en of omdat dat"),
    continuing=phrases("inclusief, waaronder, evenals, in plaats van"),
    comma_before=words("en maar of want omdat dat die waar terwijl dus"),
    comma_after=words("als toen omdat hoewel terwijl nadat voordat zodra"),
    comma_behind=words("ja nee nou goed oké ok dus precies hallo dank ah oh"),
    clause_subjects=words(_PRONOUNS, "het dat er dit"),
    openers=words("nou en maar dus"),
    empty_openers=words("nou"),
    abbreviations=words("dhr mevr dr drs prof ir bv bijv enz etc nr d.w.z o.a ca m.b.t"),
    percent=words("procent"),
    ranges=words("tot of"),
    magnitudes=words("honderd duizend miljoen miljard"),
    scales=words("miljoen miljard"),
    dot="punt",
    slash="slash",
    read_number=NUMBERS.read,
    small_value=NUMBERS.small_value,
    units=words("mm"),
    unit_cues=words("per paar enkele halve"),
    marks=(*SPOKEN_MARKS, ("streepje", "-")),
    sounds=(*SOUNDS, ("lach|gelach", "lacht"), ("onverstaanbaar", "unintelligible")),
    amounts=words("honderd duizend miljoen miljard dozijn half dubbel helft procent"),
)
