"""German: how a sponsor's message begins, goes on and ends."""

from __future__ import annotations

from ..framing import Framing

FRAMING = Framing(
    announcing=(
        "unser sponsor",
        "unserem sponsor",
        "unseren sponsor",
        "unsere sponsoren",
        "heutiger sponsor",
        "heutige sponsor",
        "gesponsert von",
        "wird präsentiert von",
        "präsentiert von",
        "wird unterstützt von",
        "unterstützt durch",
        "werbung in eigener sache",
        "kurze werbepause",
        "werbepartner",
        "unser partner",
    ),
    offering=(
        "rabattcode",
        "gutscheincode",
        "mit dem code",
        "den code",
        "prozent rabatt",
        "% rabatt",
        "kostenlos testen",
        "gratis testen",
        "geht auf",
        "geh auf",
        "gehen sie auf",
        "schaut auf",
        "schau vorbei",
        "slash",
        "link in den shownotes",
        "links in den shownotes",
        "neukunden",
        "im ersten monat",
    ),
    returning=(
        "zurück zum gespräch",
        "zurück zum interview",
        "zurück zur folge",
        "zurück zur sendung",
        "weiter geht's",
        "weiter im gespräch",
    ),
    sponsor="Werbung",
    resumed="Zurück zum Gespräch",
    goodbye="Verabschiedung",
)
