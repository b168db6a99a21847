"""Elements of the XML we publish: names with the usual prefixes, text that XML may hold.

``xml.etree.ElementTree`` escapes and writes. Attributes stand in the order given, and of the
namespaces those that are used are declared, on the outermost element.
"""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ...domain.text import line, xml_characters

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
}
for _prefix, _uri in NAMESPACES.items():
    ElementTree.register_namespace(_prefix, _uri)


def element(name: str, text: object = "", /, *children: Element, **attributes: object) -> Element:
    """One element, its text and attributes on one line each; ``name`` may have a prefix of `NAMESPACES`.

    An attribute without value is left out, and so is a child that says nothing.
    """
    made = Element(_qualified(name))
    for key, value in attributes.items():
        if value != "":
            made.set(key, line(str(value)))
    made.text = line(str(text)) or None
    made.extend(child for child in children if says(child))
    return made


def html_element(name: str, markup: str) -> Element:
    """One element with HTML as its text, line breaks kept."""
    made = Element(_qualified(name))
    made.text = xml_characters(markup).strip() or None
    return made


def says(made: Element) -> bool:
    """Whether an element has text, an attribute or a child."""
    return bool(made.text or made.attrib or len(made))


def document(root: Element, *, declared: bool = False) -> str:
    """Return an element as indented text, one line break at its end.

    ``declared`` puts the XML declaration on top.
    """
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=declared)
    return written.decode() + "\n"


def _qualified(name: str) -> str:
    prefix, _, local = name.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local
