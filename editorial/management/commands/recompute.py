"""Compute an edition again and compare digests."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from rankings.compute import compute
from rankings.models import Edition, Release


class Command(BaseCommand):
    """Writes nothing: says whether the base still gives the digest of the latest release."""

    help = "Compute an edition again from the base and compare its digest with the latest release."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ranking", help="the ranking's slug")
        parser.add_argument("year", type=int)

    def handle(self, *args: object, ranking: str, year: int, **options: object) -> str:
        try:
            edition = Edition.objects.get(ranking__slug=ranking, year=year)
            release = edition.releases.latest("number")
        except (Edition.DoesNotExist, Release.DoesNotExist) as error:
            raise CommandError(f"No computed edition {year} of {ranking!r}.") from error
        digest = compute(edition).digest
        if digest != release.digest:
            raise CommandError(f"The base gives {digest}, release {release.number} says {release.digest}.")
        return f"{digest}: the same as release {release.number}."
