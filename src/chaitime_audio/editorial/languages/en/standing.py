"""English: what tells whether a sentence stands alone and is whole."""

from __future__ import annotations

from ..editing import words
from ..standing import Standing, Verbs
from .verbs import BASES, NOUNS_TOO, PAST, THIRD_PERSONS

STANDING = Standing(
    fragments=(
        "in part",
        "because",
        "including",
        "such as",
        "which",
        "who",
        "whose",
        "whom",
        "whereas",
        "as well as",
        "rather than",
        "than",
        "especially",
        "particularly",
        "due to",
        "like the",
        "like a",
        "not just",
        "not only because",
        "partly",
        "mostly because",
        "except",
        "as opposed to",
        "in which",
        "of which",
        "not yet",
        "same here",
        "for the rest",
        "the rest",
        "a short time later",
        "a little later",
        "a moment later",
        "hi",
        "hello",
        "hey",
        "thanks",
        "thank you",
        "my name is",
        "good morning",
        "good afternoon",
        "good evening",
    ),
    leaning=words(
        "and or but nor so then also too therefore however similarly likewise besides plus yet anyway "
        "otherwise instead thus hence either neither else again"
    ),
    bound=words("a an the my your our their its and or but if than very as because"),
    stranded=words("of in at to from with by about into on for"),
    debris=words("yeah yep yup okay ok oh ah um uh er hmm mm huh gosh"),
    joining=words(
        "and but so or they we you he she it this that there then when if because well now yeah these "
        "those what how why where who which"
    ),
    verbs=Verbs(
        bases=BASES,
        thirds=THIRD_PERSONS,
        nouns_too=NOUNS_TOO,
        certain=PAST
        | words(
            "i'm i've i'll i'd you're you've you'll you'd he's he'll he'd she's she'll she'd it's "
            "it'll it'd we're we've we'll we'd they're they've they'll they'd there's that's what's "
            "who's here's let's"
        ),
        ends=("ed", "n't"),
        unfinite=words("being having"),
        blockers=words(
            "a an the my your our their its his every to of in on at with by for from into about very "
            "no be been being without than"
        ),
        subjects=words("i we you they he she who everybody everyone nobody somebody people"),
        many=words("i we you they who that which people men women children and or don't not"),
        openers=words(
            "who whom whose which that what how why where when whether if because although unless until"
        ),
        unsure_openers=frozenset({"that"}),
        behind_unsure=words(
            "i we you they he she it there the a an my your our their his her its people nobody "
            "everybody no every some many most"
        ),
        infinitive="to",
        joints=words("or and by"),
        helper_ends=("'ve", "'re", "'ll", "'d", "'m", "n't", "'s"),
        personal_ends=("'ve", "'re", "'ll", "'m"),
        never_helped=words("is are was were has can could will would should"),
        contacts=words("i we you they he she"),
        adverbs=words(
            "not never always often just only still also even already almost really actually probably "
            "usually sometimes simply now then maybe both all"
        ),
        determiners=words("a an the every all everything something anything those"),
    ),
    plural_stand_ins=words(
        "they them their theirs they're they'd they'll they've these those ones themselves"
    ),
    plural_ends=("s",),
    several=words(
        "people men women children team teams staff crew family company government police public "
        "media audience everybody everyone nobody anybody anyone somebody someone person data mice "
        "feet teeth folks customer listener reader user patient student guest neighbor neighbour "
        "adult child parent kid"
    ),
    person_stand_ins=words("he him his he's he'll he'd she her hers she's she'll she'd"),
    relative=words("who whom whose which"),
)
