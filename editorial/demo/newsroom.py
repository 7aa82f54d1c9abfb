"""What the people of the demonstration do again and again: take a file in, verify it, publish an edition."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings

from editorial.actions import editions, imports, values, verification
from editorial.actions.imports import Received
from editorial.demo.cast import hire
from editorial.models import User
from rankings.models import Edition, Ranking, Release
from schools.import_plan import Plan
from schools.models import ImportBatch

MAPPINGS = settings.BASE_DIR / "schools" / "mappings"
METHODS = settings.BASE_DIR / "rankings" / "methods"
HOUR = timedelta(hours=1)
_TITLES = {
    "repertoire": "Répertoire des écoles d’ingénieurs",
    "cti": "Données certifiées des écoles d’ingénieurs",
    "cdefi": "Enquête commune des écoles d’ingénieurs",
}
_PUBLISHERS = {
    "repertoire": "Observatoire des écoles (fictif)",
    "cti": "Commission d’accréditation (fictive)",
    "cdefi": "Conférence des directions d’école (fictive)",
}
LICENCE = "Licence Ouverte 2.0"


@dataclass
class Newsroom:
    """The people, by login, and their gestures. `step` is told what begins."""

    step: Callable[[str], None]
    people: dict[str, User] = field(default_factory=hire)

    def __getitem__(self, login: str) -> User:
        return self.people[login]

    def received(self, kind: str, edition: int, content: bytes, *, note: str = "") -> Received:
        """A file as it comes by post, of one of the three kinds."""
        campaign = edition - 1
        suffix = f"-{note}" if note else ""
        return Received(
            content=content,
            name=f"{kind}-{campaign}{suffix}.xlsx",
            title=f"{_TITLES[kind]}, {campaign}" + (f", {note}" if note else ""),
            publisher=_PUBLISHERS[kind],
            licence=LICENCE,
        )

    def printed(self, year: int, content: bytes) -> Received:
        """The table of an edition that was only printed."""
        return Received(
            content=content,
            name=f"palmares-{year}.xlsx",
            title=f"Palmarès des écoles d’ingénieurs {year}, tableau imprimé",
            publisher="Palmarès, archives (fictives)",
            licence=LICENCE,
            document_date=date(year - 1, 12, 1),
        )

    def open(self, kind: str, received: Received, at: datetime, *, by: str = "hugo") -> ImportBatch:
        """Read a file with a mapping of the demonstration, such as « cti_2021 »; nothing is recorded."""
        mapping = (MAPPINGS / f"demonstration_{kind}.toml").read_text(encoding="utf-8")
        return imports.open_import(by=self[by], at=at, received=received, mapping_text=mapping)

    def record(self, batch: ImportBatch, at: datetime, *, by: str = "hugo", create: bool = False) -> Plan:
        """Record what the preview shows."""
        plan = imports.plan_of(batch)
        return imports.commit_import(
            by=self[by],
            at=at,
            batch=batch,
            seen_version=batch.version,
            seen_digest=plan.digest,
            create_unknown=create,
        )

    def take_in(self, kind: str, received: Received, at: datetime, *, create: bool = False) -> ImportBatch:
        """Read a file and record it, twelve minutes later."""
        batch = self.open(kind, received, at)
        self.record(batch, at + timedelta(minutes=12), create=create)
        return batch

    def verify(self, batch: ImportBatch, at: datetime, *, by: str) -> None:
        """Approve what is equal to its source at once, then what an anomaly holds back one by one, having looked."""
        compared = verification.comparison(batch)
        verification.approve_equal(by=self[by], at=at, batch=batch, seen_digest=compared.digest)
        for number, revision in enumerate(batch.revisions.pending().order_by("pk"), start=1):
            values.approve_value(
                by=self[by], at=at + timedelta(minutes=number), revision=revision, seen_version=revision.version
            )

    def method(self, ranking: Ranking, edition: Edition, year: int, at: datetime) -> None:
        """Give an edition the method that begins in this year."""
        text = (METHODS / f"demonstration_{year}.toml").read_text(encoding="utf-8")
        method = editions.file_method(by=self["hugo"], at=at, ranking=ranking, text=text)
        editions.choose_method(by=self["hugo"], at=at, edition=edition, seen_version=edition.version, method=method)

    def publish(
        self, edition: Edition, at: datetime, publish_at: datetime, *, reasons: Iterable[str] = ("", "")
    ) -> Release:
        """Compute, sign by one, seal by another, for this instant."""
        reason_fr, reason_en = reasons
        release = editions.compute_release(
            by=self["hugo"], at=at, edition=edition, reason_fr=reason_fr, reason_en=reason_en
        )
        editions.sign_release(by=self["marc"], at=at + HOUR, release=release, seen_digest=release.digest)
        editions.seal_release(
            by=self["claire"], at=at + 3 * HOUR, release=release, seen_digest=release.digest, publish_at=publish_at
        )
        return release
