"""Dutch: how people make themselves known."""

from __future__ import annotations

from ..editing import words
from ..naming import NAME, Naming

NAMING = Naming(
    itself=(rf"\b(?:[Ii]k ben|[Mm]ijn naam is|[Ii]k heet) {NAME}", rf"\b[Aa]an de microfoon,? {NAME}"),
    other=(
        rf"\b(?:[Mm]ijn|[Oo]nze) gast(?: van vandaag| vandaag)? is {NAME}",
        rf"\b(?:[Bb]ij|[Mm]et|[Nn]aast) mij (?:is|zit|staat)(?: vandaag)? {NAME}",
        rf"\b(?:[Ii]k|[Ww]e|[Ww]ij) (?:praat|praten|spreek|spreken)(?: vandaag)? met {NAME}",
        rf"\b(?:[Vv]andaag )?(?:praat|praten|spreek|spreken) (?:ik|we|wij)(?: vandaag)? met {NAME}",
        rf"\b[Tt]e gast(?: is|:)? {NAME}",
    ),
    address=(
        rf"\b(?:[Bb]edankt|[Dd]ank je(?: wel)?|[Dd]ank u(?: wel)?|[Hh]allo|[Hh]oi|[Ww]elkom"
        rf"|[Gg]oedemorgen|[Gg]oedemiddag"
        rf"|[Gg]oedenavond),? {NAME}[,.!?]",
        rf"(?:dat je er bent|dat u er bent|voor je tijd|voor uw tijd|voor de uitnodiging),? {NAME}[,.!?]",
        rf"(?:^|[.?!] ){NAME}, (?:bedankt|dank je|dank u|welkom|wat|hoe|waarom|waar|wanneer)\b",
    ),
    vocative=(rf"(?:^|[.?!] ){NAME}, (?!en\b|die\b|de\b|het\b|een\b)",),
    greetings=("hallo", "hoi", "welkom", "goede(?:morgen|middag)", "goedenavond", "mijn naam", "ik heet"),
    opening=(
        "welkom bij",
        "van harte welkom",
        "je luistert naar",
        "u luistert naar",
        "jullie luisteren naar",
    ),
    closing=(
        "bedankt voor het luisteren",
        "tot de volgende",
        "tot volgende week",
        "tot snel",
        "dank voor het luisteren",
    ),
    no_names=words(
        "Ik Ja Nee Nou Goed En Maar Dus Dan Oh Ah Precies Bedankt Dank Hallo Hoi Welkom Wat Hoe Waarom "
        "Waar Wanneer Wie Is Zijn De Het Een Hij Zij Ze Wij We Jullie Jij Je U Dit Dat Deze Die Mijn "
        "Onze Als Omdat Vandaag Gisteren Morgen Heel Alles Hier Daar Maandag Dinsdag Woensdag Donderdag "
        "Vrijdag Zaterdag Zondag Misschien Eigenlijk Natuurlijk "
    ),
    no_lone_names=words(
        "Nederlander Nederlandse Belg Belgische Vlaming Fries Amsterdammer Rotterdammer Duitser "
        "Engelsman Fransman Amerikaan Amerikaanse Europeaan Ingenieur Professor Dokter Arts Journalist "
        "Directeur President Student "
    ),
    titles=words(
        "meneer mevrouw dhr mevr heer dokter doctor dr professor prof minister burgemeester president "
        "koning koningin "
    ),
    no_person=words(
        "een twee drie vier vijf zes zeven acht negen tien honderd duizend oké ok dames heren god "
        "nederland belgië vlaanderen holland europa amerika afrika azië duitsland frankrijk engeland "
        "italië spanje amsterdam rotterdam utrecht eindhoven groningen antwerpen gent brussel londen "
        "parijs berlijn "
    ),
    things=words(
        "universiteit school instituut ziekenhuis bank bedrijf krant radio televisie straat stad partij "
        "vereniging stichting museum republiek "
    ),
    appositions=("een", "de", "het"),
    joints=("en",),
    own_words=words("ik mij me mijn wij ons onze jij je jouw u uw"),
)
