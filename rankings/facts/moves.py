"""How a school moved from one edition to another."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rankings.facts.fact import Fact, Refusal, Subject, Words, untrue
from rankings.facts.holdings import Holdings, Standings, unheld
from rankings.facts.places import schools_ranked
from rankings.facts.scales import changes
from rankings.models import ReleaseUnit
from schools.typography import number, ordinal, rank_words

# « Du top 30 au top 20 » is said in bands of ten, down to this one (Method § 11.3).
BAND, LAST_BAND = 10, 100
# A progression or a best rank is a distinction over so many editions or more (Method § 11.3).
LEAST_EDITIONS = 3


@dataclass(frozen=True)
class Move:
    """A school ranked in two editions; `gained` places: below zero when it lost some."""

    unit: ReleaseUnit
    before: int
    after: int

    @property
    def gained(self) -> int:
        return self.before - self.after


def moves(held: Holdings) -> list[Move]:
    """Every school ranked here and in the edition of the year before, the greatest gain first; none without it."""
    previous = held.earlier.get(held.release.year - 1)
    if previous is None:
        return []
    pairs = ((unit, previous.rank(unit.slug), unit.rank) for unit in held.ranked)
    found = [Move(unit, before, after) for unit, before, after in pairs if before and after]
    return sorted(found, key=lambda move: (-move.gained, move.after, move.unit.slug))


def _from(held: Holdings, subject: Subject, year: int) -> Standings | Refusal:
    """The edition of this year, when it and this one rank the school; else why not."""
    if year >= held.release.year:
        return untrue(
            lambda _language: _("Il faut une édition antérieure à celle de %(year)s.") % {"year": held.release.year}
        )
    standings = held.standings(year)
    if standings is None:
        return held.current.why_no_rank(subject.slug) or unheld(year)
    return held.current.why_no_rank(subject.slug) or standings.why_no_rank(subject.slug) or standings


def _beside(standings: Sequence[Standings], language: str) -> dict[str, Any]:
    """What to know beside a fact that rests on these editions: those corrected since, and what the method became."""
    return {
        "note": " ".join(filter(None, (each.caveat() for each in standings))),
        "method": changes([each.release for each in standings], language),
    }


def _held_since(held: Holdings, year: int) -> list[Standings]:
    """The editions from this year on that can be read, this one last."""
    return [*(each for each in held.earlier.values() if each.year >= year), held.current]


def _counts(first: Standings, last: Standings, language: str) -> str:
    """« 164 écoles classées en 2018, 169 en 2023 »."""
    return _("%(schools)s en %(first)s, %(count)s en %(last)s") % {
        "schools": schools_ranked(first.release.ranked_count, language),
        "first": first.year,
        "count": number(last.release.ranked_count, 0, language),
        "last": last.year,
    }


def gain(held: Holdings, subject: Subject, year: str) -> Fact:
    """`gain:ECOLE:2018`, and `gain:ECOLE` since the year before: the places gained, below zero when lost."""
    since = int(year) if year else held.release.year - 1
    first = _from(held, subject, since)
    if isinstance(first, Refusal):
        return subject.unless(first)
    before, after = first.places[subject.slug], held.current.places[subject.slug]
    gained = (before.rank or 0) - (after.rank or 0)

    def words(language: str) -> Words:
        return Words(
            figure=number(gained, 0, language),
            phrase=_moved(gained)
            % {
                "places": number(abs(gained), 0, language),
                "year": first.year,
                "before": rank_words(before.rank or 0, before.tied, language),
                "after": rank_words(after.rank or 0, after.tied, language),
            },
            definition=_("La différence entre les deux rangs, quel que soit le nombre d’écoles classées."),
            denominator=_counts(first, held.current, language),
            **_beside(_held_since(held, first.year), language),
        )

    return subject.so(words, editions=[first.release, held.release])


def _moved(gained: int) -> str:
    if not gained:
        return _("Le même rang que dans l’édition %(year)s, %(after)s")
    if gained > 0:
        return ngettext(
            "%(places)s place gagnée depuis l’édition %(year)s, de la %(before)s à la %(after)s",
            "%(places)s places gagnées depuis l’édition %(year)s, de la %(before)s à la %(after)s",
            gained,
        )
    return ngettext(
        "%(places)s place perdue depuis l’édition %(year)s, de la %(before)s à la %(after)s",
        "%(places)s places perdues depuis l’édition %(year)s, de la %(before)s à la %(after)s",
        -gained,
    )


def band(rank: int) -> int | None:
    """The top a rank is in, by tens: 20 for the 11th to the 20th; None beyond the last.

    >>> [band(rank) for rank in (1, 10, 11, 20, 21, 100, 101)]
    [10, 10, 20, 20, 30, 100, None]
    """
    found = -(-rank // BAND) * BAND
    return found if found <= LAST_BAND else None


def top(held: Holdings, subject: Subject, _argument: str) -> Fact:
    """`top:ECOLE`: « du top 30 au top 20 », from the edition of the year before to this one."""
    first = _from(held, subject, held.release.year - 1)
    if isinstance(first, Refusal):
        return subject.unless(first)
    before, after = first.rank(subject.slug) or 0, held.current.rank(subject.slug) or 0
    old, new = band(before), band(after)
    if old is None or new is None or new >= old:
        return subject.unless(untrue(lambda language: _same_band(first, before, after, language)))

    def words(language: str) -> Words:
        figure = _("du top %(old)s au top %(new)s") % {"old": old, "new": new}
        return Words(
            figure=figure,
            phrase=_("Passée %(bands)s depuis l’édition %(year)s") % {"bands": figure, "year": first.year},
            definition=_(
                "Un top va par dizaines de rangs : le top %(old)s du %(old_first)s au %(old)s, le top %(new)s du "
                "%(new_first)s au %(new)s. Elle était %(before)s en %(year)s, elle est %(after)s en %(now)s."
            )
            % {
                "old": old,
                "new": new,
                "old_first": old - BAND + 1,
                "new_first": new - BAND + 1,
                "before": rank_words(before, first.places[subject.slug].tied, language),
                "after": rank_words(after, held.current.places[subject.slug].tied, language),
                "year": first.year,
                "now": held.release.year,
            },
            denominator=_counts(first, held.current, language),
            **_beside([first, held.current], language),
        )

    return subject.so(words, editions=[first.release, held.release], distinction=True)


def _same_band(first: Standings, before: int, after: int, language: str) -> str:
    return _("Elle ne passe pas à un meilleur top : %(before)s en %(year)s, %(after)s à présent.") % {
        "before": ordinal(before, language),
        "year": first.year,
        "after": ordinal(after, language),
    }


def progression(held: Holdings, subject: Subject, year: str) -> Fact:
    """`progression:ECOLE:2018`: a strictly better rank at every edition since; without year, since the longest run.

    Unknown as long as one edition in between, or the school's place in it, is.
    """
    run = _run(held, subject.slug) if not year else held.since(int(year))
    if isinstance(run, Refusal):
        return subject.unless(held.current.why_no_rank(subject.slug) or run)
    refusal = _why_not_better(run, subject.slug)
    if refusal:
        return subject.unless(refusal)

    def words(language: str) -> Words:
        since = {"year": run[0].year}
        places = [rank_words(each.rank(subject.slug) or 0, each.places[subject.slug].tied, language) for each in run]
        return Words(
            figure=_("à chaque édition depuis %(year)s") % since,
            phrase=_("En progression à chaque édition depuis %(year)s : %(places)s")
            % (since | {"places": ", ".join(places)}),
            definition=_("Un rang strictement meilleur à chaque édition que dans celle de l’année d’avant."),
            denominator=_("%(count)s éditions, de %(first)s à %(last)s")
            % {"count": len(run), "first": run[0].year, "last": run[-1].year},
            **_beside(run, language),
        )

    return subject.so(
        words, editions=[each.release for each in run], distinction=not year and len(run) >= LEAST_EDITIONS
    )


def _run(held: Holdings, slug: str) -> list[Standings] | Refusal:
    """The longest row of editions, year after year up to this one, each ranking the school better than the last."""
    run = [held.current]
    while (before := held.earlier.get(run[0].year - 1)) is not None and not _why_not_better([before, *run[:1]], slug):
        run.insert(0, before)
    return run if len(run) > 1 else held.since(held.release.year - 1)


def _why_not_better(run: Sequence[Standings], slug: str) -> Refusal | None:
    for each in run:
        if refusal := each.why_no_rank(slug):
            return refusal
    for before, after in pairwise(run):
        old, new = before.rank(slug) or 0, after.rank(slug) or 0
        if new >= old:
            return untrue(partial(_no_better, before, after, slug))
    return None if len(run) > 1 else untrue(lambda _language: _("Il faut au moins deux éditions."))


def _no_better(before: Standings, after: Standings, slug: str, language: str) -> str:
    return _("Pas de progression de %(before)s à %(after)s : %(old)s, puis %(new)s.") % {
        "before": before.year,
        "after": after.year,
        "old": ordinal(before.rank(slug) or 0, language),
        "new": ordinal(after.rank(slug) or 0, language),
    }


def record(held: Holdings, subject: Subject, _argument: str) -> Fact:
    """`record:ECOLE`: its best rank since the first edition that can be read; unknown while a year is missing."""
    if refusal := held.current.why_no_rank(subject.slug):
        return subject.unless(refusal)
    years = held.since(min(held.earlier, default=held.release.year - 1))
    if isinstance(years, Refusal):
        return subject.unless(years)
    past = years[:-1]
    for each in past:
        refusal = None if each.rank(subject.slug) or each.complete else each.why_no_rank(subject.slug)
        if refusal:
            return subject.unless(refusal)
    now, then = held.current.rank(subject.slug) or 0, [each for each in past if each.rank(subject.slug)]
    best = min(then, key=lambda each: each.rank(subject.slug) or 0, default=None)
    if best is None or (best.rank(subject.slug) or 0) < now:
        return subject.unless(untrue(lambda language: _no_record(best, subject.slug, language)))
    return _best(held, subject, years, equal=(best if best.rank(subject.slug) == now else None))


def _no_record(best: Standings | None, slug: str, language: str) -> str:
    if best is None:
        return _("Elle n’était classée dans aucune édition antérieure.")
    return _("Elle a été mieux classée : %(rank)s en %(year)s.") % {
        "rank": ordinal(best.rank(slug) or 0, language),
        "year": best.year,
    }


def _best(held: Holdings, subject: Subject, years: Sequence[Standings], *, equal: Standings | None) -> Fact:
    def words(language: str) -> Words:
        place = held.current.places[subject.slug]
        figure = rank_words(place.rank or 0, place.tied, language)
        phrase = (
            _("Son meilleur rang depuis l’édition %(year)s, déjà atteint en %(equal)s")
            if equal
            else _("Son meilleur rang depuis l’édition %(year)s")
        )
        return Words(
            figure=figure,
            phrase=phrase % {"year": years[0].year, "equal": equal.year if equal else ""},
            definition=_("Aucun rang meilleur dans les éditions de ces années-là."),
            denominator=_("%(count)s éditions, de %(first)s à %(last)s")
            % {"count": len(years), "first": years[0].year, "last": years[-1].year},
            **_beside(years, language),
        )

    ranked = sum(bool(each.rank(subject.slug)) for each in years)
    distinction = equal is None and ranked >= LEAST_EDITIONS
    return subject.so(words, editions=[each.release for each in years], distinction=distinction)
