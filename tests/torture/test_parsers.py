"""Whatever bytes come, a parser of ours takes them or refuses them in one line: nothing else comes out."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from parsers import PARSERS, SEEDS, refusal

from chaitime_audio.domain.text import line

pytestmark = pytest.mark.pure
PIECES = st.sampled_from(
    (
        *(b"\0", b"\xff", b"\n", b'"', b"'", b"[", b"]", b"{", b"}", b"=", b"-->", b"9" * 40, b"1e999"),
        *(b"\xed\xa0\x80", b"nan", b"true", b"null", b"\xef\xbb\xbf", b"\xff\xfe", "\u202e".encode()),
        *(b"[[", b'"""', b"\\u0000", b"<v >", b"- "),
    )
)


@st.composite
def damaged(draw: st.DrawFn, name: str) -> bytes:
    """A good file of the kind with pieces put in, taken out or doubled; or bytes of any kind."""
    data = draw(st.sampled_from([*SEEDS[name], b""]))
    if not data or draw(st.integers(0, 9)) == 0:
        return draw(st.binary(max_size=200))
    for _ in range(draw(st.integers(1, 4))):
        at, length = draw(st.integers(0, len(data))), draw(st.integers(0, 12))
        put = draw(st.one_of(PIECES, st.binary(max_size=6), st.just(data[at : at + 30])))
        data = data[:at] + put + data[at + length :]
    return data


@pytest.mark.parametrize("name", PARSERS)
def test_taken_or_refused(name: str) -> None:
    """Damaged files of each kind: no exception but ours, and its message is one line."""

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(damaged(name))
    def run(data: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            said = refusal(PARSERS[name], Path(folder), data)
        assert "\n" not in said
        assert not said or line(said)

    run()
