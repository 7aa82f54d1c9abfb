"""Import a certified file from the shell: the same actions as the desk."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from editorial.actions import imports
from editorial.exceptions import Refused
from editorial.models import User
from schools.import_plan import Plan, UnknownIndicators
from schools.importing import FileRefused, MappingRefused
from schools.models import ImportBatch, Source


class Command(BaseCommand):
    """Shows the preview; records it only with --commit. On any refusal, nothing at all is written."""

    help = "Preview a file through a mapping, and record it with --commit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--mapping", type=Path, required=True, help="a mapping file (docs/mapping-file.md)")
        parser.add_argument("--by", required=True, help="login of the person who imports")
        parser.add_argument("--title", required=True, help="the document's title")
        parser.add_argument("--publisher", required=True)
        parser.add_argument("--licence", required=True)
        parser.add_argument("--leaves", choices=Source.Leaves.values, default=Source.Leaves.VALUES.value)
        parser.add_argument("--commit", action="store_true", help="record the values as waiting for verification")
        parser.add_argument("--create-unknown", action="store_true", help="create the schools that are not known")
        parser.add_argument("--leave-out", default="", metavar="REASON", help="leave refused cells out, saying why")

    def handle(self, *args: object, **options: object) -> str:
        try:
            return self._import(options)
        except FileRefused as error:
            raise CommandError("\n".join(f"{p.place} : {p.message}" for p in error.problems)) from error
        except MappingRefused as error:
            raise CommandError("\n".join(str(problem) for problem in error.problems)) from error
        except (Refused, UnknownIndicators) as error:
            raise CommandError(error.reason) from error

    def _import(self, options: dict[str, object]) -> str:
        by = self._person(str(options["by"]))
        path, mapping = Path(str(options["file"])), Path(str(options["mapping"]))
        now = timezone.now()
        received = imports.Received(
            content=self._bytes(path),
            name=path.name,
            title=str(options["title"]),
            publisher=str(options["publisher"]),
            licence=str(options["licence"]),
            leaves=str(options["leaves"]),
        )
        batch = imports.open_import(
            by=by, at=now, received=received, mapping_text=self._bytes(mapping).decode("utf-8-sig")
        )
        plan = imports.plan_of(batch)
        self._show(batch, plan)
        if not options["commit"]:
            return f"Aperçu n° {batch.pk} ; rien n’est enregistré. Ajoutez --commit, ou terminez à la rédaction."
        imports.commit_import(
            by=by,
            at=now,
            batch=batch,
            seen_version=batch.version,
            seen_digest=plan.digest,
            create_unknown=bool(options["create_unknown"]),
            leave_out_reason=str(options["leave_out"]),
        )
        return f"Import n° {batch.pk} enregistré : les valeurs attendent d’être vérifiées."

    def _person(self, login: str) -> User:
        try:
            return User.objects.get(username=login)
        except User.DoesNotExist as error:
            raise CommandError(f"Aucun compte « {login} ».") from error

    def _bytes(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} ne s’ouvre pas : {error.strerror}.") from error

    def _show(self, batch: ImportBatch, plan: Plan) -> None:
        self.stdout.write(f"{batch.source.file_name}, SHA-256 {batch.source.sha256}")
        for name, count in plan.counts.items():
            self.stdout.write(f"  {name:<20}{count:>7}")
        for planned in plan.left_out_units:
            if planned.left_out is not None:
                verdict = planned.left_out.get_verdict_display()
                self.stdout.write(f"  {planned.record.key} {planned.name} : {verdict}. {planned.left_out.reason}")
        for problem in (*plan.refused, *plan.suspicious):
            self.stdout.write(f"  {problem.place} : {problem.message}")
