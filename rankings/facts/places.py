"""Where a school stands in one edition: its rank, its score, its share of the ranking, its place in a group."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from rankings.engine.exact import shown_decimal
from rankings.facts.fact import Fact, Refusal, Subject, Words, unknown, untrue
from rankings.facts.holdings import Holdings, unheld
from rankings.models import Release, ReleaseUnit
from schools.models import Entry, Sector
from schools.typography import number, percent, rank_words

# « Parmi les n % » is said for these shares only, the smallest that holds (Method § 11.1).
TOP_SHARES = (5, 10, 25)
# A place is a distinction among the first three of a group of three or more (Method § 11.2).
FIRST_OF_GROUP = 3
LEAST_OF_GROUP = 3


def schools_ranked(count: int, language: str) -> str:
    """« 169 écoles classées »."""
    return ngettext("%(count)s école classée", "%(count)s écoles classées", count) % {
        "count": number(count, 0, language)
    }


def division(share: Fraction, part: int, whole: str, language: str) -> str:
    """« 16 ÷ 169 écoles classées, soit 9,5 % »: the division and its outcome, to one decimal."""
    return _("%(part)s ÷ %(whole)s, soit %(share)s") % {
        "part": number(part, 0, language),
        "whole": whole,
        "share": percent(shown_decimal(share * 100), 1, language),
    }


def rank(held: Holdings, subject: Subject, year: str) -> Fact:
    """`rang:ECOLE`, and `rang:ECOLE:2018` for an earlier edition."""
    asked = int(year) if year else held.release.year
    standings = held.standings(asked)
    refusal = unheld(asked) if standings is None else standings.why_no_rank(subject.slug)
    if refusal or standings is None:
        return subject.unless(refusal or unheld(asked))
    place, release = standings.places[subject.slug], standings.release

    def words(language: str) -> Words:
        figure = rank_words(place.rank or 0, place.tied, language)
        count = number(release.ranked_count, 0, language)
        phrase = (
            _("%(rank)s sur %(count)s écoles classées")
            if release == held.release
            else _("%(rank)s sur %(count)s écoles classées dans l’édition %(year)s")
        )
        return Words(
            figure=figure,
            phrase=phrase % {"rank": figure, "count": count, "year": release.year},
            definition=_(
                "Le rang est un de plus que le nombre d’écoles mieux classées ; à score égal, le rang est le même, "
                "ex aequo."
            ),
            denominator=schools_ranked(release.ranked_count, language),
            note=" ".join(filter(None, [_printed(release), standings.caveat()])),
        )

    return subject.so(words, editions=[release])


def _printed(release: Release) -> str:
    return _("Rang repris de l’imprimé, que rien ne permet de recalculer.") if release.archival else ""


def score(held: Holdings, subject: Subject, _argument: str) -> Fact:
    """`score:ECOLE`."""
    unit = held.units.get(subject.slug)
    refusal = held.current.why_no_rank(subject.slug)
    if refusal or unit is None or not unit.score:
        return subject.unless(refusal or unknown(lambda _language: _("L’imprimé ne donne pas ses points.")))
    scale = held.scale

    def words(language: str) -> Words:
        figure = number(unit.score, None, language)
        out_of = number(scale.out_of, None, language) if scale else _printed_out_of(held, language)
        phrase = _("%(points)s points sur %(out_of)s") if out_of else _("%(points)s points")
        bonus = scale.bonus if scale else None
        if bonus:
            phrase = ngettext(
                "%(points)s points sur %(out_of)s, bonus compris (%(bonus)s point au plus)",
                "%(points)s points sur %(out_of)s, bonus compris (%(bonus)s points au plus)",
                int(bonus),
            )
        bonus_words = number(bonus, None, language) if bonus else ""
        return Words(
            figure=figure,
            phrase=phrase % {"points": figure, "out_of": out_of, "bonus": bonus_words},
            definition=_("La somme, ou la moyenne, des points de ses critères, comme la méthode le dit."),
            denominator=_("sur %(out_of)s points") % {"out_of": out_of} if out_of else "",
        )

    return subject.so(words, editions=[held.release])


def _printed_out_of(held: Holdings, language: str) -> str:
    return number(held.release.out_of, None, language) if held.release.out_of else ""


def top_share(held: Holdings, subject: Subject, _argument: str) -> Fact:
    """`parmi:ECOLE`: the smallest of TOP_SHARES that holds its rank divided by the number ranked, exactly."""
    refusal = held.current.why_no_rank(subject.slug)
    if refusal:
        return subject.unless(refusal)
    place, count = held.current.rank(subject.slug) or 0, held.release.ranked_count
    ratio = Fraction(place, count)
    share = next((share for share in TOP_SHARES if ratio * 100 <= share), None)
    if share is None:
        return subject.unless(untrue(lambda language: _beyond(ratio, place, count, language)))

    def words(language: str) -> Words:
        figure = percent(share, 0, language)
        return Words(
            figure=figure,
            phrase=_("Parmi les %s d’écoles les mieux classées") % figure,
            definition=_("Le rang, divisé par le nombre d’écoles classées, est d’au plus %s.") % figure,
            denominator=division(ratio, place, schools_ranked(count, language), language),
        )

    return subject.so(words, editions=[held.release], distinction=True)


def _beyond(ratio: Fraction, place: int, count: int, language: str) -> str:
    return _("Son rang n’est pas dans les %(share)s : %(division)s.") % {
        "share": percent(TOP_SHARES[-1], 0, language),
        "division": division(ratio, place, schools_ranked(count, language), language),
    }


@dataclass(frozen=True)
class Group:
    """Schools that share something: `field` of a row; how a place among them, and their number, are said."""

    field: str
    place: str
    ranked: str
    unranked: str
    unsaid: str
    words: Callable[[str], str]


GROUPS: Mapping[str, Group] = {
    "region": Group(
        "region",
        gettext_noop("%(rank)s de la région %(group)s"),
        gettext_noop("%(schools)s de la région %(group)s"),
        gettext_noop("Non classées dans la région : %(names)s."),
        gettext_noop("Sa région n’est pas connue dans cette édition."),
        str,
    ),
    "statut": Group(
        "sector",
        gettext_noop("%(rank)s des écoles de statut « %(group)s »"),
        gettext_noop("%(schools)s de statut « %(group)s »"),
        gettext_noop("Non classées, du même statut : %(names)s."),
        gettext_noop("Son statut n’est pas connu dans cette édition."),
        lambda value: str(Sector(value).label),
    ),
    "entree": Group(
        "entry",
        gettext_noop("%(rank)s des écoles où l’on entre %(group)s"),
        gettext_noop("%(schools)s où l’on entre %(group)s"),
        gettext_noop("Non classées, que l’on rejoint de même : %(names)s."),
        gettext_noop("Son entrée, après le bac ou après une prépa, n’est pas connue dans cette édition."),
        lambda value: str(Entry(value).label),
    ),
    "duree": Group(
        "duration_years",
        gettext_noop("%(rank)s des écoles en %(group)s ans"),
        gettext_noop("%(schools)s en %(group)s ans"),
        gettext_noop("Non classées, de même durée : %(names)s."),
        gettext_noop("La durée de ses études n’est pas connue dans cette édition."),
        str,
    ),
}


def in_group(held: Holdings, subject: Subject, kind: str) -> Fact:
    """`region:ECOLE`, `statut:ECOLE`…: its place among the ranked schools of its group."""
    group, unit = GROUPS[kind], held.units.get(subject.slug)
    refusal = held.current.why_no_rank(subject.slug) or _why_no_group(held, group, unit)
    if refusal or unit is None:
        return subject.unless(refusal or unheld(held.release.year))
    value = getattr(unit, group.field)
    peers = [peer for peer in held.ranked if getattr(peer, group.field) == value]
    place = 1 + sum(_rank(peer) < _rank(unit) for peer in peers)
    tied = sum(_rank(peer) == _rank(unit) for peer in peers) > 1
    rivals = [
        other.name for other in held.units.values() if other.rank is None and getattr(other, group.field) == value
    ]

    def words(language: str) -> Words:
        figure, group_words = rank_words(place, tied, language), group.words(value)
        schools = schools_ranked(len(peers), language)
        return Words(
            figure=figure,
            phrase=_(group.place) % {"rank": figure, "group": group_words},
            definition=_(
                "Sa place parmi les écoles classées de ce groupe, dans l’ordre du classement général ; à rang égal, "
                "ex aequo."
            ),
            denominator=_(group.ranked) % {"schools": schools, "group": group_words},
            note=_rivals(held, group, rivals),
        )

    distinction = place <= FIRST_OF_GROUP and len(peers) >= LEAST_OF_GROUP
    return subject.so(words, editions=[held.release], distinction=distinction)


def _rivals(held: Holdings, group: Group, names: Sequence[str]) -> str:
    if held.release.archival:
        return _("L’imprimé ne dit pas quelles écoles n’étaient pas classées.")
    return _(group.unranked) % {"names": ", ".join(names)} if names else ""


def _why_no_group(held: Holdings, group: Group, unit: ReleaseUnit | None) -> Refusal | None:
    """Why no place in the group can be told: its other schools are not all known."""
    if unit is None or not getattr(unit, group.field):
        return unknown(lambda _language: _(group.unsaid))
    if not held.current.complete:
        return unknown(lambda language: _incomplete(held, language))
    if unsure := [peer.name for peer in held.ranked if not getattr(peer, group.field) and _rank(peer) <= _rank(unit)]:
        return unknown(
            lambda _language: (
                _("Le groupe d’écoles aussi bien ou mieux classées n’est pas connu : %(names)s.")
                % {"names": ", ".join(unsure)}
            )
        )
    return None


def _incomplete(held: Holdings, language: str) -> str:
    standings = held.current
    return _("Cette édition ne donne que %(held)s des %(count)s places : une autre école peut la devancer.") % {
        "held": number(standings.held, 0, language),
        "count": number(held.release.ranked_count, 0, language),
    }


def _rank(unit: ReleaseUnit) -> int:
    if unit.rank is None:
        raise ValueError(f"{unit.slug} has no rank")
    return unit.rank
