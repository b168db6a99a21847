"""English: questions, topics, and words without weight."""

from __future__ import annotations

from ..editing import words
from ..reading import Reading

_LIGHT = words(
    "a an the and or but so if then than as at by for from in into of off on onto out over to up with "
    "without within about "
    "above after again against all also am any anybody anyone anything are around be because been before "
    "being below between "
    "both can could did do does doing down during each either else even ever every everybody everyone "
    "everything few further "
    "get gets getting go goes going gonna got had has have having he her here hers him his how i it its "
    "itself just let lot "
    "lots may me might mine more most much must my myself neither no nobody none nor not nothing now once "
    "one ones only other "
    "others our ours own perhaps quite rather really same shall she should since some somebody somehow "
    "someone something "
    "still such that the their theirs them themselves there these they thing things this those though "
    "through till too "
    "under until us very was way we well were what when where whether which while who whom whose why will "
    "would yes yet you "
    "your yours yourself say says said tell tells told think thinks thought know knows knew known mean "
    "means meant make makes "
    "made take takes took come comes came want wants wanted like see sees saw seen look looks looked put "
    "use used kind sort "
    "okay right yeah actually obviously basically maybe probably certainly definitely honestly course "
    "always never almost "
    "already mostly often sometimes usually i'm i'd i'll i've you're you'd you'll you've he's she's it's "
    "it'd it'll we're "
    "we'd we'll we've they're they'd they'll they've that's there's here's what's who's let's don't "
    "doesn't didn't can't "
    "couldn't won't wouldn't isn't aren't wasn't weren't haven't hasn't hadn't shouldn't mustn't needn't "
    "cannot "
    "first second third last next two three four five six seven eight nine ten new old good bad great big "
    "little small many "
    "kept keep keeps give gives gave given start starts started begin begins began people day days year "
    "years time times week weeks month months "
    "today thanks thank please hello hi oh ah bit long short done happen happens happened need needs "
    "round quick question questions answer answers episode show podcast listener listeners audience"
)

