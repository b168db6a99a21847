"""One spelling: a term is written in one way throughout a talk, and ordinary words are left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chaitime_audio.editorial.cleaning.clean import Manner, clean, cleaned_in


def printed(utterances, **manner):
    """The talk as printed, its turns one after another."""
    return " ".join(item.text for item in cleaned_in(utterances, Manner("en", **manner)))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "We use the Fast AI code. I like fast AI a lot, and Fast AI helps.",
            "We use the Fast AI code. I like Fast AI a lot, and Fast AI helps.",
        ),
        (
            "I wrote the FAST AI Library. The Fast AI library is old, and the Fast AI people know.",
            "I wrote the Fast AI Library. The Fast AI library is old, and the Fast AI people know.",
        ),
        (
            "We tried AutoML first. Then auto ML failed, but AutoML is here to stay.",
            "We tried AutoML first. Then AutoML failed, but AutoML is here to stay.",
        ),
        (
            "We run Wi-Fi there. The WiFi broke, so the Wi-Fi went.",
            "We run Wi-Fi there. The Wi-Fi broke, so the Wi-Fi went.",
        ),
        ("It is Zorbly, we said. The zorbly team left.", "It is Zorbly, we said. The Zorbly team left."),
        (
            "We like AutoML. It was auto ML's turn, AutoML said.",
            "We like AutoML. It was AutoML’s turn, AutoML said.",
        ),
    ],
)
def test_variants_of_a_term_become_the_most_heard_one(say, said, expected):
    """Alike in letters, and a term by its capitals: every variant is written as most are."""
    assert printed(say(("S1", said))) == expected


@pytest.mark.parametrize(
    "said",
    [
        "It may be late, and maybe it is. Maybe it may be.",
        "I walk every day. It is everyday life, and every day counts.",
        "We met Bill there. He paid the bill, and Bill left.",
        "It helps us all. The US army came, and the US left us.",
        "Ask Will, he said. I will, and Will knows.",
        "They read Data Science there. I do data science too.",
        "We saw him in 2013. Then 20 13 people came.",
        "He has an idea, and Hasan knows it. Hasan has an eye.",
        "It is a deep learning course on deep-learning models.",
        "Is it the park or the Park? We like the park.",
    ],
)
def test_ordinary_words_stay_as_they_are(say, said):
    """One sign is not enough: what may be two different words is left alone."""
    assert printed(say(("S1", said))) == said


def test_what_a_person_wrote_outranks_what_was_heard_more_often(say):
    """The spelling of a corrected word and of the glossary wins, and the corrected word stays."""
    spoken = say(
        ("S1", "Here is fast.ai again."), ("S2", "We like Fast AI, and Fast AI likes us, says Fast AI.")
    )
    wanted = "Here is fast.ai again. We like fast.ai, and fast.ai likes us, says fast.ai."
    assert printed(spoken, written=frozenset({2})) == wanted
    assert printed(say(("S1", "We like Zor Bly AI and ZorBly AI.")), vocabulary=("Zorbly-AI",)) == (
        "We like Zorbly-AI and Zorbly-AI."
    )


def test_the_surer_of_two_spellings_wins(say):
    """Heard once each, the more probable spelling is the one."""
    (turn,) = say(("S1", "We tried AutoML first, then auto-ML again."))
    doubted = replace(
        turn, words=tuple(replace(w, probability=0.3 if w.text == "AutoML" else 0.9) for w in turn.words)
    )
    assert printed((doubted,)) == "We tried auto-ML first, then auto-ML again."


def test_each_change_is_an_edit_of_its_own_rule(say):
    """The edit report names what was changed, by a rule that is not that of corrections."""
    found = clean(say(("S1", "We tried AutoML first. Then auto ML failed, but AutoML is good.")), "en")
    assert [(edit.rule, edit.before, edit.after) for item in found for edit in item.edits] == [
        ("one spelling", "auto ML", "AutoML")
    ]


def test_kept_words_and_verbatim_voices_stay(say):
    """A word that a person wants as said stays, and so does a voice that is printed verbatim."""
    spoken = say(("S1", "AutoML is good, AutoML."), ("S2", "So auto ML wins."))
    assert printed(spoken, kept=frozenset({5, 6})).endswith("auto ML wins.")
    assert printed(spoken, levels={"S2": "verbatim"}).endswith("auto ML wins.")
