"""What the picture of each kind of page says: rows of a release and its facts, in the language that is active."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby, pairwise

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from editorial.models import Article
from palmares.public.share.said import Card, Line, Mark, Stop
from rankings.facts import Facts
from rankings.facts.holdings import Standings
from rankings.facts.places import schools_ranked
from rankings.facts.scales import changes
from rankings.models import Release, ReleaseUnit
from schools.typography import date_words, ordinal, ordinal_parts, tie_words, typeset

# The first places a picture has room for.
MOST_LINES = 5


def site_card() -> Card:
    """The site, before anything is published."""
    return Card(
        site=settings.SITE_NAME,
        title=_("Le palmarès des écoles, avec la source de chaque valeur."),
        foot=_every_value(),
    )


def home_card(release: Release, at: datetime) -> Card:
    """The front page while this release is the newest: who is first, who rose most."""
    facts, lang = Facts(release, at), _lang()
    found = (facts.find(token) for token in ("premiere", "hausse"))
    return Card(
        site=settings.SITE_NAME,
        title=_set(release.title),
        kicker=_published(release),
        mark=Mark(str(release.year), below=(schools_ranked(release.ranked_count, lang),)),
        notes=tuple(fact.phrase(lang) for fact in found if fact.known),
        foot=_every_value(),
    )


def ranking_card(release: Release) -> Card:
    """The first places of a release, those that are shared whole."""
    ranked = release.units.filter(rank__isnull=False).order_by("position")
    lines = _first(list(ranked[: MOST_LINES + 1]))
    return Card(
        site=settings.SITE_NAME,
        title=_set(f"{release.title} {release.year}"),
        kicker=_published(release),
        lines=tuple(Line(_mark(unit), _set(unit.name), _set(unit.city)) for unit in lines),
        foot=f"{schools_ranked(release.ranked_count, _lang())}, {_version(release)}",
    )


def _first(units: Sequence[ReleaseUnit]) -> list[ReleaseUnit]:
    """As many as there is room for, none of which shares a place with one that is left out."""
    kept: list[ReleaseUnit] = []
    for _rank, group in groupby(units, key=lambda unit: unit.rank):
        sharing = list(group)
        if len(kept) + len(sharing) > MOST_LINES:
            break
        kept += sharing
    return kept


def unit_card(release: Release, unit: ReleaseUnit, at: datetime) -> Card:
    """A school in a release: its place, its distinctions, its ranks over the editions."""
    facts, lang = Facts(release, at), _lang()
    stops = tuple(_stops([*facts.held.earlier.values(), facts.held.current], unit.slug)) if unit.rank else ()
    told = [fact.phrase(lang) for fact in facts.of_unit(unit.slug) if fact.distinction]
    apart = any(stop.apart for stop in stops)
    return Card(
        site=settings.SITE_NAME,
        title=_set(unit.name),
        kicker=_set(f"{release.title} {release.year}"),
        lead=_set(_where(unit)),
        mark=_whole_mark(release, unit),
        marked=True,
        notes=tuple(told) if unit.rank else (_set(unit.unranked),),
        stops=stops,
        foot=_("En pointillé : la méthode a changé, ou le rang est repris de l’imprimé.") if apart else _every_value(),
    )


def article_card(article: Article) -> Card:
    """An article, with the place of the school its figures name first."""
    release = article.release
    slug = next((fact["unit"] for fact in article.facts if fact["token"] == f"rang:{fact['unit']}"), "")
    unit = release.units.filter(slug=slug, rank__isnull=False).first() if slug else None
    said = {"title": release.title, "year": release.year, "number": release.number}
    return Card(
        site=settings.SITE_NAME,
        title=_set(article.title),
        kicker=", ".join(part for part in (capfirst(article.get_genre_display()), _day(article.publish_at)) if part),
        lead=_set(article.summary),
        mark=_whole_mark(release, unit) if unit else Mark(str(release.year)),
        foot=_set(_("Chiffres : %(title)s %(year)s, version %(number)s") % said),
    )


def _stops(standings: Sequence[Standings], slug: str) -> Iterator[Stop]:
    """Its rank in each edition that ranks it."""
    lang = _lang()
    ranked = [each for each in standings if each.rank(slug)]
    pairs = {after.year: (before.release, after.release) for before, after in pairwise(ranked)}
    for each in ranked:
        rank = each.rank(slug) or 0
        apart = each.year in pairs and bool(changes(pairs[each.year], lang))
        yield Stop(each.year, rank, ordinal(rank, lang), apart)


def _mark(unit: ReleaseUnit) -> Mark:
    digits, letters = ordinal_parts(unit.rank or 0, _lang())
    return Mark(digits, letters, (tie_words(_lang()),) if unit.tied else ())


def _whole_mark(release: Release, unit: ReleaseUnit) -> Mark:
    if not unit.rank:
        return Mark("", below=(_("Non classée"),))
    mark, among = _mark(unit), schools_ranked(release.ranked_count, _lang())
    return Mark(mark.figure, mark.raised, (*mark.below, _("sur %(schools)s") % {"schools": among}))


def _where(unit: ReleaseUnit) -> str:
    if unit.city and unit.region and unit.city != unit.region:
        return f"{unit.city} ({unit.region})"
    return unit.city or unit.region


def _published(release: Release) -> str:
    said = {"year": release.year, "day": _day(release.publish_at)}
    return _("Édition %(year)s, publiée le %(day)s") % said


def _version(release: Release) -> str:
    if release.number == 1:
        return _("version %(number)s") % {"number": release.number}
    return _("version %(number)s, corrigée") % {"number": release.number}


def _every_value() -> str:
    return _("Chaque valeur mène à la cellule d’où elle vient.")


def _day(at: datetime | None) -> str:
    return date_words(at, _lang()) if at else ""


def _set(text: str) -> str:
    return typeset(text, _lang())


def _lang() -> str:
    return "en" if get_language() == "en" else "fr"
