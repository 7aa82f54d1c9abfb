"""In which families a school stands out, by a stated rule (Method § 11.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rankings.facts.fact import Fact, Refusal, Subject, Words, unknown, untrue
from rankings.facts.holdings import Holdings
from rankings.facts.places import division, schools_ranked
from rankings.models import ReleaseNode
from schools.typography import NBSP, is_french, number, percent, rank_words

# The share of schools, in hundredths, among which a school stands out in a family.
TOP_OF_FAMILY = 10


@dataclass(frozen=True)
class FamilyPlace:
    """A ranked school among those that have points in one family, as printed; `others`: those that have as many."""

    node: ReleaseNode
    points: Decimal
    rank: int
    others: int
    count: int

    @property
    def share(self) -> Fraction:
        """Its place there divided by the number of schools."""
        return Fraction(self.rank, self.count)

    @property
    def distinguished(self) -> bool:
        return self.share * 100 <= TOP_OF_FAMILY


def family_places(held: Holdings, slug: str) -> list[FamilyPlace]:
    """Its place in each family where it has points, in the order of the method; none for an unranked school."""
    unit = held.units.get(slug)
    found = []
    for node in held.families if unit is not None and unit.rank is not None else ():
        points = held.family_points[node.pk]
        own = points.get(unit.pk) if unit else None
        if own is not None:
            better = sum(other > own for other in points.values())
            tied = sum(other == own for other in points.values())
            found.append(FamilyPlace(node, own, better + 1, tied - 1, len(points)))
    return found


def _why_none(held: Holdings, slug: str) -> Refusal | None:
    if held.release.archival:
        return unknown(lambda _language: _("Cette édition est reprise de l’imprimé, sans points par famille."))
    return held.current.why_no_rank(slug)


def _place(held: Holdings, slug: str, key: str) -> FamilyPlace | Refusal:
    if refusal := _why_none(held, slug):
        return refusal
    found = {place.node.key: place for place in family_places(held, slug)}
    if key in found:
        return found[key]
    node = next((node for node in held.families if node.key == key), None)
    if node is None:
        return untrue(lambda _language: _("Cette édition n’a pas de famille « %(key)s ».") % {"key": key})
    return untrue(lambda _language: _("Elle n’a pas de points dans « %(family)s ».") % {"family": node.title})


def family(held: Holdings, subject: Subject, key: str) -> Fact:
    """`famille:ECOLE:CLE`: its place on the printed points of one family; a distinction in the top 10 %."""
    place = _place(held, subject.slug, key)
    if isinstance(place, Refusal):
        return subject.unless(place)

    def words(language: str) -> Words:
        figure = rank_words(place.rank, place.others > 0, language)
        said = {"rank": figure, "family": place.node.title} | _points(place, language)
        return Words(
            figure=figure,
            phrase=_("%(rank)s pour « %(family)s », avec %(points)s points sur %(out_of)s") % said,
            definition=_rule(language),
            denominator=_denominator(place, language),
            note=_tied(place, language),
        )

    return subject.so(words, editions=[held.release], distinction=place.distinguished)


def points(held: Holdings, subject: Subject, key: str) -> Fact:
    """`points:ECOLE:CLE`: its points in one family, as printed."""
    place = _place(held, subject.slug, key)
    if isinstance(place, Refusal):
        return subject.unless(place)

    def words(language: str) -> Words:
        said = {"family": place.node.title} | _points(place, language)
        return Words(
            figure=said["points"],
            phrase=_("%(points)s points sur %(out_of)s pour « %(family)s »") % said,
            definition=_("Les points de la famille, comme ils sont imprimés."),
            denominator=_("sur %(out_of)s points") % said,
        )

    return subject.so(words, editions=[held.release])


def families(held: Holdings, subject: Subject, _argument: str) -> Fact:
    """`familles:ECOLE`: the families it stands out in, « surtout » before the one where its share is the smallest."""
    return _standing_out(held, subject, best_only=False)


def best_family(held: Holdings, subject: Subject, _argument: str) -> Fact:
    """`surtout:ECOLE`: of the families it stands out in, that where its share is the smallest."""
    return _standing_out(held, subject, best_only=True)


def _standing_out(held: Holdings, subject: Subject, *, best_only: bool) -> Fact:
    if refusal := _why_none(held, subject.slug):
        return subject.unless(refusal)
    found = [place for place in family_places(held, subject.slug) if place.distinguished]
    if not found:
        return subject.unless(untrue(_nowhere))
    best = [place for place in found if place.share == min(each.share for each in found)]
    others = [place for place in found if place not in best]

    def words(language: str) -> Words:
        above_all = _listed([_quoted(place, language) for place in best])
        figure = (
            above_all
            if best_only or not others
            else _("%(others)s et surtout %(best)s")
            % {
                "others": ", ".join(_quoted(place, language) for place in others),
                "best": above_all,
            }
        )
        shown = best if best_only else found
        return Words(
            figure=figure,
            phrase=_("Se distingue sur %s") % figure,
            definition=_rule(language) + " " + _("« Surtout » : là où cette part est la plus petite."),
            denominator=" ; ".join(
                f"{_quoted(place, language)}{NBSP if is_french(language) else ''}: {_denominator(place, language)}"
                for place in shown
            ),
        )

    return subject.so(words, editions=[held.release])


def _nowhere(language: str) -> str:
    return _("Dans aucune famille elle n’est parmi les %s premiers.") % percent(TOP_OF_FAMILY, 0, language)


def _rule(language: str) -> str:
    return _(
        "Une école se distingue dans une famille quand sa place sur les points imprimés, divisée par le nombre "
        "d’écoles classées qui y ont des points, est d’au plus %s."
    ) % percent(TOP_OF_FAMILY, 0, language)


def _denominator(place: FamilyPlace, language: str) -> str:
    return division(place.share, place.rank, schools_ranked(place.count, language), language)


def _tied(place: FamilyPlace, language: str) -> str:
    if not place.others:
        return ""
    return ngettext(
        "%(count)s autre école classée y a autant de points.",
        "%(count)s autres écoles classées y ont autant de points.",
        place.others,
    ) % {"count": number(place.others, 0, language)}


def _points(place: FamilyPlace, language: str) -> dict[str, str]:
    return {"points": number(place.points, None, language), "out_of": number(place.node.out_of, None, language)}


def _quoted(place: FamilyPlace, language: str) -> str:
    return _("« %(words)s »") % {"words": place.node.title}


def _listed(names: Sequence[str]) -> str:
    """« a, b et c »."""
    *first, last = names
    return _("%(first)s et %(last)s") % {"first": ", ".join(first), "last": last} if first else last
