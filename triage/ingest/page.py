"""Read saved web pages.

In: the HTML of a page. Out: its `Source`: the words without scripts and furniture, links as `[words](address)`, the
title, address and day of publication that the page states of itself.

Losing a paragraph is worse than keeping a menu line: an element goes only if it is known to be furniture, and never if
it holds most of the page. What general extractors of articles leave out (lists of documents, case numbers, notes at the
end) is what replies consist of; docs/decisions/0007-pages-keep-what-extractors-drop.md has the figures.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import parse_qs, urljoin, urlsplit

from triage.errors import EmptyInputError, FormatError
from triage.ingest.found import Opened
from triage.schema import Source

__all__ = ["page_text", "read_page"]

_SCRIPTS: Final = "//script|//style|//noscript|//template|//svg|//iframe|//head/*[not(self::title)]|//comment()"

_LOWER: Final = "translate(concat(@class,' ',@id),'ABCDEFGHIJKLMNOPQRSTUVWXYZ','abcdefghijklmnopqrstuvwxyz')"

_FURNITURE: Final = (
    "//nav|//input|//select|//textarea"
    # A reply may close with a foot of its own; that of the page stands outside.
    "|//footer[not(ancestor::main or ancestor::article)]"
    # The head of an accordion is a button.
    "|//button[not(ancestor::h1 or ancestor::h2 or ancestor::h3 or ancestor::h4 or ancestor::h5 or ancestor::h6"
    " or ancestor::dt or ancestor::summary)]"
    # Some content systems wrap the whole page into one form.
    "|//form[not(.//h1 or .//h2 or .//table or count(.//p) > 2)]"
    "|//*[@role='navigation' or @role='search' or @role='contentinfo' or @role='banner']"
    f"|//*[contains({_LOWER},'cookie')]"
    "|//*[contains(@class,'breadcrumb') or contains(@class,'skip-link') or contains(@class,'visually-hidden')]"
    # What a page hides until it is clicked is content where it holds sentences.
    "|//*[@hidden][not(.//p or .//li or .//td)]"
)

_MENU_WORDS: Final = re.compile(
    r"(?:^|[\s_-])(?:menu|nav|navigation|navbar|sidebar|related|share|sharing|social|footer|header|most-read|sitemap)"
    r"(?:$|[\s_\d-])"
)
_CONTENT: Final = "ancestor-or-self::main or ancestor-or-self::article or ancestor-or-self::*[@role='main']"
_DOCUMENT: Final = re.compile(r"\.(?:pdf|docx?|xlsx?|csv|ods|odt|zip)\b", re.I)
_LARGE: Final = 60
"""Words from which on an element that holds most of a page is its content, whatever its name."""


def read_page(file: Opened) -> Iterator[Source]:
    """Read a saved page; links are kept because an answer may be nothing but a link."""
    text, fields = page_text(file.text(), file.name)
    yield Source(file.name, file.digest, "html", text, fields=fields)


def page_text(html: str, name: str, *, mail: bool = False) -> tuple[str, dict[str, object]]:
    """Turn HTML into text, and read what the page states of itself.

    Args:
        html: The page.
        name: What messages call it.
        mail: The HTML is that of an e-mail, which has no furniture.

    Raises:
        FormatError: It is not HTML.
        EmptyInputError: It holds no text.
    """
    from inscriptis import get_text
    from inscriptis.model.config import ParserConfig
    from lxml import html as lxml_html
    from lxml.etree import LxmlError

    try:
        tree = lxml_html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", html).replace("\0", ""))
    except (LxmlError, ValueError) as error:
        raise FormatError(f"{name} is not a web page: {error}; save the page again as HTML or as text") from error
    fields = {} if mail else _page_fields(tree)
    for element in tree.xpath(_SCRIPTS):
        _drop(element)
    if not mail:
        _drop_furniture(tree)
    _open_layout_tables(tree)
    _mend_links(tree, str(fields.get("url", "")))
    for element in tree.xpath("//dt|//dd|//summary|//caption"):
        element.tag = "div"  # inscriptis would run their text into that of their neighbours
    try:
        plain = get_text(lxml_html.tostring(tree, encoding="unicode"), ParserConfig(display_links=True))
    except (LxmlError, ValueError, RecursionError) as error:
        raise FormatError(f"{name} cannot be laid out: {error}; save the page again as text") from error
    plain = "\n".join(line.rstrip() for line in plain.split("\n"))
    if not plain.strip():
        raise EmptyInputError(f"{name} holds no text once its scripts and navigation are taken off; save it as text")
    return plain, fields


def _page_fields(tree: Any) -> dict[str, object]:  # noqa: ANN401 -- lxml carries no types
    fields: dict[str, object] = {}
    for link in tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content"):
        fields.setdefault("url", str(link))
    for title in tree.xpath("//title/text()"):
        fields.setdefault("title", " ".join(str(title).split()))
    for day in tree.xpath(
        "//meta[@property='article:published_time']/@content | //meta[@itemprop='datePublished']/@content"
        "|//meta[translate(@name,'DCTERMSIUPBLH','dctermsiupblh')='dcterms.issued']/@content"
        "|//meta[translate(@name,'DCTERMSIUPBLH','dctermsiupblh')='dc.date.issued']/@content"
        "|//time[@itemprop='datePublished' or @pubdate]/@datetime"
    ):
        try:
            fields.setdefault("responded", dt.date.fromisoformat(str(day).strip()[:10]).isoformat())
        except ValueError:
            continue  # a date in words stands in the text as well
    return fields


def _drop(element: Any) -> None:  # noqa: ANN401
    if element.getparent() is not None and element.tag not in ("html", "body", "main", "article"):
        element.drop_tree()


def _words(element: Any) -> int:  # noqa: ANN401
    return sum(len(part.split()) for part in element.itertext())


def _drop_furniture(tree: Any) -> None:  # noqa: ANN401
    total = _words(tree)
    for element in tree.xpath(_FURNITURE):
        words = _words(element)
        if words < _LARGE or words < total / 2:
            _drop(element)
    for element in tree.xpath("//ul|//ol|//div|//aside|//section"):
        if _is_menu(element):
            _drop(element)


def _is_menu(element: Any) -> bool:  # noqa: ANN401
    """Tell whether an element is a list of links to other pages that its names call a menu, or that stands apart."""
    links = element.xpath(".//a[@href]")
    least = 2 if _MENU_WORDS.search(_own_names(element)) else 3
    if len(links) < least or any(_DOCUMENT.search(link.get("href")) for link in links):
        return False
    linked, words = sum(_words(link) for link in links), _words(element)
    if words >= _LARGE * 2 or linked < words * 0.7:
        return False
    within = [element, *element.iterancestors("ul", "ol", "div", "aside", "section", "header")]
    names = " ".join(f"{each.get('class', '')} {each.get('id', '')}" for each in within).lower()
    if _MENU_WORDS.search(names):
        return not element.xpath(f"boolean({_CONTENT})") or bool(_MENU_WORDS.search(_own_names(element)))
    return any(each.tag == "aside" for each in within) and not element.xpath(f"boolean({_CONTENT})")


def _own_names(element: Any) -> str:  # noqa: ANN401
    return f"{element.get('class', '')} {element.get('id', '')}".lower()


def _open_layout_tables(tree: Any) -> None:  # noqa: ANN401
    """Let the cells of a table that only places blocks follow each other: side by side, their lines would mix."""
    for table in tree.xpath(
        "//table[not(.//th)][.//table or .//td[count(.//p) > 1] or .//td[.//h1 or .//h2 or .//h3]]"
    ):
        for part in table.iterdescendants("tbody", "tr", "td"):
            if next(part.iterancestors("table"), None) is table:
                part.tag = "div"
        table.tag = "div"


def _mend_links(tree: Any, base: str) -> None:  # noqa: ANN401
    """Make addresses whole, and leave those out that lead nowhere else."""
    for link in tree.xpath("//a[@href]"):
        address = link.get("href").strip()
        try:
            if base and not address.startswith("#"):
                address = urljoin(base, address)
            parts = urlsplit(address)
            if (parts.hostname or "").endswith("safelinks.protection.outlook.com"):
                # A mail filter wraps each address into one of its own.
                address = parse_qs(parts.query).get("url", [address])[0]
        except ValueError:
            address = ""
        if re.match(r"(?:#|javascript:|mailto:|tel:|$)", address, re.I) or address == link.text_content().strip():
            del link.attrib["href"]
        else:
            link.set("href", address)
