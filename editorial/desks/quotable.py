"""Beside a text that is written: the figures that may be quoted from its release, and why the others may not."""

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import get_language

from editorial.models import Article, ArticleCorrection
from editorial.rendering import render, unsayable
from rankings.facts import Fact, Facts
from rankings.models import Release, ReleaseUnit
from schools.naming import search_key

MOST_SCHOOLS = 12


def facts_to_quote(request: HttpRequest, release: Release | None) -> dict[str, object]:
    """The facts one may quote: those of the school asked for, and what cannot be said of it; else the edition's.

    Several schools of that name are proposed, each by its own address.
    """
    if release is None:
        return {"facts": [], "words": ""}
    words = request.GET.get("ecole", "").strip()[:120]
    facts = Facts(release)
    if not words:
        return {"facts": _lines(facts.of_edition()), "words": ""}
    found = _schools(release, words)
    if len(found) != 1:
        return {"facts": [], "words": words, "schools": found}
    told = facts.all_of_unit(found[0].slug)
    return {
        "facts": _lines([fact for fact in told if fact.known]),
        "refused": [
            {"token": f"[[{fact.token}]]", "reason": fact.reason(_language())} for fact in told if not fact.known
        ],
        "words": words,
        "schools": found,
    }


def _schools(release: Release, words: str) -> list[ReleaseUnit]:
    """The schools of a release whose name holds these words; the one of this very name, or of this address, alone."""
    exact = release.units.filter(Q(slug=words) | Q(search_key=search_key(words))).first()
    if exact:
        return [exact]
    units = release.units.all()
    for word in search_key(words).split():
        units = units.filter(search_key__contains=word)
    return list(units[:MOST_SCHOOLS])


def _language() -> str:
    return "en" if get_language() == "en" else "fr"


def _lines(facts: list[Fact]) -> list[dict[str, object]]:
    lang = _language()
    return [
        {
            "token": f"[[{fact.token}]]",
            "figure": fact.figure(lang),
            "sentence": fact.sentence(lang),
            "unit": fact.unit_slug,
            "distinction": fact.distinction,
            "rule": fact.definition(lang),
            "denominator": fact.denominator(lang),
            "note": fact.note(lang),
        }
        for fact in facts
    ]


def as_read(article: Article | ArticleCorrection) -> dict[str, object]:
    """The two texts as they would be read; as they were frozen once approved. Unknown figures instead, if any."""
    if article.rendered_fr:
        return {"french": article.rendered_fr, "english": article.rendered_en, "frozen": True, "unknown": []}
    facts = Facts(article.release)
    refused = {fact.token: fact for text in (article.body_fr, article.body_en) for fact in unsayable(text, facts)}
    if refused:
        unknown = [{"token": token, "reason": fact.reason(_language())} for token, fact in refused.items()]
        return {"unknown": unknown, "frozen": False}
    french = render(article.body_fr, facts, "fr")
    english = render(article.body_en, facts, "en") if article.body_en.strip() else None
    return {"french": french.html, "english": english.html if english else "", "frozen": False, "unknown": []}
