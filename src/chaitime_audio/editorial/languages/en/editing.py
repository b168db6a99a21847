"""English: what cleaning looks for."""

from __future__ import annotations

from ..editing import Editing, phrases, words
from .common_words import COMMON_WORDS
from .dates import print_date, read_figure
from .numbers import small_value

_PRONOUNS = "i you he she it we they"
_BE = "am is are was were be been being i'm you're he's she's it's we're they're that's there's"
_AUXILIARIES = (
    "do does did have has had can could will would shall should may might must "
    "i've you've we've they've i'd you'd he'd she'd we'd they'd i'll you'll he'll she'll it'll we'll they'll "
    "don't doesn't didn't can't won't wouldn't isn't wasn't aren't weren't"
)
_ARTICLES = "a an the my your his her its our their this these those some any every each"
_PREPOSITIONS = (
    "of in on at to for from with by about into through over under between after before as than like"
)
_CONJUNCTIONS = "and or but so because if when while that which who where what how why"

EDITING = Editing(
    code="en",
    fillers=words("um umm ummm uhm uh uhh uhhh er erm ehm hm hmm hmmm mmm ehh eh"),
    noises=words("mm-hmm mmhmm mhm mm-hm mhmm uh-huh uhuh mm hm-hm"),
    refusals=words("uh-uh nuh-uh mm-mm"),
    yes="Yes",
    no="No",
    agreement=phrases(
        "right, yeah, yep, yup, okay, ok, sure, exactly, i see, wow, oh, oh wow, ah, huh, really, "
        "interesting, "
        "of course, absolutely, true, got it, makes sense, nice, cool, great, gotcha, oh yeah, yeah yeah, "
        "right right, okay okay, i know, totally, fair enough, yeah sure, yeah exactly, right exactly, uh "
        "yeah"
    ),
    asides=phrases(
        "err, you know, i mean, like, sort of, kind of, you see, if you will, i guess you know, you know like"
    ),
    aside_guards=words(
        "as do did does if that what how because like than not to would feel feels look looks seem seems"
    ),
    bare_asides=phrases("or you know"),
    lone_agreement=words("right okay ok yeah yep mm"),
    tags=phrases("right, you know, you see, okay, yeah, you know what i mean"),
    corrections=phrases(
        "i mean, or rather, sorry, no, no sorry, well, i meant, no wait, wait, or, actually, actually no, "
        "let me rephrase, excuse me, rather"
    ),
    stutters=words(
        _PRONOUNS,
        _BE,
        _AUXILIARIES,
        _ARTICLES,
        _PREPOSITIONS,
        _CONJUNCTIONS,
        "me him us them not just then also yeah there here",
    ),
    doubles=words("that had is do does did has have was you her his in on were be are am what"),
    emphasis=words(
        "very really so much many far long no yes never too way big old hard bad good nice great huge tiny "
        "deep "
        "high low more again quick slow slowly ever wait stop come go run please ha hey yay bye knock well "
        "okay "
        "slash dot dash absolutely exactly totally definitely right super extremely always now there hello "
        "wow oh small "
        "little "
        "years days hours miles long-long pretty quite real deeply fast hot cold dead sorry blah la"
    ),
    intensive_ends=("ly",),
    refrains=phrases(
        "thank you, i know, i do, of course, come on, all right, oh my, well done, i see, you know, no no, "
        "over and, again and, more and, on and, out and, up and, by and, step by, day by, day after, bit "
        "by, one by"
    ),
    unfinished=words(
        "i he she we they",
        _BE,
        _AUXILIARIES,
        _ARTICLES,
        _PREPOSITIONS,
        _CONJUNCTIONS,
        "there's not very just",
    ),
    hanging=words("a an the my your our their and or because than whose every"),
    continuing=phrases(
        "including, such as, as well as, as opposed to, except for, not to mention, along with, of which"
    ),
    comparing=words(
        "sound sounds sounded look looks looked feel feels felt seem seems seemed taste tastes smell smells "
        "something anything nothing more much"
    ),
    negations=words(
        "no not never none neither nor nothing nobody don't doesn't didn't can't cannot won't wouldn't "
        "isn't wasn't aren't weren't haven't hasn't hadn't shouldn't couldn't"
    ),
    profanity=words(
        "fuck fucks fucked fucking fuckin fuckin' fucker fuckers motherfucker motherfuckers motherfucking "
        "shit shits shitty shitting bullshit horseshit dipshit cunt cunts asshole assholes arsehole "
        "arseholes bitch bitches bitching bastard bastards cocksucker dickhead dickheads goddamn goddam "
        "slut sluts whore whores wanker wankers twat twats nigger niggers nigga niggas faggot faggots"
    ),
    comma_before=words("and but or so yet nor because which who whose where while although though then"),
    comma_after=words(
        "if when while although though because since after before unless once whenever until as whereas"
    ),
    comma_behind=words(
        "well yeah yes no oh okay ok right sure now actually honestly obviously basically finally however "
        "anyway "
        "look listen true exactly thanks hello hi first second third fourth fifth firstly secondly thirdly"
    ),
    clause_subjects=words(
        "i you he she it we they i'm it's that's there's we're they're he's she's i've we've i'd the"
    ),
    objects=words("it you this her them there those these"),
    opener_guards=words("that far much many long as if"),
    empty_openers=words("so"),
    openers=words("so and but well okay yeah now"),
    abbreviations=words(
        "dr mr mrs ms prof st vs etc e.g i.e jr sr fig inc ltd co approx no vol ph.d a.m p.m u.s u.k dept est"
    ),
    capitals=words("i i'm i've i'd i'll"),
    percent=phrases("percent, per cent"),
    ranges=words("to or"),
    magnitudes=words("hundred thousand million billion trillion"),
    articles=words("a an the"),
    money=(("dollars", "$"), ("dollar", "$"), ("bucks", "$"), ("euros", "€"), ("euro", "€")),
    scales=words("thousand million billion trillion"),
    dot="dot",
    slash="slash",
    reductions=(
        ("gonna", "going to"),
        ("wanna", "want to"),
        ("gotta", "got to"),
        ("kinda", "kind of"),
        ("sorta", "sort of"),
        ("'cause", "because"),
        ("lemme", "let me"),
        ("gimme", "give me"),
        ("dunno", "don't know"),
    ),
    read_number=read_figure,
    small_value=small_value,
    units=words("mm"),
    digit_units=words("um hm"),
    unit_cues=words("per few several many half square cubic tenth tenths hundredth hundredths point"),
    common_words=COMMON_WORDS,
    sounds_english=True,
    amounts=words("hundred thousand million billion trillion dozen half twice double triple percent"),
    mark_inside=True,
    elided=words("cause em til n bout round tis twas"),
    print_date=print_date,
)
