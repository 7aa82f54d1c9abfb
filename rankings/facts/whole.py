"""What can be said of an edition as a whole."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rankings.facts.fact import Fact, Refusal, Subject, Words, unknown, untrue
from rankings.facts.holdings import Holdings, unheld
from rankings.facts.moves import Move, moves
from rankings.facts.places import schools_ranked
from rankings.facts.scales import changes
from schools.typography import number, ordinal


def ranked(held: Holdings, subject: Subject, year: str) -> Fact:
    """`classees`, and `classees:2018` for an earlier edition."""
    asked = int(year) if year else held.release.year
    standings = held.standings(asked)
    if standings is None:
        return subject.unless(unheld(asked))
    release = standings.release

    def words(language: str) -> Words:
        figure = number(release.ranked_count, 0, language)
        phrase = ngettext("%s école est classée", "%s écoles sont classées", release.ranked_count) % figure
        if asked != held.release.year:
            phrase = _("%(schools)s dans l’édition %(year)s") % {
                "schools": schools_ranked(release.ranked_count, language),
                "year": asked,
            }
        return Words(figure, phrase, _("Les écoles qui ont un rang dans l’édition."))

    return subject.so(words, editions=[release])


def unranked(held: Holdings, subject: Subject, _argument: str) -> Fact:
    """`non-classees`."""
    count = held.release.unranked_count

    def words(language: str) -> Words:
        figure = number(count, 0, language)
        phrase = ngettext("%s école n’est pas classée", "%s écoles ne sont pas classées", count) % figure
        return Words(
            figure, phrase, _("Les écoles de l’édition qui n’ont pas de rang ; chacune est citée, avec la raison.")
        )

    return subject.so(words, editions=[held.release])


def year(held: Holdings, subject: Subject, _argument: str) -> Fact:
    """`millesime`."""
    said = str(held.release.year)
    return subject.so(lambda _language: Words(said, _("C’est l’édition %s") % said), editions=[held.release])


def first(held: Holdings, subject: Subject, _argument: str) -> Fact:
    """`premiere`: the school ranked first, or all that are first ex aequo."""
    firsts = [unit for unit in held.ranked if unit.rank == 1]
    names = [unit.name for unit in firsts]
    if not names or (firsts[0].tied and not held.current.complete):
        return subject.unless(unknown(lambda _language: _("La première place de cette édition n’est pas connue ici.")))

    def words(language: str) -> Words:
        figure = _together(names)
        phrase = ngettext("%(names)s est première", "%(names)s sont premières ex aequo", len(names))
        return Words(
            figure,
            phrase % {"names": figure},
            _("L’école dont le rang est 1."),
            schools_ranked(held.release.ranked_count, language),
        )

    return subject.so(words, editions=[held.release])


def rise(held: Holdings, subject: Subject, _argument: str) -> Fact:
    """`hausse`: the school, or those, that gained most places since the edition of the year before."""
    return _greatest(held, subject, places=False)


def rise_places(held: Holdings, subject: Subject, _argument: str) -> Fact:
    """`hausse-places`: how many places it gained."""
    return _greatest(held, subject, places=True)


def _greatest(held: Holdings, subject: Subject, *, places: bool) -> Fact:
    found = _rises(held)
    if isinstance(found, Refusal):
        return subject.unless(found)
    best, before = found[0].gained, held.earlier[held.release.year - 1]
    names = [move.unit.name for move in found]

    def words(language: str) -> Words:
        figures = {"names": _together(names), "places": number(best, 0, language)}
        phrase = ngettext(
            "La plus forte hausse depuis l’édition %(year)s, %(places)s place : %(names)s",
            "La plus forte hausse depuis l’édition %(year)s, %(places)s places : %(names)s",
            best,
        )
        ranks = (
            f"{move.unit.name} ({ordinal(move.before, language)} → {ordinal(move.after, language)})" for move in found
        )
        return Words(
            figure=figures["places" if places else "names"],
            phrase=phrase % (figures | {"year": str(before.year)}),
            definition=_("La différence entre les deux rangs, parmi les écoles classées dans les deux éditions."),
            denominator=_("%(schools)s dans les deux éditions")
            % {"schools": schools_ranked(len(moves(held)), language)},
            note=" ".join(filter(None, (", ".join(ranks) + ".", before.caveat()))),
            method=changes([before.release, held.release], language),
        )

    return subject.so(words, editions=[before.release, held.release])


def _rises(held: Holdings) -> list[Move] | Refusal:
    """The schools that gained most; or why none can be named."""
    before = held.earlier.get(held.release.year - 1)
    if before is None:
        return unheld(held.release.year - 1)
    if not (before.complete and held.current.complete):
        return unknown(lambda _language: _("L’une des deux éditions n’est connue qu’en partie ici."))
    found = moves(held)
    best = found[0].gained if found else 0
    if best <= 0:
        return untrue(lambda _language: _("Aucune école n’a gagné de place depuis l’édition d’avant."))
    return [move for move in found if move.gained == best]


def _together(names: list[str]) -> str:
    *most, last = names
    return _("%(first)s et %(last)s") % {"first": ", ".join(most), "last": last} if most else last
