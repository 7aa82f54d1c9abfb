"""What a school's page says of it beside its figures: its distinctions with their rules, and the articles on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import islice

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from editorial.models import Article
from palmares.public import shelf
from palmares.public.regions import region_slug
from rankings.facts import Fact, Facts
from rankings.facts.families import FamilyPlace, family_places
from rankings.models import Release, ReleaseUnit
from schools.typography import NBSP, tie_words

MOST_ARTICLES = 6


@dataclass(frozen=True)
class Distinction:
    """A distinction in the reader's language.

    `figure`: its short form, with a word below it, `unit`. `url` leads to the rows it stands out among; empty when they
    are those of the page. `method`: what became of the method, which several distinctions say alike.
    """

    figure: str
    unit: str
    phrase: str
    definition: str
    denominator: str
    note: str
    method: tuple[str, ...]
    url: str = ""


@dataclass
class Standing:
    """One school of one release, as a reader of this instant may be told."""

    release: Release
    unit: ReleaseUnit
    at: datetime

    @cached_property
    def facts(self) -> Facts:
        return Facts(self.release, self.at)

    @cached_property
    def distinctions(self) -> list[Distinction]:
        """Its distinctions, the strongest first."""
        return [self._told(fact) for fact in self.facts.of_unit(self.unit.slug) if fact.distinction]

    @property
    def method(self) -> list[str]:
        """What became of the method between the editions its distinctions rest on, each sentence once."""
        return list(dict.fromkeys(said for told in self.distinctions for said in told.method))

    @cached_property
    def families(self) -> Mapping[str, FamilyPlace]:
        """Family → its place there; none for an unranked school."""
        return {place.node.key: place for place in family_places(self.facts.held, self.unit.slug)}

    def _told(self, fact: Fact) -> Distinction:
        lang = "en" if get_language() == "en" else "fr"
        words = fact.words[lang]
        url = ""
        if fact.kind == "region":
            there = [self.release.ranking_slug, self.release.year, region_slug(self.unit.region)]
            url = reverse("public:region", args=there)
        return Distinction(
            *_short(fact, words.figure, lang),
            words.phrase,
            words.definition,
            words.denominator,
            words.note,
            words.method,
            url,
        )


def _short(fact: Fact, figure: str, lang: str) -> tuple[str, str]:
    """A figure as the margin has room for it, and the word below: « 1re » and « ex aequo », « 6 » and « éditions »."""
    if fact.kind == "progression":
        return str(len(fact.editions)), _("éditions")
    if fact.kind == "top":
        return NBSP.join(figure.split()[-2:]), ""
    tie = f"{NBSP}{tie_words(lang)}"
    return (figure.removesuffix(tie), tie_words(lang)) if figure.endswith(tie) else (figure, "")


def articles_on(ranking: str, slug: str, at: datetime) -> list[Article]:
    """The latest articles and announcements whose figures name this school. One query: the facts are read as kept."""
    found = shelf.articles(at).filter(release__ranking_slug=ranking).defer("rendered_fr", "rendered_en")
    named = (article for article in found if any(fact["unit"] == slug for fact in article.facts))
    return list(islice(named, MOST_ARTICLES))
