"""English: how people make themselves known."""

from __future__ import annotations

import re

from ..editing import words
from ..naming import NAME, Naming

_OWN = words("I me my mine our us you your")
_IRREGULAR = {"am": "is", "have": "has", "do": "does", "go": "goes", "was": "was", "I’m": "is"}
_PAST_OR_SHORT = ("ed", "’ve", "’d", "’ll")


def third_person(name: str, line: str) -> str:
    """From “I’m Tom Ellery, and I look after …”: “Tom Ellery looks after ….”; empty for other lines."""
    first = re.escape(name.split(maxsplit=1)[0])
    match = re.search(
        rf"(?:I’m|I am|[Mm]y name is|[Mm]y name’s) {first}[^,.]*(?:,| and) (?:and )?(I’m|I) ?([^.?!]+)", line
    )
    if not match:
        return ""
    rest = match[2].strip() if match[1] == "I" else f"I’m {match[2].strip()}"
    verb, _, tail = rest.partition(" ")
    speaks = not _OWN.isdisjoint(re.findall(r"\w+", tail))
    if not tail or speaks or verb.endswith(_PAST_OR_SHORT):
        return ""
    return f"{name} {_inflected(verb)} {tail}."


def _inflected(verb: str) -> str:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if re.search(r"(?:s|sh|ch|x|z|o)$", verb):
        return verb + "es"
    return verb[:-1] + "ies" if re.search(r"[^aeiou]y$", verb) else verb + "s"


NAMING = Naming(
    itself=(
        rf"\b(?:I'm|I am|[Mm]y name is|[Mm]y name's|(?<!and )[Tt]his is) (?:your host,? )?{NAME}",
        rf"\b[Yy]our host,? {NAME}",
    ),
    other=(
        rf"\b[Jj]oined (?:today )?by (?:my guest,? )?{NAME}",
        rf"\b(?:[Mm]y|[Oo]ur|[Tt]oday's) guest(?: today| this week)?(?: is|,) (?:Professor |Doctor )?{NAME}",
        rf"\b(?:[Ww]ith|[Bb]eside) me\b[\w ,]*?\bis {NAME}",
        rf"\b(?:I'm|I am|I'll be|we're|we are|we'll be) (?:\w+ ){{0,2}}"
        rf"(?:talking|speaking|chatting) (?:to|with) {NAME}",
        rf"\b(?:[Pp]lease )?[Ww]elcome (?:to the show,? |back,? )?{NAME}",
        rf"\b(?:[Ff]rom|[Oo]n|[Dd]own) the [\w ]*?(?:line|studio|phone)\b[\w ,]*?\bis {NAME}",
        rf"\bI have {NAME} (?:with|here)",
    ),
    address=(
        rf"\b(?:[Tt]hanks?(?: you)?|[Ww]elcome|[Hh]ello|[Hh]i|[Gg]ood (?:morning|afternoon|evening))"
        rf"(?: so much| very much| again)?,? {NAME}[,.!?]",
        rf"(?:having me|your time|to have you|being here|for coming|to you|see you|with you),? {NAME}[,.!?]",
        rf"(?:^|[.?!] ){NAME},? (?:thank you|thanks|it's (?:lovely|great|good|a pleasure))\b",
        rf"(?:^|[.?!] ){NAME},? (?:what|how|why|where|when|is that|did you|do you)\b",
    ),
    vocative=(rf"(?:^|[.?!] ){NAME}, (?!and\b|who\b|which\b|the\b|a\b|an\b)",),
    greetings=("hi", "hello", "hey", "welcome", "good (?:morning|afternoon|evening|day)", "my name", "host"),
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
    titles=words(
        "mr mrs ms miss mister dr doctor prof professor sir madam ma'am lord lady dame king queen prince",
        "princess president vice prime minister chancellor secretary senator congressman congresswoman",
        "governor mayor councillor ambassador commissioner captain colonel general major lieutenant sergeant",
        "officer judge justice detective inspector chief father brother sister reverend pastor rabbi coach",
        "director manager chairman chairwoman chair your honor honour majesty deputy",
    ),
    no_person=words(
        "zero one two three four five six seven eight nine ten eleven twelve twenty thirty hundred thousand",
        "million first second third alright okay ok yep yup nope uh um huh hmm mm gosh jesus god ladies",
        "gentlemen folks guys everyone everybody sweetheart honey darling dear dude man buddy mate baby",
        "america africa asia europe antarctica oceania britain england scotland wales ireland france germany",
        "spain italy portugal greece turkey russia ukraine poland hungary romania bulgaria serbia croatia",
        "austria switzerland belgium netherlands holland denmark sweden norway finland iceland estonia",
        "latvia lithuania china japan korea taiwan vietnam thailand malaysia singapore indonesia philippines",
        "pakistan bangladesh nepal afghanistan iran iraq syria lebanon palestine egypt libya tunisia algeria",
        "morocco sudan ethiopia somalia nigeria ghana uganda tanzania rwanda zambia zimbabwe botswana",
        "namibia canada mexico cuba jamaica haiti panama colombia venezuela ecuador peru bolivia chile",
        "argentina brazil uruguay paraguay australia zealand california texas alaska hawaii oregon nevada",
        "arizona utah colorado kansas oklahoma minnesota wisconsin iowa illinois michigan ohio kentucky",
        "tennessee alabama louisiana arkansas missouri pennsylvania massachusetts connecticut vermont",
        "london manchester birmingham edinburgh glasgow dublin berlin munich hamburg vienna zurich geneva",
        "rome milan madrid barcelona lisbon amsterdam brussels copenhagen stockholm oslo helsinki moscow",
        "beijing shanghai tokyo seoul delhi mumbai dubai cairo nairobi lagos melbourne toronto",
        "vancouver montreal boston chicago philadelphia seattle detroit miami atlanta houston",
        "denver baltimore pittsburgh cleveland vegas francisco angeles diego york jersey hampshire orleans",
        "united kingdom states emirates republic saudi arabia hong kong los las san",
        "new north south east west northern southern eastern western great central upper lower",
        "god's christmas easter english internet copy affirmative negative standby",
    ),
    things=words(
        "kingdom states republic union nations university college institute school hospital church bank",
        "company corporation inc ltd radio television news show podcast street avenue road city county",
        "island islands park airport station department ministry committee council congress parliament",
        "association foundation society museum library hotel center centre force army navy house",
    ),
    appositions=("an?", "the", "who", "whose", "one of", "our", "author"),
    joints=("and",),
    own_words=words("I me my mine our us you your"),
    third_person=third_person,
)
