"""Dutch: questions, topics, and words without weight."""

from __future__ import annotations

from ..editing import words
from ..reading import Reading

READING = Reading(
    code="nl",
    opening="Inleiding",
    lead_ins=words("en maar dus nou ja nee oké goed of ook dan"),
    asking_words=words("wat hoe waar waarom wanneer wie welke welk hoeveel waarmee waarover waardoor"),
    verbs=words(
        "is zijn was waren ben bent heb hebt heeft hebben had hadden kan kun kunt kunnen kon zou "
        "zouden moet moeten wil wilt willen mag doe doet doen ga gaat gaan wordt worden werd vind "
        "vindt denk denkt betekent gebeurt werkt "
    ),
    subjects=words(
        "ik jij je u hij zij ze wij we jullie het de een dat dit deze die jouw uw mijn er iemand mensen "
    ),
    ordering=words(
        "is zijn was waren had hadden zou moet doe doet doen ga gaat gaan kan kun kon mag denk denkt "
        "vind vindt wil wordt worden werkt gebeurt betekent heb ben "
    ),
    relatives=words("wat wie waar welke waarmee waarover waardoor hoe"),
    prompts=(
        "vertel ons",
        "vertel eens",
        "vertel me",
        "vertelt u",
        "leg eens uit",
        "leg uit",
        "ik vraag me af",
        "ik ben benieuwd",
        "ik zou graag weten",
        "laten we het hebben over",
        "kun je vertellen",
        "kunt u vertellen",
        "beschrijf",
    ),
    pleasantries=(
        "hoe gaat het",
        "hoe gaat het met je",
        "hoe gaat het met u",
        "alles goed",
        "hoor je me",
        "hoort u mij",
        "zullen we beginnen",
        "ben je er klaar voor",
    ),
    openers=(
        "dus",
        "nu",
        "dan",
        "daarna",
        "eerst",
        "ten eerste",
        "ten tweede",
        "tot slot",
        "ten slotte",
        "bijvoorbeeld",
        "bovendien",
        "daarnaast",
        "aan de andere kant",
        "later",
        "vandaag",
        "destijds",
        "vorig jaar",
    ),
    ordinals=(
        words("ten-eerste eerst"),
        words("tweede dan"),
        words("derde dan tenslotte"),
        words("vierde tenslotte"),
    ),
    counts=("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven"),
    things=words("manieren redenen stappen regels punten delen soorten ideeën dingen vragen problemen "),
    light=words(
        "de het een van in op aan met voor door bij naar uit over om tot te zonder tussen onder en of "
        "maar want dat die dit deze als dan toen omdat dus wat wie waar hoe welke ik jij je u hij zij "
        "ze wij we jullie hun hen hem haar mij me jou ons onze mijn jouw uw zijn er niet geen nooit "
        "niets iets iemand niemand ook nog al wel heel erg zo meer veel is was waren ben bent geweest "
        "wordt worden werd heb hebt heeft hebben had hadden kan kun kunnen kon zal zou zouden moet "
        "moeten wil willen mag doe doet doen gaat gaan ga komt komen zegt zeggen alles alle elk elke "
        "andere ander even eens weer nu hier daar altijd vaak gewoon eigenlijk natuurlijk goed nou ja "
        "nee twee drie keer ding dingen mensen jaar jaren dag dagen dank hallo vraag "
    ),
    pointers=words("hij zij ze het hem haar hun dit dat deze die er daar daarmee daarvan"),
    borders=words("dat die wie wat waar wanneer als om voor in op met zonder en of maar omdat"),
    dangling=words(
        "de het een van in op aan met voor door bij en of maar dat als niet heel meer ik je we ze "
    ),
    determiners=words("de het een"),
    addressed=words("jij je jouw u uw jullie ik mij me wij ons we"),
    joints=words("en maar want dus"),
    replies=words("ja nee precies klopt natuurlijk goed absoluut"),
    narrators=words("ik mij me mijn wij"),
)
