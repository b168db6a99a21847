"""Clean: what goes, what stays, what is written otherwise; and that nothing goes silently."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from chaitime_audio.editorial.cleaning.clean import clean

DATA = Path(__file__).parents[1] / "data"
TABLES = (DATA / "cleaning.tsv", DATA / "cleaning_rules.tsv")
RECORDINGS = ("short_two_voices", "british_men", "panel_three", "split_tracks")
WRITTEN = {
    "number",
    "percent",
    "money",
    "address",
    "spelling",
    "one spelling",
    "sentence end",
    "capital",
    "sound",
    "answer",
    "stutter",
    "empty tag",
    "written out",
    "masked",
}


def _rows():
    for table in TABLES:
        for number, line in enumerate(table.read_text(encoding="utf-8").splitlines()[1:], start=2):
            yield number, line.split("\t")


def _cases():
    for number, (rule, language, level, spoken, printed) in _rows():
        yield pytest.param(language, level, spoken, printed, id=f"{rule}-{number}")


def test_the_table_is_large_and_names_the_rules():
    """Four hundred different sentences at least, and cases for each rule that works on single turns."""
    spoken = {(row[1], row[2], row[3]) for _, row in _rows()}
    assert len(spoken) >= 400
    named = Counter(row[0].split("-")[0] for _, row in _rows() if re.match(r"R\d", row[0]))
    assert {"R4", "R5", "R6", "R7", "R8", "R9", "R12", "R17", "R19"} <= set(named)
    assert named.total() >= 40


@pytest.mark.parametrize(("language", "level", "spoken", "printed"), list(_cases()))
def test_sentence_is_printed_as_an_editor_would(say, language, level, spoken, printed):
    """Each line of the table holds one rule, named at its start."""
    assert " ".join(item.text for item in clean(say(("S1", spoken)), language, level)) == printed


def _text(utterances, language="en", level="clean"):
    return [(item.label, item.text) for item in clean(utterances, language, level) if item.pieces]


def test_listening_noise_goes_and_the_turn_is_joined(say):
    """R6: a backchannel inside the other's turn goes; the turn round it is one again."""
    spoken = say(("S1", "We rank them by cost."), ("S2", "Mm-hmm."), ("S1", "Not by size."))
    assert _text(spoken) == [("S1", "We rank them by cost. Not by size.")]


def test_agreement_while_listening_goes(say):
    """R6: "Right." between two parts of one turn goes as well."""
    spoken = say(("S1", "It was slow."), ("S2", "Right."), ("S1", "And, um, it broke."))
    assert _text(spoken) == [("S1", "It was slow. And it broke.")]


def test_listening_noise_that_answers_becomes_yes(say):
    """R6: "Mm-hmm." that answers a question stays, as Yes."""
    spoken = say(("S1", "Did it hurt?"), ("S2", "Mm-hmm."), ("S1", "Badly?"), ("S2", "Uh-uh."))
    assert _text(spoken) == [("S1", "Did it hurt?"), ("S2", "Yes."), ("S1", "Badly?"), ("S2", "No.")]


def test_listening_noise_before_the_rest_of_an_answer_becomes_yes(say):
    """R6: "Mm-hmm. All the time." answers with Yes; without a question before it the noise goes."""
    asked = say(("S1", "Do you worry?"), ("S2", "Um, mm-hmm. All the time."))
    assert _text(asked)[1] == ("S2", "Yes. All the time.")
    assert _text(say(("S1", "Is it?"), ("S2", "Mm-hmm, it is.")))[1] == ("S2", "Yes, it is.")
    assert _text(say(("S1", "Does it hurt?"), ("S2", "Uh-uh. Not much.")))[1] == ("S2", "No. Not much.")
    told = say(("S1", "I do worry."), ("S2", "Mm-hmm. All the time?"))
    assert _text(told)[1] == ("S2", "All the time?")


