"""Rules for posts and captions in scripts without blanks, in Indic scripts and from right to left."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from example_episode import OURS, example, utterances

from chaitime_audio.domain.episode import Episode, Notes
from chaitime_audio.domain.people import Cast, Person, Voice
from chaitime_audio.domain.scripts import columns
from chaitime_audio.domain.speech import Utterance
from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.structure.exchanges import pair
from chaitime_audio.formats import render_all

CAST = Cast(
    (Voice("S1", Person("Aoi", "host"), True, (), 1), Voice("S2", Person("Ken", "guest"), True, (), 1))
)
JAPANESE = (
    (
        "S1",
        0,
        "こ んに ちは。 今日 は 図書 館 の 先生 に 来て いた だき ました。 なぜ 本 が 好き な の です か？",
    ),
    (
        "S2",
        8000,
        "あり が とう ござ います。 本 の 中 に は、 た くさん の 物語 が あり ます。 人 人 が 読 みます",
    ),
)
THAI = (("S1", 0, "สวัส ดี ครับ คุณ ชอบ หนัง สือ ไหม"), ("S2", 5000, "ชอบ มาก ครับ เพราะ สนุก"))
HINDI = (("S1", 0, "नमस्ते। आप कैसे हैं?"), ("S2", 4000, "मैं किताबें पढ़ता हूँ। वे अच्छी हैं।"))
ARABIC = (("S1", 0, "مرحبا بك. كيف حالك؟"), ("S2", 4000, "PyTorch هو مكتبة رائعة جدا."))


def talk(lines: tuple[tuple[str, int, str], ...], language: str) -> tuple[Episode, tuple[Utterance, ...]]:
    """The example's frame round another talk, cleaned and paired as a run does it."""
    spoken = utterances(lines)
    post = pair(clean(spoken, language), CAST, language)
    bare = replace(example(), language=language, spoken=spoken, post=post, cast=CAST, notes=Notes())
    return replace(bare, chapters=(), edits=(), title="012"), spoken


HAN = r"[\u3400-\u9fff\u3040-\u30ff]"


@pytest.mark.parametrize(
    ("lines", "language", "letter"), [(JAPANESE, "ja", HAN), (THAI, "th", r"[\u0e00-\u0e7f]")]
)
def test_no_blank_stands_inside_text_without_blanks(lines, language: str, letter: str) -> None:
    """No output has a blank between two letters of such a script, and none loses a letter."""
    made, spoken = talk(lines, language)
    texts = render_all(made, OURS, every=True)
    wanted = "".join(word.text for item in spoken for word in item.words if item.label == "S2").rstrip("。")
    for name in ("transcript.txt", "transcript.md", "transcript.html", "001-tom-ellery.vtt"):
        assert not re.search(f"{letter} (?={letter})", re.sub(r"<[^>]*>", "", texts[name])), name
        assert wanted[:12] in texts[name].replace("\n", ""), name
    assert wanted in texts["transcript.txt"]
    for name in ("001-tom-ellery.srt", "001-tom-ellery.transcript.json"):
        assert not re.search(f"{letter} (?={letter})", texts[name]), name


def test_sentences_end_with_their_own_marks() -> None:
    """No ASCII stop stands behind 。 or ？; a turn without a mark gets its script's; sentences are apart."""
    made, _ = talk(JAPANESE, "ja")
    first, second = made.post[0].question, made.post[0].answers[0]
    assert first is not None
    assert first.text.endswith("ですか？")
    assert second.text.endswith("読みます。")
    assert [item.text for item in first.paragraphs[0].sentences] == [
        "こんにちは。",
        "今日は図書館の先生に来ていただきました。",
        "なぜ本が好きなのですか？",
    ]
    assert made.post[0].asks
    assert not re.search(r"[。？！]\s*\.", "".join(render_all(made, OURS).values()))


def test_a_letter_said_twice_is_no_stutter_without_blanks() -> None:
    """人人 and its like are words: tokens of a script without blanks are no words."""
    made, _ = talk(JAPANESE, "ja")
    assert "人人が" in made.post[0].answers[0].text


def test_vowel_signs_belong_to_the_word() -> None:
    """Hindi words keep their signs, and sentences end at the danda."""
    made, _ = talk(HINDI, "hi")
    answer = made.post[0].answers[0]
    assert answer.text == "मैं किताबें पढ़ता हूँ। वे अच्छी हैं।"
    assert len(answer.paragraphs[0].sentences) == 2
    assert made.post[0].asks


def test_arabic_runs_from_the_right() -> None:
    """The page says so, a question ends in ؟, and a caption that opens with a Latin name is turned."""
    made, _ = talk(ARABIC, "ar")
    texts = render_all(made, OURS)
    assert '<html lang="ar" dir="rtl">' in texts["transcript.html"]
    assert made.post[0].asks
    assert "\u200fPyTorch" in texts["001-tom-ellery.vtt"]
    assert '<p dir="auto">' in texts["transcript.html"], "a line that opens with a Latin name sets itself"


def test_wide_letters_take_two_columns() -> None:
    """A Japanese caption line is no wider than a Latin one: 16 letters in SubRip."""
    made, _ = talk((("S1", 0, " ".join("ながい話をたくさんします。" * 4)),), "ja")
    lines = render_all(made, OURS)["001-tom-ellery.srt"].splitlines()
    assert 28 <= max(columns(line) for line in lines if re.search(HAN, line)) <= 32
    assert not any(line.startswith(("。", "、")) for line in lines)


def test_fixed_words_are_the_languages_own() -> None:
    """Headings, labels and closing words come from the table of the episode's language."""
    texts = render_all(replace(example(), language="de"), OURS, every=True)
    assert "## In dieser Folge" in texts["show-notes.md"]
    assert "Gast: Dr. Tom Ellery." in texts["show-notes.md"]
    assert "<h2>Kapitel</h2>" in texts["transcript.html"]
    assert "transcribed by machine" not in texts["transcript.md"]
    again = render_all(replace(example(), language="xx"), OURS, every=True)
    assert "## In this episode" in again["show-notes.md"]