READING = Reading(
    code="en",
    lead_ins=words("so and but well okay ok now then right yeah yes alright also or because actually"),
    asking_words=words("what how where why when who which whose whom what's how's where's who's"),
    verbs=words(
        "do does did is are was were am can could would should will shall may might must have has had "
        "isn't aren't "
        "wasn't weren't don't doesn't didn't can't couldn't wouldn't shouldn't won't haven't hasn't hadn't"
    ),
    subjects=words(
        "i you he she it we they there that this these those the a an any anybody anyone people your my "
        "our their his "
        "her its somebody someone everybody everyone such"
    ),
    ordering=words("do don't have had were should may might must let be"),
    relatives=words("which who whose whom what's who's where's how's"),
    prompts=(
        "tell me",
        "tell us",
        "walk me through",
        "walk us through",
        "talk me through",
        "talk us through",
        "i wonder",
        "i'm wondering",
        "i was wondering",
        "i'm curious",
        "i'd like to ask",
        "i wanted to ask",
        "i want to ask",
        "let me ask",
        "let's talk about",
        "can you",
        "could you",
        "would you",
        "i'd love to hear",
        "i'd love to know",
        "i'd like to know",
        "i'd like to hear",
        "give us",
        "describe",
        "explain to",
        "what about",
        "how about",
        "take us",
    ),
    pleasantries=(
        "how are you",
        "how are you doing",
        "how's it going",
        "how do you do",
        "how are things",
        "shall we start",
        "shall we begin",
        "shall we",
        "are you ready",
        "can you hear me",
        "could you hear me",
        "can you hear me now",
        "is that okay",
        "you know",
        "how are you both",
        "how are you all",
        "what's up",
    ),
    openers=(
        "so",
        "now",
        "okay",
        "anyway",
        "then",
        "first",
        "firstly",
        "second",
        "secondly",
        "the second",
        "the first",
        "third",
        "the third",
        "finally",
        "the other",
        "another",
        "and then",
        "but then",
        "on the other hand",
        "meanwhile",
        "later",
        "one thing",
        "for example",
        "for instance",
        "last year",
        "these days",
        "as for",
        "for the rest",
        "at the same time",
    ),
    ordinals=(
        words("first firstly one"),
        words("second secondly two then next"),
        words("third thirdly three then next finally lastly last"),
        words("fourth fourthly four then next finally lastly last"),
        words("fifth fifthly five then next finally lastly last"),
        words("sixth six then next finally lastly last"),
        words("seventh seven then next finally lastly last"),
    ),
    counts=("zero", "one", "two", "three", "four", "five", "six", "seven"),
    things=words(
        "ways things reasons steps rules points parts kinds types stages questions ideas lessons problems "
        "options"
    ),
    light=_LIGHT,
    pointers=words(
        "yourself yourselves itself themselves himself herself it its it's it'd it'll they they're they'd "
        "they've them their theirs this that that's these those "
        "he she he's "
        "she's him her his there one ones ours such others so then"
    ),
    topic_cues=(
        "is about",
        "let's talk about",
        "talk about",
        "ask you about",
        "ask you both about",
        "ask about",
        "let's finish with",
        "finish with",
        "turn to",
        "move on to",
        "what about",
        "how about",
        "tell me about",
        "tell us about",
        "tell us more about",
        "curious about",
        "little bit about",
        "speak to",
        "what you call",
        "give us a sense of",
        "wonder about",
        "hear about",
        "start with",
        "come back to",
    ),
    droppable=words(
        "actually just still recently really even ever basically honestly currently exactly usually also "
        "generally finally"
    ),
    borders=words(
        "that which who when where while before after because if although about for in on at with without "
        "from into "
        "to as than than through during between since until of and or but whether how why what"
    ),
    dangling=words(
        "a an the my your his her its our their this these those of in on at to for from with by about "
        "into and or but so if "
        "when that which who is are was were be been do does did have has had can could would should will "
        "i we they he she "
        "it you get very more most as than not no really there don't doesn't didn't what how why where "
        "whose call called just such some any able likely going trying supposed"
    ),
    embedded=words("what how why where when whether"),
    choosing=words("decide know choose tell ask see pick guess say worry"),
    existence=frozenset({"is there", "are there", "was there", "were there"}),
    determiners=words("a an the your"),
    topic_prepositions=words("about on of with"),
    plain_verbs=words(
        "look looks sound sounds work works feel feels mean means fit fits go goes come comes take takes "
        "make makes get "
        "gets want wants need needs see saw think know put give gives happen happens happened made came "
        "went took led"
    ),
    naming=words(
        "a an the my your his her its our their this that these those of in on with about for by from into "
        "at every each "
        "many some no any new small big good great old bad whole single few more most one two three four "
        "five six"
    ),
    stand_ins=words(
        "it its it's it'll it'd they'll they'd they them their they're he him his he's she her she's this "
        "these those one ones ours"
    ),
    addressed=words("you your yours yourself you're you've you'd you'll me us our i we let's"),
    joints=words("so and but because"),
    replies=words("sure yes yeah no oh okay absolutely exactly right well definitely true"),
    hedges=(
        "so to speak",
        "and well",
        "you know",
        "the sort that",
        "the kind that",
        "or something",
        "i guess",
    ),
    leaning=words("most some many few perhaps instead otherwise either neither both rest first second later"),
    vague=words(
        "hour hours minute minutes seconds afternoon morning evening night nights whole beyond reason "
        "reasons part parts "
        "ways name names "
        "number numbers problem problems place places louder back end side kind matter example idea "
        "ideas point half "
        "home room lunch favorite favourite best worst cost costs notice notices move moves stop stops "
        "found held"
    ),
    helpers=words("do does did"),
    comma_openers=words("if when while although because since after before unless once"),
    contrasts=words(
        "not never but only than isn't can't don't won't doesn't aren't wasn't couldn't wouldn't without "
        "unless instead "
        "nobody nothing no hardly"
    ),
    general=words(
        "if when most every always never everybody nobody any anyone should must can can't because "
        "whenever only"
    ),
    narrators=words("i i'm i've i'd i'll me my we've we'd once"),
    summary=(
        ("one", "{guests} talks with {hosts} about {topics}."),
        ("many", "{guests} talk with {hosts} about {topics}."),
        ("with", "The conversation with {hosts} turns on {topics}."),
        ("and", "and"),
        ("guest", "the guest"),
        ("host", "the host"),
        ("hook", "In the words of {name}: “{quote}”"),
    ),
    trims=(
        (r"\b(?:that|this|these|those|a) (?:kind|sort|type) of ", ""),
        (r"\brather than (?:about|with|in|on) ", "rather than "),
    ),
    shortcuts=((r"^(Why) (?:should|would|do|does) (?:anybody|anyone|people|you|we|one) ", r"\1 "),),
    unasked=(
        (r"^How (?:do|does|did|should|would|can|could) (?:you|we|one|people) ", "How to "),
        (r"^(Why|When|Where) (?:do|does|did|should|would|can|could) (?:you|we|one|people) ", r"\1 "),
    ),
    torn=r"\bthan (?:about|with|in|on)\b",
    gerund="ing",
    light_acts=words("having being getting doing work"),
)