def test_agreement_that_answers_stays(say):
    """R6: "Yeah." after a question, or before one, is an answer."""
    spoken = say(
        ("S1", "You studied law."),
        ("S2", "Yeah."),
        ("S1", "Where was that?"),
        ("S2", "Right."),
        ("S1", "Okay."),
    )
    assert ("S2", "Yeah.") in _text(spoken)
    assert ("S2", "Right.") in _text(spoken)


def test_backchannel_marked_by_attribution_goes(say):
    """R6: an utterance that attribution marked goes, whatever its words are."""
    first, noise, last = say(("S1", "We tried"), ("S2", "hm, lovely"), ("S1", "for years."))
    assert _text((first, replace(noise, backchannel=True), last)) == [("S1", "We tried for years.")]


def test_repeat_across_a_listening_noise_goes(say):
    """R4: joining comes first, so a repeat over a backchannel is one."""
    spoken = say(("S1", "And the"), ("S2", "Uh-huh."), ("S1", "the model broke."))
    assert _text(spoken) == [("S1", "And the model broke.")]


def test_short_end_of_an_interrupted_sentence_moves_up(say):
    """R8: close to the end of a sentence, the first voice finishes, then the second speaks."""
    spoken = say(("S1", "We thought it was"), ("S2", "What a pity, really."), ("S1", "broken. So we left."))
    assert _text(spoken) == [
        ("S1", "We thought it was broken."),
        ("S2", "What a pity, really."),
        ("S1", "So we left."),
    ]


def test_long_rest_of_an_interrupted_sentence_is_marked(say):
    """R8: far from the end the break gets an em dash, and the voice resumes."""
    rest = "a very old machine that nobody in the house had ever dared to open."
    texts = _text(say(("S1", "We thought it was"), ("S2", "What a pity, really."), ("S1", rest)))
    assert texts[0] == ("S1", "We thought it was—")
    assert len(texts) == 3


def test_verbatim_keeps_listening_noises(say):
    """R9: verbatim sets type and nothing else."""
    spoken = say(("S1", "Um, yes."), ("S2", "Mm-hmm."), ("S1", "the the end"))
    assert _text(spoken, level="verbatim") == [("S1", "Um, yes."), ("S2", "Mm-hmm."), ("S1", "The the end.")]


def test_neighbouring_utterances_of_one_voice_are_one(say):
    """One label a turn: what one voice says in a row is one piece."""
    assert _text(say(("S1", "One."), ("S1", "Two."))) == [("S1", "One. Two.")]


def test_vocabulary_of_the_show_sets_spelling(say):
    """R17: spellings of the show win, several words included."""
    cleaned = clean(
        say(("S1", "we play on an xbox 360 with tim o'neil")), "en", "clean", ("Xbox 360", "Tim O'Neil")
    )
    assert cleaned[0].text == "We play on an Xbox 360 with Tim O’Neil."


def test_nothing_said_gives_nothing(say):
    """No utterances, no text; a filler alone leaves edits only."""
    assert clean((), "en") == ()
    only = clean(say(("S1", "Um.")), "en")
    assert [item.text for item in only] == [""]
    assert [edit.rule for item in only for edit in item.edits] == ["filler"]


@pytest.mark.parametrize("name", RECORDINGS)
@pytest.mark.parametrize("level", ["verbatim", "clean", "edited"])
def test_every_word_is_printed_or_named_in_an_edit(truth, name, level):
    """Nothing goes silently, nothing comes twice: ids printed and ids removed are all ids, ascending."""
    utterances, _ = truth(name)
    cleaned = clean(utterances, "en", level)
    printed = [number for item in cleaned for piece in item.pieces for number in piece.word_ids]
    edited = {number for item in cleaned for edit in item.edits for number in edit.word_ids}
    assert printed == sorted(set(printed))
    assert set(printed) | edited == {word.id for item in utterances for word in item.words}


