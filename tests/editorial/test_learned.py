"""What was learned from human editors: what it may take and judge, the same every time."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import replace

import pytest

from chaitime_audio.editorial.cleaning.clean import Manner, clean, cleaned_in
from chaitime_audio.editorial.cleaning.edit_marks import marks
from chaitime_audio.editorial.cleaning.learned.model import LearnedEditor, learned_editor
from chaitime_audio.editorial.cleaning.profanity import hidden, masked_words
from chaitime_audio.editorial.languages.editing import editing_for

SPEECH = (
    "so i i think like you know the the model and and it it's just really kind of slow well yeah right okay "
    "but we they cannot there is a lot of a lot of what was the name Anna never said 46 of them no not that "
    "I mean, like, you know, and, so, we— it… uh um don't"
).split()
ENDS = ("", "", "", "", ",", ",", ".", "?", "—", "…")


def _made(say, seed):
    """Speech put together at random from words that cleaning has rules for, by two voices."""
    rng = random.Random(seed)
    rows = []
    for turn in range(6):
        said = [rng.choice(SPEECH).rstrip(",") + rng.choice(ENDS) for _ in range(rng.randint(1, 40))]
        rows.append((f"S{turn % 2}", " ".join(said)))
    return say(*rows)


def _words(text):
    return Counter(re.findall(r"\w+", text.casefold().replace("’", "'")))


def _taking(*words):
    """An editor that would take some words wherever they stand."""
    often = dict.fromkeys(words, 1.0) | {"?": 0.0}
    return LearnedEditor({}, 0.0, often, 9.0, (), 0.6, {})


def _learned(cleaned):
    return [edit for item in cleaned for edit in item.edits if edit.rule.startswith("learned")]


@pytest.mark.parametrize("seed", range(60))
def test_no_word_is_invented_and_none_goes_silently(say, seed):
    """Every printed word was said or stands in an edit; every spoken one is printed or named in an edit."""
    utterances = _made(say, seed)
    cleaned = clean(utterances, "en")
    said = _words(" ".join(item.text for item in utterances))
    written = _words(" ".join(edit.after for item in cleaned for edit in item.edits))
    assert not _words(" ".join(item.text for item in cleaned)) - said - written
    printed = [number for item in cleaned for piece in item.pieces for number in piece.word_ids]
    edited = {number for item in cleaned for edit in item.edits for number in edit.word_ids}
    assert len(printed) == len(set(printed))
    assert set(printed) | edited == {word.id for item in utterances for word in item.words}


@pytest.mark.parametrize("seed", range(60))
def test_names_figures_and_negations_do_not_go_on_one_sign(say, seed):
    """What is learned never takes a figure or a name, nor a "not" that is not begun anew."""
    for edit in _learned(clean(_made(say, seed), "en")):
        assert not any(char.isdigit() for char in edit.before)
        if edit.rule != "learned: begun anew":
            assert not editing_for("en").negations & set(re.findall(r"[\w']+", edit.before.casefold()))


def test_one_sign_is_not_enough(say):
    """What the learned editor alone would take stays if it is a name, a figure, "not" or bears weight."""
    taking = _taking("not", "anna", "46", "bridge", "well", "the")
    said = say(("S1", "It is well known, well, that Anna did not see the 46 on the bridge."))
    (cleaned,) = cleaned_in(said, Manner("en", learned=taking))
    assert cleaned.text == "It is known that Anna did not see the 46 on the bridge."


def test_how_an_answer_begins_is_left_alone(say):
    """After a question "like" says what it is like; the same word opens another turn without meaning."""
    manner = Manner("en", learned=_taking("like"))
    for before, printed in (("What was it?", "Like five waves."), ("So it was.", "Five waves.")):
        cleaned = cleaned_in(say(("S1", before), ("S2", "Like five waves.")), manner)
        assert cleaned[1].text == printed


def test_the_same_words_are_cleaned_the_same_every_time(say):
    """Nothing but the words decides."""
    utterances = _made(say, 3)
    assert clean(utterances, "en") == clean(utterances, "en")


def test_what_breaks_off_goes_whole_or_not_at_all(say):
    """A start that breaks off goes under the learned editor's name; half of one never does."""
    taking = _taking("they", "cannot")
    (cleaned,) = cleaned_in(say(("S1", "Then, they cannot— there is a bill.")), Manner("en", learned=taking))
    assert [(edit.rule, edit.before) for edit in cleaned.edits] == [("learned: begun anew", "they cannot—")]
    (cleaned,) = clean(say(("S1", "They want some— a lot of people came to the show.")), "en")
    assert cleaned.text == "They want some—a lot of people came to the show."


