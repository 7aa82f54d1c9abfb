"""Releases small enough to be counted on fingers, with the facts drawn from them; no database."""

from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256

from rankings.facts import Facts
from rankings.facts.holdings import Place, Standings
from rankings.models import Release, ReleaseNode, ReleaseUnit
from tests.methods import METHOD

YEAR = 2026
type Given = int | tuple[int, bool] | None


def printed(facts: Facts) -> Facts:
    """The same, its places taken from a print."""
    facts.release.archival, facts.release.method_text = True, ""
    return facts


def release(count: int, year: int = YEAR, method_text: str = METHOD, number: int = 1) -> Release:
    digest = sha256(method_text.encode()).hexdigest()
    told = {"ranked_count": count, "method_text": method_text, "method_digest": digest}
    return Release(year=year, number=number, archival=not method_text, **told)


def facts_of(*ranks: int | None, count: int | None = None, method_text: str = METHOD, **shared: object) -> Facts:
    """A release whose schools are « ecole-1 », « ecole-2 »… with these ranks, all in one region and sector.

    `count`: how many were ranked, when it holds fewer.
    """
    ranked = sum(rank is not None for rank in ranks)
    facts = Facts(release(ranked if count is None else count, method_text=method_text))
    units = [
        ReleaseUnit(
            pk=number,
            slug=f"ecole-{number}",
            name=f"École {number}",
            rank=rank,
            tied=rank is not None and ranks.count(rank) > 1,
            score="7.5" if rank else "",
            unranked_fr="" if rank else "Trop peu de valeurs.",
            unranked_en="" if rank else "Too few values.",
            **{"region": "Occitanie", "sector": "public", "entry": "post_bac", "duration_years": 5} | shared,
        )
        for number, rank in enumerate(ranks, start=1)
    ]
    held = vars(facts.held)
    held["units"] = {unit.slug: unit for unit in units}
    held["earlier"], held["families"] = {}, []
    return facts


def with_edition(
    facts: Facts, year: int, places: Mapping[str, Given], *, count: int | None = None, **said: object
) -> Facts:
    """The same with an earlier edition, that holds these places; `count`: how many were ranked, when more."""
    known = {slug: given if isinstance(given, tuple) else (given, False) for slug, given in places.items()}
    reasons = {"fr": "Elle n’a pas répondu.", "en": "It did not answer."}
    rows = {slug: Place(rank, tied, {} if rank else reasons) for slug, (rank, tied) in known.items()}
    ranked = sum(rank is not None for rank, _tied in known.values())
    replaced = bool(said.pop("replaced", False))
    standings = Standings(release(ranked if count is None else count, year, **said), rows, replaced)
    earlier = vars(facts.held)["earlier"] | {year: standings}
    vars(facts.held)["earlier"] = dict(sorted(earlier.items()))
    return facts


def with_family(facts: Facts, key: str, points: Mapping[str, str], out_of: str = "30") -> Facts:
    """The same with a family in which these schools have points."""
    held = vars(facts.held)
    title = key.capitalize()
    node = ReleaseNode(pk=len(held["families"]) + 1, key=key, title_fr=title, title_en=title, out_of=out_of)
    held["families"] = [*held["families"], node]
    given = {facts.held.units[slug].pk: Decimal(figure) for slug, figure in points.items()}
    held.setdefault("family_points", {})[node.pk] = given
    return facts
