"""Rules for joining words, ending sentences and measuring text in every script."""

from __future__ import annotations

import pytest

from chaitime_audio.domain import scripts


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["こ", "んに", "ちは。", "今日", "は"], "こんにちは。今日は"),
        (["我们", "在", "2026", "年", "见"], "我们在2026年见"),
        (["他", "说", "“好。”", "然后", "走"], "他说“好。”然后走"),
        (["สวัส", "ดี", "ครับ"], "สวัสดีครับ"),
        (["ភា", "សា"], "ភាសា"),
        (["ສະ", "ບາຍ"], "ສະບາຍ"),
        (["မင်္ဂ", "လာ", "ပါ။"], "မင်္ဂလာပါ။"),
        (["今日", "は", "PyTorch", "の", "話"], "今日は PyTorch の話"),
        (["the", "word", "道", "means", "“way”"], "the word 道 means “way”"),
        (["안녕", "하세요"], "안녕 하세요"),
        (["नमस्ते।", "कैसे", "हैं?"], "नमस्ते। कैसे हैं?"),
        (["", "one", "", "two"], "one two"),
    ],
)
def test_words_are_joined_as_their_script_does(words: list[str], text: str) -> None:
    """No blank stands between letters of scripts without blanks; all others keep theirs."""
    assert scripts.join_words(words) == text


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("今日は「いいね。」と言った？はい！そう", ["今日は「いいね。」と言った？", "はい！", "そう"]),
        ("你好,我去?好的。", ["你好,我去?", "好的。"]),
        ("नमस्ते। ठीक।", ["नमस्ते।", "ठीक।"]),
        ("مرحبا. كيف حالك؟ جيد.", ["مرحبا.", "كيف حالك؟", "جيد."]),
        ("မင်္ဂလာပါ။ နေကောင်းလား။", ["မင်္ဂလာပါ။", "နေကောင်းလား။"]),
        ("See example.org, 3.5 now. “Is it?” Yes…", ["See example.org, 3.5 now.", "“Is it?”", "Yes…"]),
    ],
)
def test_sentences_end_in_every_script(text: str, parts: list[str]) -> None:
    """A sentence ends behind the marks of its own script, whether or not a blank follows."""
    assert scripts.sentences(text) == parts


@pytest.mark.parametrize(
    ("text", "stop", "question"),
    [("歴史です", "。", "？"), ("यह है", "।", "?"), ("كيف", ".", "؟"), ("ครับ", "", ""), ("So", ".", "?")],
)
def test_a_missing_mark_is_the_scripts_own(text: str, stop: str, question: str) -> None:
    """What closes a sentence belongs to the script of its last letter; Thai has no such mark."""
    assert (scripts.full_stop(text), scripts.full_stop(text, question=True)) == (stop, question)


def test_words_are_counted_and_letters_measured() -> None:
    """Han letters count as half a word and two columns each; Latin text as it always did."""
    assert scripts.word_count("one two, three") == 3
    assert scripts.word_count("歴史の本です。") == 3
    assert scripts.columns("歴史 of") == 7
    assert scripts.columns("naïve") == 5


def test_a_caption_line_runs_its_own_way() -> None:
    """An Arabic line that opens with a Latin name gets an invisible mark; no other line does."""
    turned = "PyTorch هو مكتبة رائعة"
    assert scripts.directed(turned) == scripts.RIGHT_TO_LEFT_MARK + turned
    for line in ("مرحبا PyTorch هو", "Tom said مرحبا to all of us", "plain"):
        assert scripts.directed(line) == line
