"""Read saved web pages.

In: the HTML of a page. Out: its `Source`, without scripts and navigation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from inscriptis import get_text
from inscriptis.model.config import ParserConfig
from lxml import html as lxml_html
from lxml.etree import LxmlError

from triage.errors import EmptyInputError, FormatError
from triage.schema import Source

__all__ = ["read_page"]

_CHROME_XPATH: Final = (
    "//script|//style|//noscript|//template|//svg|//nav|//footer|//iframe|//button"
    # Some content systems wrap the whole page into one form.
    "|//form[not(.//h1 or .//h2 or .//table or count(.//p) > 2)]|//input|//select|//textarea"
    "|//*[@role='navigation' or @role='search' or @role='contentinfo' or @role='banner']"
    "|//*[contains(translate(@class,'COKIE','cokie'),'cookie') or contains(translate(@id,'COKIE','cokie'),'cookie')]"
    "|//*[contains(@class,'breadcrumb') or contains(@class,'skip-link') or contains(@class,'visually-hidden')]"
    "|//*[@hidden]"
)


def read_page(name: str, digest: str, text: str) -> Iterator[Source]:
    """Read a saved page; links are kept as `[words](address)` because an answer may be nothing but a link."""
    try:
        tree = lxml_html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (LxmlError, ValueError) as error:
        raise FormatError(f"{name} is not a web page: {error}; save the page again as HTML or as text") from error
    fields: dict[str, object] = {}
    for link in tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content"):
        fields.setdefault("url", str(link))
    for title in tree.xpath("//title/text()"):
        fields.setdefault("title", " ".join(str(title).split()))
    for element in tree.xpath(_CHROME_XPATH):
        if element.getparent() is not None and element.tag not in ("html", "body", "main", "article"):
            element.drop_tree()
    for element in tree.xpath("//dt|//dd"):
        element.tag = "div"  # inscriptis would run the parts of a definition list together
    plain = get_text(lxml_html.tostring(tree, encoding="unicode"), ParserConfig(display_links=True))
    plain = "\n".join(line.rstrip() for line in plain.split("\n"))
    if not plain.strip():
        raise EmptyInputError(f"{name} holds no text once its scripts and navigation are taken off; save it as text")
    yield Source(name, digest, "html", plain, fields=fields)
