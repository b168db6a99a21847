"""German: how people make themselves known."""

from __future__ import annotations

from ._editing import words
from ._naming import NAME, Naming

NAMING = Naming(
    itself=(rf"\b(?:[Ii]ch bin|[Mm]ein Name ist|[Ii]ch heiße|am Mikrofon ist) (?:der |die )?{NAME}",),
    other=(
        rf"\b(?:[Mm]ein|[Uu]nser) Gast(?: heute)? ist (?:der |die )?{NAME}",
        rf"\b(?:bei|mit) mir (?:ist|sitzt)(?: heute)? (?:der |die )?{NAME}",
        rf"\b[Ii]ch (?:spreche|rede) (?:heute )?mit {NAME}",
        rf"\b[Hh]erzlich [Ww]illkommen,? {NAME}",
    ),
    address=(
        rf"\b(?:[Dd]anke(?: schön)?|[Hh]allo|[Gg]uten (?:Morgen|Tag|Abend)|[Vv]ielen Dank),? {NAME}[,.!?]",
        rf"(?:^|[.?!] ){NAME}, (?!und\b|der\b|die\b|das\b)",
    ),
    opening=("willkommen bei", "willkommen zu", "herzlich willkommen", "ihr hört"),
    closing=("fürs zuhören", "danke fürs", "bis zum nächsten", "bis nächste woche", "macht's gut"),
    no_names=words(
        "Ich Ja Nein Gut Also So Und Aber Nun Dann Oh Ach Genau Danke Hallo Was Wie Warum Wo Wann",
        "Wer Ist Sind Der Die Das Ein Eine Es Hier Da Mein Meine Wir Sie Er Wenn Weil Vielleicht",
        "Ehrlich Klar Natürlich Gern Heute Morgen Gestern Na Doch Eigentlich Sehr",
    ),
)