def _content(text):
    return Counter(re.findall(r"[^\W\d_]+", text.casefold().replace("’", "'").replace("'", "")))


@pytest.mark.parametrize("name", RECORDINGS)
def test_no_word_is_invented(truth, name):
    """Every printed word was said, except where a rule for written forms names it."""
    utterances, _ = truth(name)
    cleaned = clean(utterances, "en")
    said = _content(" ".join(item.text for item in utterances))
    named = Counter()
    for item in cleaned:
        for edit in item.edits:
            if edit.rule in WRITTEN:
                named += _content(edit.after)
    assert not _content(" ".join(item.text for item in cleaned)) - said - named


@pytest.mark.parametrize("name", RECORDINGS)
def test_no_filler_is_left_and_no_other_word_goes(truth, name):
    """On real scripts: fillers 0, kept words at least 99 % of all others."""
    utterances, _ = truth(name)
    text = " ".join(item.text for item in clean(utterances, "en"))
    assert not re.search(r"\b(um|uh|erm|mm-hmm)\b", text, re.IGNORECASE)
    gone = Counter()
    for item in clean(utterances, "en"):
        for edit in item.edits:
            if not edit.after and edit.rule not in {"filler", "empty phrase", "backchannel", "false start"}:
                gone += _content(edit.before)
    assert gone.total() <= 0.01 * _content(text).total()


SMALL = set("the a in of and to we i it is they at for with my our but".split())


def _roughened(text, rng):
    """Speech as people speak: hesitations, empty phrases, small words said twice."""
    out = []
    for word in text.split():
        small = word.casefold().strip(",") in SMALL and not word.endswith((".", "?"))
        opens = not out or out[-1].endswith((".", "?", "!", "”", '"'))
        kind = rng.choice(["um", "uh", "er", "you know", "like"]) if rng.random() < 0.05 else ""
        if kind and out:
            out[-1] += "" if opens or out[-1].endswith(",") else ","
            out.append((kind.capitalize() if opens else kind) + ",")
        elif small and rng.random() < 0.2:
            out.append(word + rng.choice(["", ","]))
        stuttered = not kind and small and rng.random() < 0.05
        out.append(f"{word[0]}-{word}" if stuttered else word)
    return " ".join(out)


@pytest.mark.parametrize("name", RECORDINGS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_roughened_speech_is_restored(truth, say, name, seed):
    """Hesitations and repeats thrown in at random go again: at most 1 % of words are lost or left over."""
    rng = random.Random(seed)
    utterances, _ = truth(name)
    smooth = [" ".join(w for c in clean((u,), "en") for w in c.text.split()) for u in utterances]
    rough = [clean(say(("S1", _roughened(u.text, rng))), "en")[0].text for u in utterances]
    wanted, found = _content(" ".join(smooth)), _content(" ".join(rough))
    assert (wanted - found).total() + (found - wanted).total() <= 0.01 * wanted.total()
    assert not {"um", "uh", "er"} & set(found)


def test_post_of_the_sample_reads_as_expected(truth):
    """The sample's post, word for word (golden file)."""
    utterances, cast = truth("short_two_voices")
    golden = (DATA / "short_two_voices.post.txt").read_text(encoding="utf-8")
    lines = [f"{cast.name(item.label)}: {item.text}" for item in clean(utterances, "en") if item.pieces]
    assert "\n".join(lines) + "\n" == golden


def test_words_that_are_only_punctuation_are_accounted_for(say):
    """A recognised word without a letter joins its neighbour, or is named in an edit."""
    cleaned = clean(say(("S1", "— …"), ("S2", "Well — no .")), "en")
    assert [(item.text, [edit.rule for edit in item.edits]) for item in cleaned] == [
        ("", ["stray punctuation", "stray punctuation"]),
        ("Well—no.", []),
    ]
    assert {n for piece in cleaned[1].pieces for n in piece.word_ids} == {2, 3, 4, 5}
