"""Make the open ranking from the official files, and show the work."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from editorial.actions.editions import computed
from editorial.actions.imports import document_of
from editorial.demo.cast import CAST, PASSWORD
from editorial.demo.collector import seldom_collecting
from editorial.exceptions import Refused
from editorial.open_data import report
from editorial.open_data.datasets import DATASETS
from editorial.open_data.story import SLUG, YEAR, MissingFile, Story, contents_of
from editorial.roles import LABELS
from rankings.models import Release
from schools.importing import FileRefused, MappingRefused
from schools.matching import DecisionsRefused
from schools.models import Unit

# One step a file, and those that follow.
STEPS = len(DATASETS) + 2


class Command(BaseCommand):
    """Plays the whole once; on a base that holds it, records nothing and computes the edition again."""

    help = "Make a real ranking from the ministry's open data (docs/open-data.md), and print what was done."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--data", type=Path, required=True, help="the folder of the official files")
        parser.add_argument("--port", type=int, default=8000, help="the port in the addresses that are printed")

        parser.add_argument("--check", action="store_true", help="only see whether the files are there")

    def handle(self, *args: object, data: Path, port: int, check: bool, **options: object) -> None:
        if settings.PRODUCTION:
            raise CommandError("The accounts of this ranking have a known password: never in production.")
        if check:
            self._check(data)
            return
        base_url = f"http://127.0.0.1:{port}"
        published = Release.objects.filter(ranking_slug=SLUG, year=YEAR).order_by("-number").first()
        if published:
            self._again(published, base_url)
        elif Unit.objects.exists():
            raise CommandError("This base already holds schools of its own: give an empty one.")
        else:
            self._make(data, base_url)
        self.stdout.write(f"Mot de passe de tous les comptes : {PASSWORD}")
        for person in CAST:
            self.stdout.write(f"  {person.login:<8} {LABELS[person.role]}")

    def _check(self, data: Path) -> None:
        try:
            contents_of(data)
        except MissingFile as error:
            raise CommandError(str(error)) from error

    def _make(self, data: Path, base_url: str) -> None:
        with tqdm(total=STEPS, file=self.stderr, bar_format="{n}/{total} {desc}") as bar:

            def step(title: str) -> None:
                bar.set_description_str(title)
                bar.update()

            story = Story(data, timezone.now(), step)
            try:
                # All or nothing: an interrupted run leaves an empty base, to begin again.
                with seldom_collecting(), transaction.atomic():
                    release = story.play()
            except MissingFile as error:
                raise CommandError(str(error)) from error
            except FileRefused as error:
                raise CommandError("\n".join(f"{p.place} : {p.message}" for p in error.problems)) from error
            except (MappingRefused, DecisionsRefused) as error:
                raise CommandError("\n".join(str(problem) for problem in error.problems)) from error
            except Refused as error:
                raise CommandError(error.reason) from error
        self._tell(story, release, base_url)

    def _tell(self, story: Story, release: Release, base_url: str) -> None:
        found = {told.dataset.code: report.anomalies_of(told, document_of(told.batch)) for told in story.told}
        for told in story.told:
            self._lines(report.told_of(told))
            if found[told.dataset.code]:
                self.stdout.write("  Anomalies")
                self._lines(report.anomaly_lines(found[told.dataset.code]))
        self._lines(report.result_lines(release, base_url))
        folder = settings.VAR_DIR / "report"
        report.write_tables(folder, story.told, found, release)
        self.stdout.write(f"Les tables       {folder}/")

    def _again(self, release: Release, base_url: str) -> None:
        digest = computed(release.edition).digest
        if digest != release.digest:
            raise CommandError(f"This base gives {digest} now; what it published is {release.digest}.")
        self.stdout.write("Cette base tient déjà ce palmarès : rien n’est enregistré, et elle redonne son empreinte.")
        self._lines(report.result_lines(release, base_url))

    def _lines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)
