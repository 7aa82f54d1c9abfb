"""From an article's Markdown to clean HTML in which every figure is a fact of its release."""

import re
from dataclasses import dataclass

import nh3
from django.utils.html import escape
from markdown_it import MarkdownIt

from rankings.facts import Fact, Facts, UnknownFact
from schools.typography import typeset

# [[rang:ecole-du-lac]]: a token of rankings.facts. One line, bounded, no nesting.
TOKEN = re.compile(r"\[\[([^\[\]\n]{1,160})\]\]")
_TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr", "code", "table",
         "thead", "tbody", "tr", "th", "td", "sup", "data"}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "data": {"value"}}


@dataclass(frozen=True)
class Rendered:
    """HTML that is safe to show, and the facts it shows, in the order of the text, each once."""

    html: str
    facts: tuple[Fact, ...]


def tokens_of(text: str) -> list[str]:
    """The tokens a text asks for, in order, each once."""
    return list(dict.fromkeys(token.strip() for token in TOKEN.findall(text)))


def unknown_tokens(text: str, facts: Facts) -> list[str]:
    """The tokens the release cannot answer."""
    return [token for token in tokens_of(text) if token not in facts.by_token]


def render(text: str, facts: Facts, language: str) -> Rendered:
    """The text in this language with its figures in place. Raises `UnknownFact` on a token the release cannot answer.

    Raw HTML in the text is shown as text; links are kept to http, https, mailto and the site itself.
    """
    used = tuple(facts.get(token) for token in tokens_of(text))
    by_token = {fact.token: fact for fact in used}
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    # Set after Markdown, whose own signs (« --: » in a table) must stay as typed, and before the tokens give way.
    html = typeset(markdown.render(text), language)
    shown = TOKEN.sub(lambda match: _figure(by_token, match.group(1), language), html)
    clean = nh3.clean(shown, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"})
    return Rendered(clean, used)


def _figure(by_token: dict[str, Fact], token: str, language: str) -> str:
    fact = by_token.get(token.strip())
    if fact is None:
        raise UnknownFact(token.strip())
    return f'<data value="{escape(fact.token)}">{escape(fact.figure(language))}</data>'
