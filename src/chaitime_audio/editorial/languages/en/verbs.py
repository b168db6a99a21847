"""English verbs in common use, in the forms that have a subject."""

from __future__ import annotations

from ..editing import Words, words

BASES = words(
    "accept achieve act add admit affect afford agree aim allow answer appear apply argue arrive ask "
    "assume avoid bake bark base beat become beg begin behave believe belong bend bet bite blame "
    "bleed blend blow boil borrow break breathe breed bring build burn buy calculate call care carry "
    "catch cause change charge chase check choose claim clean climb close collect combine come "
    "compare compete complain compute confuse connect consider consist contain continue contribute "
    "control convince cook cool copy correct cost count cover create cross cry cut dance deal decide "
    "define deliver deny depend describe deserve design destroy detect determine develop die differ "
    "dig disagree disappear discover discuss do doubt draw dream dress drift drink drive drop dry "
    "earn eat emerge enable encourage end enjoy ensure enter estimate evaluate evolve exist expect "
    "explain explode explore express extend face fade fail fall fear feed feel fight figure fill "
    "filter find finish fire fit fix float flow fly focus fold follow force forget forgive form "
    "freeze frighten gain gather generate get give go grow guess hand hang happen hate have hear heat "
    "help hide hire hit hold hope hurt ignore imagine improve include increase indicate inform "
    "inspire insist intend invent invest involve join judge jump keep kick kill kiss knock know label "
    "lack land last laugh launch lead leak lean learn leave lend let lie lift light like limit listen "
    "live load lock look lose love lower make manage mark marry match matter mean measure meet melt "
    "mention mind miss mix move multiply need notice obey observe occur offer open operate order "
    "organize owe own pack paint participate pass pay perform pick place plan plant play point pour "
    "practice pray predict prefer prepare present press pretend prevent print produce promise protect "
    "prove provide publish pull push put question quit rain raise reach read realize recall receive "
    "recognize recommend record reduce refer reflect refuse regret reject relate release rely remain "
    "remember remind remove repair repeat replace reply report represent require respond rest result "
    "return reveal rewrite ride ring rise risk roll rule run rush save say scan scare score search "
    "seek seem select sell send separate serve set settle shake shape share shift shine ship shoot "
    "show shrink shut sing sink sit skip sleep slip slow smell smile smoke solve sort sound speak "
    "specialize spend spin split spread stand start starve state stay steal stick stop store strike "
    "struggle study succeed suffer suggest suit supply support suppose surprise survive suspect swim "
    "switch take talk taste teach tear tell tend test thank think throw tie touch track trade train "
    "travel treat trust try turn understand use vanish vary visit vote wait wake walk want warm warn "
    "wash waste watch wear weigh win wipe wish wonder work worry write yell"
)
NOUNS_TOO = words(
    "acts aims answers asks bases beats bets bites blames blends blocks breaks builds burns calls "
    "cares causes changes charges checks claims closes controls copies costs counts covers crosses "
    "cuts deals designs doubts draws dreams dresses drifts drinks drives drops ends estimates faces "
    "fears feeds feels fights figures fills filters finds finishes fires fits fixes flows focuses "
    "folds forces forms gains guesses hands heats helps hits holds hopes hurts increases joins judges "
    "jumps kicks kills kisses labels lacks lands laughs leads leaks lies lifts lights likes limits "
    "links lists lives loads locks looks loves marks matches measures minds misses mixes moves needs "
    "notices offers opens orders packs paints passes picks places plans plants plays points presents "
    "presses prints promises pulls pushes questions rains reads records repairs replies reports rests "
    "results returns rides rings risks rolls rules runs saves scans scares scores searches sets "
    "shapes shares shifts ships shoots shows sleeps slips smells smiles sounds spends splits spreads "
    "stands starts states stays sticks stops stores strikes struggles studies suits supplies supports "
    "surprises suspects switches takes talks tastes tears tests thanks ties touches tracks trades "
    "trains travels treats turns uses visits votes waits walks wants warms washes wastes watches wins "
    "wishes wonders works worries"
)
"""Third persons that are as often the plural of a noun: they need more than a noun before them."""
PAST = words(
    "ate became began bent bit blew bought broke brought built burnt came caught chose clung cost "
    "crept cut dealt did drank dreamt drew drove dug fed fell felt fled flew forgave forgot fought "
    "found froze gave got grew had heard held hid hit hung hurt kept knelt knew laid learnt led left "
    "lent let lit lost made meant met paid put quit ran rang read rode rose said sang sank sat saw "
    "sent set shone shook shot showed shut slept slid sold sought spat spent spoke spread spun stole "
    "stood struck stuck sung swam swept swore taught thought threw told took tore understood woke won "
    "wore went were was wrote"
)


def third_person(verb: str) -> str:
    """The form behind "she": "watch" makes "watches", "try" makes "tries"."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2:-1] not in "aeiou" else verb + "s"


_IRREGULAR = {"have": "has", "do": "does", "go": "goes"}
THIRD_PERSONS: Words = frozenset(map(third_person, BASES))
