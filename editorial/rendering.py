"""From an article's Markdown to clean HTML in which every figure is a fact of its release."""

import re
from dataclasses import dataclass

import nh3
from django.utils.html import escape
from markdown_it import MarkdownIt

from rankings.facts import LANGUAGES, Fact, Facts
from rankings.models import Release
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


def unsayable(text: str, facts: Facts) -> list[Fact]:
    """What the text asks for and cannot be said, each with its reason."""
    return [fact for token in tokens_of(text) if not (fact := facts.find(token)).known]


def render(text: str, facts: Facts, language: str) -> Rendered:
    """The text in this language with its figures in place. Raises `UnknownFact` on what cannot be said.

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


@dataclass(frozen=True)
class Frozen:
    """An article as it is kept once approved: both texts, empty where there is no English, and what they quote."""

    rendered_fr: str
    rendered_en: str
    facts: list[dict[str, object]]
    editions: frozenset[Release]


def freeze(body_fr: str, body_en: str, facts: Facts) -> Frozen:
    """The two texts with their figures in place. Raises `UnknownFact` on what cannot be said."""
    french = render(body_fr, facts, "fr")
    english = render(body_en, facts, "en") if body_en.strip() else None
    used = {fact.token: fact for fact in (*french.facts, *(english.facts if english else ()))}
    return Frozen(
        french.html,
        english.html if english else "",
        [_kept(fact) for fact in used.values()],
        frozenset(release for fact in used.values() for release in fact.editions),
    )


def _kept(fact: Fact) -> dict[str, object]:
    """A fact as an article keeps it: what it says, by which rule, of how many, and the editions it rests on."""
    kept: dict[str, object] = {"token": fact.token, "unit": fact.unit_slug}
    for language in LANGUAGES:
        kept[f"text_{language}"] = fact.sentence(language)
        for name in ("definition", "denominator", "note"):
            kept[f"{name}_{language}"] = getattr(fact, name)(language)
    return kept | {"editions": [{"year": release.year, "number": release.number} for release in fact.editions]}


def _figure(by_token: dict[str, Fact], token: str, language: str) -> str:
    fact = by_token[token.strip()]
    return f'<data value="{escape(fact.token)}">{escape(fact.figure(language))}</data>'
