"""English: how people make themselves known."""

from __future__ import annotations

from ..editing import words
from ..naming import NAME, Naming

NAMING = Naming(
    itself=(
        rf"\b(?:I'm|I am|[Mm]y name is|[Mm]y name's|(?<!and )this is) (?:your host,? )?{NAME}",
        rf"\byour host,? {NAME}",
    ),
    other=(
        rf"\bjoined (?:today )?by (?:my guest,? )?{NAME}",
        rf"\b(?:[Mm]y|[Oo]ur|[Tt]oday's) guest(?: today| this week)?(?: is|,) (?:Professor |Doctor )?{NAME}",
        rf"\b(?:with|beside) me\b[\w ,]*?\bis {NAME}",
        rf"\b(?:I'm|I am|I'll be|we're|we are|we'll be) (?:\w+ ){{0,2}}"
        rf"(?:talking|speaking|chatting) (?:to|with) {NAME}",
        rf"\b(?:please )?welcome (?:to the show,? |back,? )?{NAME}",
        rf"\b(?:from|on|down) the [\w ]*?(?:line|studio|phone)\b[\w ,]*?\bis {NAME}",
        rf"\bI have {NAME} (?:with|here)",
    ),
    address=(
        rf"\b(?:[Tt]hanks?(?: you)?|[Ww]elcome|[Hh]ello|[Hh]i|[Gg]ood (?:morning|afternoon|evening))"
        rf"(?: so much| very much| again)?,? {NAME}[,.!?]",
        rf"(?:^|[.?!] ){NAME}, (?!and\b|who\b|which\b|the\b|a\b|an\b)",
        rf"(?:having me|your time|to have you|being here|for coming|to you|see you|with you),? {NAME}[,.!?]",
        rf"(?:^|[.?!] ){NAME},? (?:thank you|thanks|it's (?:lovely|great|good|a pleasure))\b",
        rf"(?:^|[.?!] ){NAME},? (?:what|how|why|where|when|is that|did you|do you)\b",
    ),
    opening=("welcome to", "welcome back", "you're listening to", "this is the podcast", "today i'm joined"),
    closing=(
        "for listening",
        "been listening to",
        "see you next",
        "until next time",
        "take care",
        "that was",
        "thank you so much for joining",
        "thanks for joining",
    ),
    no_names=words(
        "I Yes No Yeah Well So Right Okay Ok And But Now Then Oh Ah Sure Exactly Absolutely",
        "Thanks Thank Good Hello Hi Hey Welcome What How Why Where When Who Is Are Do Does Did",
        "Can Could Would Last First Second Next Today Tomorrow Yesterday Monday Tuesday Wednesday",
        "Thursday Friday Saturday Sunday The A An It That This There Here My Your Our We You He",
        "She They If Because Maybe Perhaps Honestly Actually Finally Obviously Gravity Wow Great",
        "Nice Cool Everybody Everyone Mostly Telephones Once Still Also Not Ouch Fine Fair",
        "Certainly Sorry Please God Glad Happy Very Just Really Only Every Always Never Sometimes",
    ),
    no_lone_names=words(
        "American British English Irish Scottish Welsh German French Italian Spanish Portuguese Dutch",
        "Belgian Swiss Austrian Danish Swedish Norwegian Finnish Icelandic Polish Czech Hungarian Romanian",
        "Russian Ukrainian Greek Turkish Iranian Israeli Egyptian Nigerian Kenyan Ghanaian Indian Pakistani",
        "Chinese Japanese Korean Taiwanese Vietnamese Thai Filipino Indonesian Malaysian Canadian Mexican",
        "Brazilian Argentinian Chilean Colombian Cuban Australian African European Asian Arab Latino Latina",
        "Catholic Christian Protestant Jewish Muslim Hindu Buddhist Mormon Quaker Texan Californian",
        "Republican Democrat Type Generation Professor Doctor Director Chief Head Vice President Senior",
    ),
)
