"""Imports for the tests to work on, through the real actions: in preview, recorded, doubted."""

from editorial.actions import imports
from editorial.models import User
from schools.models import Anomaly, ImportBatch, ValueRevision
from tests import factories as make
from tests.people import cast
from tests.race.files import MAPPING, survey


def opened_import(content: bytes | None = None, *, by: User | None = None) -> ImportBatch:
    """A file of one percentage of each of three new schools, or of these bytes, in preview."""
    make.indicator("emploi")
    received = imports.Received(
        content=survey(3) if content is None else content,
        name="enquete.csv",
        title="Enquête d’essai",
        publisher="Observatoire",
        licence="Licence Ouverte 2.0",
    )
    return imports.open_import(by=by or cast().hugo, at=make.START, received=received, mapping_text=MAPPING)


def recorded_import(content: bytes | None = None, *, by: User | None = None) -> ImportBatch:
    """The same, recorded: its values wait."""
    batch = opened_import(content, by=by)
    imports.commit_import(
        by=by or cast().hugo,
        at=make.START,
        batch=batch,
        seen_version=batch.version,
        seen_digest=imports.plan_of(batch).digest,
        create_unknown=True,
    )
    return batch


def hold_back(batch: ImportBatch, revision: ValueRevision, severity: str = "blocking") -> Anomaly:
    """Raise an anomaly that touches this value, as a check of the import would."""
    found = Anomaly.objects.create(
        batch=batch, code="contradiction", severity=severity, sentence="part_exceeds_whole",
        params='{"base":"Places","part":"12","parts":"Admis","whole":"10"}',
    )  # fmt: skip
    found.revisions.add(revision)
    return found
