"""Fill an empty base with the demonstration."""

from argparse import ArgumentParser
from collections.abc import Iterable

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from editorial.demo.cast import CAST, PASSWORD
from editorial.demo.story import SLUG, YEAR, Story
from editorial.roles import LABELS
from rankings.models import Ranking, Release
from schools.models import ValueRevision


class Command(BaseCommand):
    """Plays the demonstration's story once; the second time it only says where to look."""

    help = "Fill an empty base with the demonstration, then print the addresses and the accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="the port in the addresses that are printed")

    def handle(self, *args: object, port: int, **options: object) -> str:
        if settings.PRODUCTION:
            raise CommandError("The demonstration has accounts with a known password: never in production.")
        if not Ranking.objects.filter(slug=SLUG).exists():
            if ValueRevision.objects.exists():
                raise CommandError("This base already holds values of its own. `make reset` empties it.")
            # All or nothing: an interrupted demonstration leaves an empty base, to begin again.
            with transaction.atomic():
                Story(timezone.now(), self._progress).play()
        return self._directions(f"http://127.0.0.1:{port}")

    def _progress(self, items: Iterable[ValueRevision], label: str) -> Iterable[ValueRevision]:
        return tqdm(items, desc=label, unit=" valeurs", file=self.stderr, leave=True)

    def _directions(self, base_url: str) -> str:
        release = Release.objects.filter(ranking_slug=SLUG).order_by("number").first()
        lines = [
            "",
            f"Le site public        {base_url}/",
            f"Le classement         {base_url}/{SLUG}/{YEAR}/",
            f"En anglais            {base_url}/en/{SLUG}/{YEAR}/",
            f"La rédaction          {base_url}/redaction/",
            f"L’administration      {base_url}/redaction/admin/",
            f"L’API                 {base_url}/api/v1/",
            "",
            f"Mot de passe de tous les comptes : {PASSWORD}",
            *(f"  {person.login:<8} {LABELS[person.role]}" for person in CAST),
        ]
        if release:
            lines += ["", f"Empreinte de l’édition {YEAR} : {release.digest}"]
        return "\n".join(lines)
