"""Lists where things were counted up, and links where they are first mentioned."""

from __future__ import annotations

from dataclasses import replace

import html5lib
from example_episode import OURS, example
from markdown_it import MarkdownIt

from chaitime_audio.domain.brief import Show
from chaitime_audio.domain.correction import Term
from chaitime_audio.domain.episode import Episode, Exchange, Paragraph, Remark
from chaitime_audio.domain.people import Link
from chaitime_audio.domain.sound import span
from chaitime_audio.formats import render_all
from chaitime_audio.formats.rendering.prose import FirstMentions, PageBlock, PageSpan

COUNTED = Paragraph(
    "There are three steps. First, read. Second, plot. Third, wait. That is all.",
    (),
    span(6000, 14900),
    items=("First, read.", "Second, plot.", "Third, wait."),
)


def answered(*paragraphs: Paragraph, terms: tuple[Term, ...] = ()) -> Episode:
    """The example with these paragraphs as its first answer."""
    episode = example()
    first = Exchange(episode.post[0].question, (Remark("S2", paragraphs),))
    show: Show = replace(episode.show, glossary=terms)
    return replace(episode, show=show, post=(first, *episode.post[1:]))


def linked(text: str, *links: Link) -> list[tuple[str, str]]:
    """(text, address) of each stretch of one paragraph."""
    block = FirstMentions(links).block(PageBlock((PageSpan(text),)))
    return [(part.text, part.url) for part in block.text]


def test_an_enumeration_is_printed_as_a_list() -> None:
    """R11: three short items are a list in post, page and plain text; what stands round them stays."""
    texts = render_all(answered(COUNTED), OURS)
    wanted = "There are three steps.\n\n- First, read.\n- Second, plot.\n- Third, wait.\n\nThat is all."
    assert f"**Dr. Tom Ellery:** {wanted}" in texts["transcript.md"]
    assert f"Dr. Tom Ellery: {wanted}" in texts["transcript.txt"]
    page = html5lib.parse(texts["transcript.html"], namespaceHTMLElements=False)
    turn = page.find(".//div[@id='t2']")
    assert turn is not None
    assert [item.text for item in turn.findall("./ul/li")] == list(COUNTED.items)


def test_markdown_sees_a_list_between_paragraphs() -> None:
    """R11: the printed list is one for CommonMark, not a paragraph with dashes."""
    text = render_all(answered(COUNTED), OURS)["transcript.md"]
    kinds = [token.type for token in MarkdownIt().parse(text)]
    assert kinds.count("bullet_list_open") == 1
    assert kinds.count("list_item_open") == 3


def test_a_turn_that_begins_with_its_list_has_its_label() -> None:
    """R1: the label stands before a list too."""
    only = Paragraph("First, read. Second, plot. Third, wait.", (), COUNTED.span, items=COUNTED.items)
    text = render_all(answered(only), OURS)["transcript.md"]
    assert "**Dr. Tom Ellery:**\n\n- First, read." in text


def test_a_known_address_that_is_said_is_linked() -> None:
    """R16: what has another title is linked where its address is said; a longer or other address is not."""
    notes = Link("Tom’s notes", "https://www.example.org/baselines/")
    assert linked("It is at example.org/baselines, all of it.", notes) == [
        ("It is at ", ""),
        ("example.org/baselines", "https://www.example.org/baselines/"),
        (", all of it.", ""),
    ]
    for other in (
        "At example.org/baselines/old.",
        "At example.org.",
        "At my-example.org/baselines.",
        "At example.org/baselines-b.",
    ):
        assert linked(other, notes) == [(other, "")]


def test_first_mention_is_linked_once() -> None:
    """R16: the first mention carries the glossary's link; later ones do not."""
    said = "I use PyTorch. Everybody uses PyTorch."
    terms = (Term("PyTorch", link="https://pytorch.org"),)
    texts = render_all(answered(Paragraph(said, (), COUNTED.span), terms=terms), OURS)
    assert "I use [PyTorch](https://pytorch.org). Everybody uses PyTorch." in texts["transcript.md"]
    assert texts["transcript.html"].count('<a href="https://pytorch.org">PyTorch</a>. Everybody') == 1
    assert said in texts["transcript.txt"]


def test_only_whole_names_are_linked() -> None:
    """R16: a name inside another word, another case or an address is no mention."""
    rust = Link("Rust", "https://rust-lang.org")
    for text in ("Rusty trust.", "The rust of it.", "See example.org/Rust today.", "Rust.dev is a site."):
        assert linked(text, rust) == [(text, "")]
    assert linked("In Rust.", rust) == [("In ", ""), ("Rust", rust.url), (".", "")]


def test_the_longer_name_wins_and_an_address_comes_once() -> None:
    """R16: “Kaggle Days” is not “Kaggle”; two titles of one address are linked once."""
    days, kaggle = Link("Kaggle Days", "https://d.example"), Link("Kaggle", "https://k.example")
    assert linked("Kaggle Days and Kaggle", kaggle, days) == [
        ("Kaggle Days", days.url),
        (" and ", ""),
        ("Kaggle", kaggle.url),
    ]
    assert linked("Ann or Bea", Link("Ann", "https://x.example"), Link("Bea", "https://x.example")) == [
        ("Ann", "https://x.example"),
        (" or Bea", ""),
    ]


def test_nothing_is_linked_to_what_is_no_address() -> None:
    """A link that no sink would print is no link, and a bare number is no title."""
    assert linked("Ann has 20.", Link("Ann", "javascript:alert(1)"), Link("20", "https://x.example")) == [
        ("Ann has 20.", "")
    ]


def test_linking_changes_no_word() -> None:
    """The stretches of a text, joined, are the text."""
    text = "Ann, *Ann* <b>Bea</b> and Cem_x."
    links = tuple(Link(name, f"https://{name.lower()}.example") for name in ("Ann", "Bea", "Cem_x", "and"))
    assert "".join(part for part, _ in linked(text, *links)) == text


def test_a_hostile_title_is_inert_where_it_is_linked() -> None:
    """Text of a mention is escaped in each sink like any other."""
    title = "Bob <script>x</script> [a](b)"
    term = Term(title, link="https://bob.example/a(b)")
    texts = render_all(answered(Paragraph(f"Ask {title} now.", (), COUNTED.span), terms=(term,)), OURS)
    assert "<script" not in texts["transcript.html"]
    tokens = MarkdownIt("commonmark").parse(texts["transcript.md"])
    inner = [child for token in tokens for child in token.children or ()]
    targets = [child.attrs["href"] for child in inner if child.type == "link_open"]
    assert "https://bob.example/a%28b%29" in targets
    assert "b" not in targets
    assert not [child for child in inner if child.type == "html_inline"]