def test_a_rule_is_overruled_where_editors_keep(say):
    """Human editors keep "I mean," more often than not: so it stays where the learned editor says so."""
    said = say(("S1", "And, you know, I mean, what can you do?"))
    assert clean(said, "en")[0].text == "And I mean, what can you do?"


def test_other_languages_keep_their_rules(say):
    """German has no learned editor: no edit bears its name, and its own rules are at work."""
    assert learned_editor("de") is None
    cleaned = clean(say(("S1", "Äh, ich, ich glaube ja.")), "de")
    assert cleaned[0].text == "Ich glaube ja."
    assert not _learned(cleaned)


def test_weights_of_a_show_can_take_the_place_of_ours(say):
    """A manner may bring an editor that takes nothing and overrules nothing: the rules alone."""
    none = LearnedEditor({}, 0.0, {"?": 0.0}, 0.0, (), 2.0, {})
    said = say(("S1", "And, you know, I mean, what can you do?"))
    assert cleaned_in(said, Manner("en", learned=none))[0].text == "And what can you do?"


def test_emphasis_and_comparisons_stay(say):
    """Said twice on purpose, and "like" behind a verb of the senses, mean something."""
    for text in ("It was a long, long time.", "What does it sound like when you stand there?"):
        assert clean(say(("S1", text)), "en")[0].text == text


def test_a_person_has_a_level_of_their_own(say):
    """One voice verbatim, the other clean: the marks show the difference."""
    said = say(("S1", "Um, it it broke, you know."), ("S2", "Um, it it broke, you know."), ("S1", "Mm-hmm."))
    manner = Manner("en", "clean", levels={"S1": "verbatim"})
    cleaned = cleaned_in(said, manner)
    assert [(item.label, item.text) for item in cleaned if item.pieces] == [
        ("S1", "Um, it it broke, you know."),
        ("S2", "It broke."),
        ("S1", "Mm-hmm."),
    ]
    rows = marks(said, cleaned)
    assert not any(mark.rules for mark in rows[0])
    assert any(mark.rules for mark in rows[1])


def test_profanity_is_masked_on_demand(say):
    """The first letter and asterisks; the edit says what was said; captions have the same."""
    said = say(("S1", "That’s bullshit, and Scunthorpe is no fucking joke."))
    assert clean(said, "en")[0].text == "That’s bullshit, and Scunthorpe is no fucking joke."
    cleaned = cleaned_in(said, Manner("en", mask=True))
    assert cleaned[0].text == "That’s b*******, and Scunthorpe is no f****** joke."
    assert [(edit.rule, edit.before) for edit in cleaned[0].edits] == [
        ("masked", "bullshit,"),
        ("masked", "fucking"),
    ]
    assert masked_words(said, "en")[0].text == "That’s b*******, and Scunthorpe is no f****** joke."
    assert masked_words(said, "xx") == said


def test_masking_keeps_times_and_marks(say):
    """Only letters change: ids, times and punctuation of a masked word stay."""
    (utterance,) = say(("S1", "Shit!"))
    (shown,) = masked_words((utterance,), "en")
    assert replace(shown.words[0], text="Shit!") == utterance.words[0]
    assert hidden("No-shit-Sherlock", editing_for("en").profanity) == "No-s***-Sherlock"
