"""Lifting a show's terms while decoding: what is lifted after what, and by how much."""

from __future__ import annotations

from chaitime_audio.recognition.asr.windowed.term_lift import MOST, lifts, trie_of


class _Letters:
    """A tokenizer with a token a letter; a blank and the letter after it are one."""

    def encode(self, text: str) -> list[int]:
        return [ord(text[1]), *(ord(letter) for letter in text[2:])]


def _after(said: str, *terms: str, lift: float = 2.0) -> dict[str, float]:
    trie = trie_of(terms, _Letters())
    return {chr(token): by for token, by in lifts(trie, [ord(one) for one in said], lift).items()}


def test_a_beginning_gets_half_of_what_the_rest_gets() -> None:
    """A term that has not begun is lifted a little, one that has begun is lifted on."""
    assert _after("", "tea") == {"t": 1.0}
    assert _after("at", "tea") == {"t": 1.0, "e": 2.0}


def test_a_term_that_broke_off_lifts_nothing_more() -> None:
    """Another letter than the term's, and it must begin anew."""
    assert _after("tx", "tea") == {"t": 1.0}
    assert _after("tea", "tea") == {"t": 1.0}


def test_a_term_never_gets_more_than_the_cap() -> None:
    """However long it is: what its tokens got together stays under the cap."""
    said, given = "", 0.0
    for letter in "abcdefghij":
        given += _after(said, "abcdefghij", lift=4.0).get(letter, 0.0)
        said += letter
    assert given == MOST


def test_people_are_called_by_one_of_their_names() -> None:
    """The long words of a name are terms of their own; short ones and small ones are not."""
    assert set(_after("", "Tom Ellery", "the tea")) == {"T", "E", "t"}


def test_nothing_is_lifted_without_terms() -> None:
    """An empty trie lifts nothing."""
    assert _after("abc") == {}
