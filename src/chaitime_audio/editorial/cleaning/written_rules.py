"""Rules for written forms: numbers, percent, addresses, spellings (R17)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from ..languages.editing import Editing
from .spoken_rules import Tokens, heads, keys_at
from .tokens import Change, Token, merged

TOP_LEVEL = frozenset(
    "com org net io ai dev edu gov co uk de fm tv me app info eu at ch us fr nl ca au nz jp tech science "
    "blog page cloud xyz so gg ly be it es se no dk pl cz pt br in int mil museum art studio show news live "
    "link club".split()
)
SPELLINGS = (
    "AI API AWS CEO CNN CPU CSS CSV CTO CUDA FAQ GPT GPU HTML HTTP IBM JSON LLM LSTM NASA NLP PDF PhD "
    "RNN SQL SSD "
    "TPU URL USB XML YAML arXiv ChatGPT DeepMind DevOps eBay FastAPI fast.ai GitHub GitLab iOS "
    "iPad iPhone "
    "JavaScript JetBrains Jupyter Kaggle Keras Kubernetes LaTeX LightGBM LinkedIn Linux macOS Mastodon "
    "MATLAB MLOps MySQL "
    "NumPy NVIDIA OpenAI OpenCV PayPal PostgreSQL PowerPoint PyTorch SciPy SoundCloud SQLite TensorFlow "
    "TypeScript "
    "WhatsApp WordPress XGBoost YouTube"
).split()
_ADDRESS = re.compile(r"^(?:https?://)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/?#][^\s]*)?$", re.IGNORECASE)
_NUMBER = re.compile(r"^[+-]?\d[\d.,]*$")


def numbers(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R17: number words of several words, teens and tens become digits."""
    if data.read_number is None:
        return
    keys = _bordered(tokens)
    at = 0
    while at < len(tokens):
        found = data.read_number(keys.words, keys.first[at])
        stop = keys.token_behind(found[0]) if found else at
        same = stop == at + 1 and found is not None and tokens[at].core == found[1]
        if found and stop > at and not same and not _shares_scale(tokens, at, stop, data):
            yield Change(at, stop, "number", (merged(tuple(tokens[at:stop]), found[1]),))
        at = max(stop, at + 1)


def _shares_scale(tokens: Tokens, at: int, stop: int, data: Editing) -> bool:
    """Whether a small number before this one means the same hundreds: "two, three hundred"."""
    joined = at > 1 and tokens[at - 1].key in data.ranges
    low = at - 2 if joined else at - 1
    if low < 0 or not (joined or tokens[low].trail == ",") or not data.small_value:
        return False
    words = [token.key for token in tokens[at:stop]]
    return words[-1] in data.magnitudes and len(words) == 2 and data.small_value(tokens[low].key) is not None


class _Bordered:
    """Keys of tokens with an empty one wherever punctuation stands, so that no number crosses it."""

    def __init__(self, tokens: Tokens) -> None:
        self.words: list[str] = []
        self.first: list[int] = []
        self._token: dict[int, int] = {}
        for at, token in enumerate(tokens):
            if token.lead:
                self.words.append("")
            self.first.append(len(self.words))
            self.words.append(token.key)
            self._token[len(self.words)] = at + 1
            if token.trail:
                self.words.append("")

    def token_behind(self, word: int) -> int:
        """The token index behind a word index; 0 when the word index is inside a token."""
        return self._token.get(word, 0)


def _bordered(tokens: Tokens) -> _Bordered:
    return _Bordered(tokens)


