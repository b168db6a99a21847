"""German: questions, topics, and words without weight."""

from __future__ import annotations

from ..editing import words
from ..reading import Reading

_ARTICLES = "der die das den dem des ein eine einen einem einer eines"
_OWN = "mein meine dein deine sein seine ihr ihre ihren ihrem unser unsere euer eure"
_PRONOUNS = "ich du er sie es wir ihr man"

READING = Reading(
    code="de",
    opening="Einleitung",
    capital_nouns=True,
    lead_ins=words("und aber also ja okay ok gut nun dann na oder auch"),
    asking_words=words(
        "was wie wo warum wieso weshalb wann wer wem wen welche welcher welches woher wohin womit woran "
        "worüber wofür"
    ),
    verbs=words(
        "ist sind war waren bin bist hat haben habe hatte hatten kann können konnte wird werden würde würden "
        "wurde wurden soll sollte sollen muss müssen musste darf dürfen will wollen wollte mag möchte "
        "möchten "
        "macht machen geht gehen kommt kommen gibt sieht sehen funktioniert heißt heißen passiert braucht"
    ),
    subjects=words(
        f"{_PRONOUNS} {_ARTICLES} {_OWN} diese dieser dieses jemand niemand leute menschen denn jetzt "
        "eigentlich"
    ),
    ordering=words(
        "macht machen geht gehen kommt kommen sieht sehen hätte hätten wäre würde sollte kann gibt"
    ),
    relatives=words("was wer wem wen welche welcher welches womit woran worüber wofür woher wohin"),
    prompts=(
        "erzähl",
        "erzählen sie",
        "erzähle",
        "ich frage mich",
        "mich interessiert",
        "mich würde interessieren",
        "beschreiben sie",
        "beschreib",
        "erklären sie",
        "erklär",
        "lass uns über",
        "lassen sie uns über",
        "sprechen wir über",
        "reden wir über",
        "ich würde gern wissen",
        "ich möchte gern wissen",
        "wie wäre es",
    ),
    pleasantries=(
        "wie geht es dir",
        "wie geht's",
        "wie geht es ihnen",
        "wie geht's dir",
        "wie geht's ihnen",
        "hört man mich",
        "können sie mich hören",
        "kannst du mich hören",
        "sind sie bereit",
        "bist du bereit",
    ),
    openers=(
        "also",
        "nun",
        "jetzt",
        "dann",
        "erstens",
        "zweitens",
        "drittens",
        "zuerst",
        "schließlich",
        "außerdem",
        "andererseits",
        "später",
        "zum beispiel",
        "inzwischen",
        "am ende",
        "heute",
        "damals",
        "letztes jahr",
    ),
    ordinals=(
        words("erstens zuerst"),
        words("zweitens dann"),
        words("drittens dann schließlich"),
        words("viertens schließlich"),
        words("fünftens schließlich"),
    ),
    counts=("null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben"),
    things=words("wege gründe schritte regeln punkte teile arten stufen ideen dinge fragen probleme"),
    light=words(
        f"{_ARTICLES} {_OWN} {_PRONOUNS} mich mir dich dir ihn ihm uns euch sich ihnen und oder aber "
        "denn sondern "
        "dass wenn als ob weil da wie was wo wer warum wann welche welcher welches in im an am auf aus bei "
        "mit nach "
        "von vom zu zum zur für über unter um durch gegen ohne vor zwischen seit bis ist sind war waren "
        "bin bist "
        "hat haben habe hatte hatten wird werden würde würden wurde wurden kann können konnte soll sollte "
        "muss "
        "müssen musste darf will wollen mag möchte nicht kein keine keinen nie nur auch noch schon so sehr "
        "mehr "
        "viel viele ganz immer hier dort jetzt dann mal eben halt ja nein doch also eigentlich vielleicht "
        "etwa "
        "etwas nichts alles alle jede jeder jedes man diese dieser dieses solche selbst wieder sagen sagt "
        "gesagt "
        "machen macht gemacht gehen geht kommen kommt gibt geben sehen sieht wissen weiß denken glaube "
        "glauben "
        "einfach wirklich natürlich genau gut neue neuen großen große kleine ersten erste zweite dritte "
        "zwei drei "
        "vier fünf sechs tag tage jahr jahre jahren zeit leute danke bitte hallo frage fragen folge sendung"
    ),
    pointers=words(
        "es er sie ihn ihm ihnen das dies dieser diese dieses dessen deren daran darauf damit dazu dort"
    ),
    topic_cues=(
        "sprechen wir über",
        "reden wir über",
        "lass uns über",
        "erzählen sie uns von",
        "erzähl uns von",
        "was ist mit",
        "wie steht es um",
        "erzählen sie von",
        "erzähl von",
    ),
    droppable=words("eigentlich denn wirklich einfach gerade überhaupt vielleicht mal"),
    borders=words(
        "dass wenn als ob weil wo der die das welche bevor nachdem obwohl in im an am auf aus bei mit nach "
        "von vom zu "
        "zum zur für über unter um durch gegen ohne vor zwischen seit bis und oder aber wie was warum"
    ),
    dangling=words(
        f"{_ARTICLES} {_OWN} {_PRONOUNS} in im an am auf aus bei mit nach von vom zu zum zur für über um "
        "und oder "
        "aber dass wenn als ob weil wie was nicht sehr so mehr denn eigentlich"
    ),
    embedded=words("was wie wo warum wann"),
    existence=frozenset({"gibt es"}),
    determiners=words("der die das ein eine"),
    topic_prepositions=words("über von mit"),
    comma_openers=words("wenn als weil obwohl nachdem bevor während seit"),
    naming=words(
        f"{_ARTICLES} {_OWN} im am vom zum zur in an auf mit von über für diese dieser dieses jede jeder "
        "kein keine"
    ),
    stand_ins=words("es sie ihn ihm er ihnen das dies diese dieser dieses"),
    addressed=words("du dich dir dein deine sie ihnen mich mir uns unser ich wir"),
    joints=words("und aber denn also"),
    replies=words("ja nein genau klar natürlich gut okay stimmt richtig absolut"),
    contrasts=words("nicht nie aber nur kein keine keinen ohne sondern statt niemand nichts trotzdem"),
    general=words("wenn immer jeder jede alle niemand nie muss müssen kann weil nur"),
    narrators=words("ich mir mich mein meine damals"),
    hedges=("sozusagen", "oder so", "weißt du", "sag ich mal", "wie gesagt"),
    leaning=words("manche viele wenige vielleicht stattdessen sonst beide später"),
    summary=(
        ("one", "{guests} spricht mit {hosts} über {topics}."),
        ("many", "{guests} sprechen mit {hosts} über {topics}."),
        ("with", "Das Gespräch mit {hosts} dreht sich um {topics}."),
        ("and", "und"),
        ("guest", "der Gast"),
        ("host", "dem Gastgeber"),
        ("hook", "{name} sagt: „{quote}“"),
    ),
    torn=r"\bals (?:in|für|mit|über)\b",
)
