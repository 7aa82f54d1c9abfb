"""Fill an empty base with the demonstration."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from editorial.demo.cast import CAST, PASSWORD
from editorial.demo.collector import seldom_collecting
from editorial.demo.generator.roster import HERO
from editorial.demo.story import COMPUTED, SLUG, Story
from editorial.demo.work import YEAR as IN_PREPARATION
from editorial.roles import DATA_CELL, EDITOR_IN_CHIEF, JOURNALIST, LABELS, VERIFIER
from rankings.models import Ranking, Release
from schools.models import ValueRevision

NEWEST = max(COMPUTED)
# Path → what is seen there.
_PUBLIC = {
    "/": "l’accueil : l’édition en cours, ce qui a bougé, les communiqués",
    f"/{SLUG}/{NEWEST}/": "le classement, ses filtres, ses ex aequo, ses écoles sans rang",
    f"/{SLUG}/{NEWEST}/ecoles/{HERO}/": "une école qui progresse à chaque édition",
    f"/{SLUG}/{NEWEST}/methode/": "la méthode, critère par critère, et de quoi refaire le calcul",
    f"/en/{SLUG}/{NEWEST}/": "le même classement, en anglais",
    f"/{SLUG}/{NEWEST}/donnees/": "les mêmes chiffres en fichiers, avec leurs empreintes",
    "/api/": "l’API, adresse par adresse",
}
# Role → what its people find on their desks.
_WAITING = {
    DATA_CELL: f"l’édition {IN_PREPARATION} à préparer, un import arrêté par une cellule impossible",
    VERIFIER: "les réponses d’une région à vérifier, des anomalies, deux chiffres pour une même case",
    JOURNALIST: "un brouillon, un article renvoyé, un autre qui attend sa relecture",
    EDITOR_IN_CHIEF: f"un article à relire, et ce qui bloque encore l’édition {IN_PREPARATION}",
}


class Command(BaseCommand):
    """Plays the demonstration's story once; the second time it only says where to look."""

    help = "Fill an empty base with the demonstration, then print the addresses and the accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="the port in the addresses that are printed")
        parser.add_argument("--migrate", action="store_true", help="make the tables first, or bring them up to date")

    def handle(self, *args: object, port: int, migrate: bool, **options: object) -> str:
        if settings.PRODUCTION:
            raise CommandError("The demonstration has accounts with a known password: never in production.")
        if migrate:
            call_command("migrate", verbosity=0)
        if not Ranking.objects.filter(slug=SLUG).exists():
            if ValueRevision.objects.exists():
                raise CommandError("This base already holds values of its own. `make reset` empties it.")
            # All or nothing: an interrupted demonstration leaves an empty base, to begin again.
            with seldom_collecting(), transaction.atomic():
                Story(timezone.now(), self._tell).play()
        return self._directions(f"http://127.0.0.1:{port}")

    def _tell(self, step: str) -> None:
        self.stderr.write(f"  {step}…")

    def _directions(self, base_url: str) -> str:
        widest = max(len(path) for path in _PUBLIC)
        lines = ["", *(f"{base_url}{path:<{widest}}  {seen}" for path, seen in _PUBLIC.items())]
        lines += ["", f"{base_url}/redaction/  la rédaction. Mot de passe de tous les comptes : {PASSWORD}"]
        for role, waiting in _WAITING.items():
            logins = ", ".join(person.login for person in CAST if person.role == role)
            lines.append(f"  {logins:<14} {LABELS[role]!s:<19} {waiting}")
        lines += ["", "Les écoles, leurs villes et leurs chiffres sont inventés. Empreintes des éditions :"]
        releases = Release.objects.filter(ranking_slug=SLUG, sealed_at__isnull=False).order_by("year", "number")
        lines += [f"  {release.year}, version {release.number}  {release.digest}" for release in releases]
        return "\n".join(lines)
