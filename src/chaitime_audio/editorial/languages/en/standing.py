"""English: what tells whether a sentence stands alone and is whole."""

from __future__ import annotations

from ..editing import words
from ..standing import Standing

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
    ),
    leaning=words(
        "and or but nor so then also too therefore however similarly likewise besides plus yet anyway "
        "otherwise instead thus hence either neither else again"
    ),
    bound=words(
        "a an the my your our their its of in at to from with by about into onto and or but if than "
        "very as for because"
    ),
    debris=words("yeah yep yup okay ok oh ah um uh er hmm mm huh gosh"),
    finite=words(
        "i'm i've i'll i'd you're you've you'll you'd he's he'll he'd she's she'll she'd it's it'll "
        "it'd we're we've we'll we'd they're they've they'll they'd there's that's what's who's "
        "here's let's became began broke brought built bought caught chose cost costs cut did drew "
        "drove fell felt found gave goes got grew had has heard held helps hides kept knew knows "
        "leads learned learnt left lets lies lost made matters means met paid pays ran rang rose runs "
        "said sang sat saw says sees sent showed shows shut sits slept sold spent spoke stands starts "
        "stays stood stops struck sums takes taught tells thinks thought told took tries turns "
        "understood uses wakes wants went wins won works wrote writes gets gives keeps comes makes "
        "needs looks sounds feels seems becomes begins brings builds buys changes counts depends "
        "disagree disagrees exists fails falls fits follows grows happens hears hits holds hurts "
        "moves opens plays raises reads remains remembers replaces requires rains rests saves sells "
        "sends serves sets solves speaks spends teaches travels waits walks warms watches weighs "
        "wonders worries go come get give keep make need want know think see say take try use work "
        "start stop begin ask read write run look feel find remember believe love hate like live "
        "learn put let call change drift talk wish hope guess agree prefer understand teach build "
        "sell buy spend care wait listen"
    ),
    finite_ends=("ed", "n't"),
    unfinite=words("being having"),
    plural_stand_ins=words("they them their theirs they're they'd they'll they've these those ones"),
    person_stand_ins=words("he him his he's he'll he'd she her hers she's she'll she'd"),
)
