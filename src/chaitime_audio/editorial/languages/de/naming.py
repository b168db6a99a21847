"""German: how people make themselves known."""

from __future__ import annotations

from ..editing import words
from ..naming import NAME, Naming

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
        rf"\b(?:[Ss]chön,? dass du da bist|[Ss]chön,? dass Sie da sind|dass du dir Zeit nimmst|bis bald),?"
        rf" {NAME}[,.!?]",
        rf"(?:^|[.?!] ){NAME},? (?:vielen Dank|danke|schön,? dass|was|wie|warum|wann)\b",
    ),
    vocative=(rf"(?:^|[.?!] ){NAME}, (?!und\b|der\b|die\b|das\b)",),
    greetings=("hallo", "hi", "willkommen", "guten (?:morgen|tag|abend)", "moin", "servus", "mein name"),
    opening=("willkommen bei", "willkommen zu", "herzlich willkommen", "ihr hört"),
    closing=("fürs zuhören", "danke fürs", "bis zum nächsten", "bis nächste woche", "macht's gut"),
    no_names=words(
        "Ich Ja Nein Gut Also So Und Aber Nun Dann Oh Ach Genau Danke Hallo Was Wie Warum Wo Wann",
        "Wer Ist Sind Der Die Das Ein Eine Es Hier Da Mein Meine Wir Sie Er Wenn Weil Vielleicht",
        "Ehrlich Klar Natürlich Gern Heute Morgen Gestern Na Doch Eigentlich Sehr",
    ),
    no_lone_names=words(
        "Deutscher Deutsche Österreicher Österreicherin Schweizer Schweizerin Engländer Engländerin",
        "Amerikaner Amerikanerin Franzose Französin Italiener Italienerin Spanier Spanierin Türke Türkin",
        "Grieche Griechin Pole Polin Russe Russin Ukrainer Ukrainerin Inder Inderin Chinese Chinesin",
        "Japaner Japanerin Brite Britin Berliner Berlinerin Hamburger Hamburgerin Münchner Münchnerin",
        "Wiener Wienerin Kölner Kölnerin Europäer Europäerin Christ Christin Katholik Katholikin Muslim",
        "Muslimin Jude Jüdin Vegetarier Vegetarierin Veganer Veganerin Optimist Optimistin Pessimist Fan",
        "Informatiker Informatikerin Ingenieur Ingenieurin Physiker Physikerin Chemiker Chemikerin",
        "Biologe Biologin Arzt Ärztin Lehrer Lehrerin Student Studentin Forscher Forscherin Mathematiker",
        "Mathematikerin Entwickler Entwicklerin Professor Professorin Doktor Doktorin Doktorand Doktorandin",
        "Journalist Journalistin Autor Autorin Gründer Gründerin Geschäftsführer Geschäftsführerin Chef",
        "Chefin Direktor Direktorin Leiter Leiterin Präsident Präsidentin Vater Mutter Mitglied Teil",
        "Anfang Ende Moment Experte Expertin Musiker Musikerin Gast Gastgeber Gastgeberin",
    ),
    titles=words(
        "herr frau dr doktor prof professor professorin minister ministerin bundeskanzler bundeskanzlerin",
        "präsident präsidentin bürgermeister bürgermeisterin graf gräfin pfarrer pfarrerin hauptmann oberst",
    ),
    no_person=words(
        "eins zwei drei vier fünf sechs sieben acht neun zehn hundert tausend okay ok leute freunde",
        "deutschland österreich schweiz europa amerika afrika asien frankreich italien spanien england",
        "berlin hamburg münchen köln frankfurt stuttgart wien zürich bern leipzig dresden bremen hannover",
    ),
    things=words(
        "universität hochschule institut schule klinik bank gmbh ag zeitung rundfunk straße stadt bundestag",
        "ministerium partei verein stiftung museum republik",
    ),
    appositions=("eine?", "der", "die"),
    joints=("und",),
    own_words=words("ich mir mich mein uns unser du dir Sie"),
)