def percent(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R17: "30 percent" and "five percent" become 30% and 5%."""
    if not data.percent:
        return
    begin = heads(data.percent) | data.percent
    for at in range(len(tokens) - 1):
        if tokens[at + 1].key not in begin:
            continue
        size = next((n for n in (2, 1) if keys_at(tokens, at + 1, n) in data.percent), 0)
        value = _value(tokens[at], data)
        if size and value and not tokens[at].trail:
            yield from _range(tokens, at, data)
            yield Change(
                at,
                at + 1 + size,
                "percent",
                (merged(tuple(tokens[at : at + 1 + size]), f"{value}{data.percent_gap}%"),),
            )


def _range(tokens: Tokens, at: int, data: Editing) -> Iterator[Change]:
    """The lower end of "five to ten percent" is a figure as well."""
    if at < 2 or tokens[at - 1].key not in data.ranges or tokens[at - 1].trail or tokens[at - 2].trail:
        return
    low = _value(tokens[at - 2], data)
    if low and low != tokens[at - 2].core:
        yield Change(at - 2, at - 1, "number", (merged((tokens[at - 2],), low),))


def _value(token: Token, data: Editing) -> str:
    if _NUMBER.match(token.core):
        return token.core
    single = data.small_value(token.key) if data.small_value else None
    return "" if single is None else str(single)


def addresses(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R17: "example dot org slash baselines" becomes example.org/baselines."""
    at, dots = 0, {"dot", data.dot} - {""}
    while at < len(tokens):
        spelt = at + 1 < len(tokens) and tokens[at + 1].key in dots
        if not spelt and "." not in tokens[at].core:
            at += 1
            continue
        stop, text = _address(tokens, at, data)
        if stop > at + 1 and text:
            while at and tokens[at - 1].key in {"slash", "colon"} and tokens[max(at - 1, 0)].core.islower():
                at -= 1
            if at and tokens[at - 1].key in {"https", "http"}:
                at -= 1
            if text.startswith("w.") and keys_at(tokens, max(at - 2, 0), 3) == "w w w":
                at, text = at - 2, f"ww{text}"
            yield Change(at, stop, "address", (merged(tuple(tokens[at:stop]), text),))
        at = max(stop, at + 1)


def _address(tokens: Tokens, at: int, data: Editing) -> tuple[int, str]:
    """Read an address at a token: the index behind it and its text ("" when there is none)."""
    dots = {"dot", data.dot} - {""}
    token = tokens[at]
    if _ADDRESS.match(token.core) and "." in token.core:
        text, stop = token.core, at + 1
    elif token.trail or token.key in data.unfinished or not re.fullmatch(r"[\w-]+", token.core):
        return at + 1, ""
    else:
        text, stop = token.key, at + 1
        while (
            stop + 1 < len(tokens)
            and tokens[stop].key in dots
            and not tokens[stop - 1].trail
            and not tokens[stop].trail
        ):
            text, stop = f"{text}.{tokens[stop + 1].key}", stop + 2
        if stop == at + 1 or text.rpartition(".")[2] not in TOP_LEVEL:
            return at + 1, ""
    return _path(tokens, stop, text, dict(data.marks) | {"forward": ""} | dict.fromkeys(dots, "."))


def _path(tokens: Tokens, stop: int, text: str, marks: Mapping[str, str]) -> tuple[int, str]:
    """Read what follows an address: "slash baselines dash two"; ``marks`` are marks by their words."""
    while stop + 1 < len(tokens) and not tokens[stop - 1].trail and tokens[stop].key in marks:
        mark = marks[tokens[stop].key]
        if (mark != "/" and "/" not in text and mark) or tokens[stop].trail:
            break
        stop += 1
        if mark:
            text, stop = f"{text}{mark}{tokens[stop].key}", stop + 1
    return stop, text


def spellings(tokens: Tokens, wanted: Sequence[str]) -> Iterator[Change]:
    """R17: a brand is written as it writes itself: PyTorch, fast.ai, GPU."""
    table, begin = _table(tuple(wanted))
    longest = max(map(len, table))
    at = 0
    while at < len(tokens):
        if tokens[at].key not in begin:
            at += 1
            continue
        ahead = [token.key for token in tokens[at : at + longest]]
        size = next((n for n in range(len(ahead), 0, -1) if tuple(ahead[:n]) in table), 0)
        if size:
            found = table[tuple(token.key for token in tokens[at : at + size])]
            run = tuple(tokens[at : at + size])
            spoken = " ".join(token.core for token in run)
            open_run = any(token.trail for token in run[:-1])
            if spoken != found and not open_run:
                yield Change(at, at + size, "spelling", (merged(run, found),))
        at += max(size, 1)


@lru_cache(maxsize=8)
def _table(wanted: tuple[str, ...]) -> tuple[dict[tuple[str, ...], str], frozenset[str]]:
    """Spellings by the words they are said with, and the words that one of them begins with."""
    table: dict[tuple[str, ...], str] = {}
    for text in (*SPELLINGS, *wanted):
        table[tuple(text.casefold().replace("’", "'").split())] = text
        if "." in text and " " not in text:
            table[tuple(" dot ".join(text.casefold().split(".")).split())] = text
    return table, frozenset(said[0] for said in table if said)


def money(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R17: "20 dollars" becomes $20, "1.2 million dollars" $1.2 million."""
    signs = dict(data.money)
    for at in range(len(tokens) - 1):
        scaled = tokens[at + 1].key in data.scales and at + 2 < len(tokens) and not tokens[at + 1].trail
        unit = tokens[at + 2 if scaled else at + 1]
        if tokens[at].trail or unit.key not in signs:
            continue
        scale = f" {tokens[at + 1].core}" if scaled else ""
        figure, _, inner = (_value(tokens[at], data) or tokens[at].core).partition(" ")
        scale = f" {inner}" if inner in data.scales else scale
        plain = not _NUMBER.match(figure) or (scaled and _shares_scale(tokens, at, at + 2, data))
        if plain:
            continue
        run = tuple(tokens[at : at + (3 if scaled else 2)])
        yield Change(at, at + len(run), "money", (merged(run, f"{signs[unit.key]}{figure}{scale}"),))


def capitals(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """Sentences begin with a capital, and so does "I"."""
    for at, token in enumerate(tokens):
        if token.key in data.capitals and token.core[0].islower():
            fixed = token.core[0].upper() + token.core[1:]
            yield Change(at, at + 1, "capital", (replace(token, core=fixed),))
