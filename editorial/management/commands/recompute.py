"""Compute an edition again and compare digests."""

from argparse import ArgumentParser
from collections.abc import Iterator
from fractions import Fraction

from django.core.management.base import BaseCommand, CommandError

from rankings.compute import Computation, compute
from rankings.engine import Absence, Leaf, Row, Value
from rankings.engine.exact import decimal_text, exact_text
from rankings.models import Edition, Release
from rankings.printed import read_print


class Command(BaseCommand):
    """Writes nothing: says whether the base still gives the digest of the latest release."""

    help = "Compute an edition again from the base and compare its digest with the latest release."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ranking", help="the ranking's slug")
        parser.add_argument("year", type=int)
        parser.add_argument(
            "--unit", default="", metavar="SLUG", help="show also how each criterion of a school comes out"
        )

    def handle(self, *args: object, ranking: str, year: int, unit: str = "", **options: object) -> str:
        try:
            edition = Edition.objects.get(ranking__slug=ranking, year=year)
            release = edition.releases.latest("number")
        except (Edition.DoesNotExist, Release.DoesNotExist) as error:
            raise CommandError(f"No computed edition {year} of {ranking!r}.") from error
        if edition.archival:
            return self._archive(edition, release)
        computation = compute(edition)
        for line in criteria(computation, unit) if unit else ():
            self.stdout.write(line)
        digest = computation.digest
        if digest != release.digest:
            raise CommandError(f"The base gives {digest}, release {release.number} says {release.digest}.")
        return f"{digest}: the same as release {release.number}."

    def _archive(self, edition: Edition, release: Release) -> str:
        """An archive has no values to compute from: only that its places are still those entered can be said."""
        try:
            digest = read_print(edition).digest
        except ValueError as error:
            raise CommandError(f"Edition {edition.year} is archival, and none of its places is there.") from error
        if digest != release.digest:
            raise CommandError(f"The places entered give {digest}, release {release.number} says {release.digest}.")
        return (
            f"Edition {edition.year} is archival: its ranks are those of a print and cannot be computed again. "
            f"{digest}: its places are those of release {release.number}."
        )


def criteria(computation: Computation, unit: str) -> Iterator[str]:
    """One line a criterion: what its scale was given, from which figures, and the points it brought.

    Raises CommandError when the edition has no such unit.
    """
    row = next((row for row in computation.result.rows if row.unit == unit), None)
    if row is None:
        raise CommandError(f"No school {unit!r} in this edition.")
    for leaf in computation.method.leaves:
        got = row.points[leaf.key]
        points = "left out" if got.points is None else f"{decimal_text(got.points)} of {decimal_text(got.out_of)}"
        added = " (bonus)" if leaf.bonus else ""
        yield f"{leaf.key}: {_text(got.value)}{_formula(leaf, row)}: {points}{added}"


def _formula(leaf: Leaf, row: Row) -> str:
    if leaf.quotient is None:
        return ""
    above, *below = [f"{_text(row.inputs[code])} ({code})" for code in leaf.indicators]
    divisor = below[0] if len(below) == 1 else f"({' + '.join(below)})"
    times = "" if leaf.quotient.multiply == 1 else f" × {decimal_text(leaf.quotient.multiply)}"
    return f" = {above} ÷ {divisor}{times}"


def _text(value: Value | None) -> str:
    if value is None:
        return Absence.MISSING.value
    return value.value if isinstance(value, Absence) else exact_text(Fraction(value))
