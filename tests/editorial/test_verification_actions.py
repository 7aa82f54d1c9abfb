"""The comparison of an import to its source, and the approval in bulk of what is equal."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from editorial import audit
from editorial.actions import imports, indicators, values
from editorial.actions.verification import Outcome, approve_equal, comparison
from editorial.comparing import Comparison
from editorial.demo.catalogue import definitions_in
from editorial.exceptions import Refused, Stale
from editorial.models import AuditEvent
from schools import files
from schools.models import Anomaly, ImportBatch, SourceCell, ValueRevision, ValueState
from tests import factories as make
from tests.editorial.refusing import last_event, nothing_written, refusal
from tests.imported import hold_back
from tests.people import Cast
from tests.race.files import MAPPING, survey
from tests.small import demonstration as small

pytestmark = pytest.mark.django_db


def received(content: bytes, name: str = "enquete.csv") -> imports.Received:
    return imports.Received(
        content=content, name=name, title="Enquête d’essai", publisher="Observatoire", licence="Licence Ouverte 2.0"
    )


def committed(people: Cast, content: bytes | None = None, mapping: str = MAPPING, **said: Any) -> ImportBatch:
    """An import whose values wait, recorded by Hugo."""
    make.indicator("emploi")
    sent = received(survey(5) if content is None else content)
    batch = imports.open_import(by=people.hugo, at=make.START, received=sent, mapping_text=mapping)
    plan = imports.plan_of(batch)
    imports.commit_import(
        by=people.hugo, at=make.START, batch=batch, seen_version=batch.version, seen_digest=plan.digest,
        create_unknown=True, **said,
    )  # fmt: skip
    return batch


def outcomes(compared: Comparison) -> list[str]:
    return [row.outcome.value for row in compared.rows]


def plain(sentence: str) -> str:
    """Every kind of space made plain."""
    return " ".join(sentence.split())


def test_every_waiting_value_is_compared_to_its_source(people: Cast, django_assert_num_queries) -> None:
    batch = committed(people)
    compared = comparison(batch)
    assert outcomes(compared) == ["equal"] * 5
    assert compared.counts == {"equal": 5, "differs": 0, "anomalous": 0, "contested": 0}
    assert len(compared.approvable_by(people.lise.pk)) == 5
    assert compared.approvable_by(people.hugo.pk) == ()
    batch = ImportBatch.objects.select_related("source").get(pk=batch.pk)
    with django_assert_num_queries(10):
        comparison(batch)


def test_approves_all_that_is_equal_and_says_so(people: Cast) -> None:
    batch = committed(people)
    compared = comparison(batch)
    before = AuditEvent.objects.count()
    done = approve_equal(by=people.lise, at=make.NOW, batch=batch, seen_digest=compared.digest)
    assert (done.values, done.superseded, done.left) == (5, 0, 0)
    decided = set(batch.revisions.values_list("state", "version", "decided_by", "decided_at", "verified_meaning"))
    assert decided == {("in_force", 2, people.lise.pk, make.NOW, "true_to_source")}
    assert AuditEvent.objects.count() == before + 6
    event = last_event()
    assert (event.verb, event.object_id) == ("import.approve_equal", str(batch.pk))
    assert compared.digest in event.details
    assert AuditEvent.objects.filter(verb="value.approve", actor_id=people.lise.pk).count() == 5
    assert audit.first_broken_link() is None
    assert comparison(batch).rows == ()


def test_one_by_one_and_in_bulk_leave_the_same_trail(people: Cast) -> None:
    one = committed(people)
    for revision in one.revisions.order_by("pk"):
        values.approve_value(by=people.lise, at=make.NOW, revision=revision, seen_version=1)
    alone = AuditEvent.objects.filter(verb="value.approve").order_by("number").values_list("details", flat=True)
    alone_said = [said.replace('"supersedes":null', "") for said in alone]
    many = committed(people, survey(5, figure="81,5"))
    approve_equal(by=people.lise, at=make.NOW, batch=many, seen_digest=comparison(many).digest)
    bulk = AuditEvent.objects.filter(verb="value.approve").order_by("number").values_list("details", flat=True)[5:]
    assert len(alone_said) == len(bulk) == 5
    assert all('"meaning":"true_to_source"' in said for said in [*alone_said, *bulk])


def test_values_in_force_before_are_superseded(people: Cast) -> None:
    first = committed(people)
    approve_equal(by=people.lise, at=make.NOW, batch=first, seen_digest=comparison(first).digest)
    second = committed(people, survey(5, figure="81,5"))
    done = approve_equal(by=people.vera, at=make.NOW, batch=second, seen_digest=comparison(second).digest)
    assert (done.values, done.superseded) == (5, 5)
    assert set(first.revisions.values_list("state", "version")) == {("superseded", 3)}
    assert set(second.revisions.values_list("state", flat=True)) == {"in_force"}


def test_what_a_blocking_anomaly_touches_waits_and_a_remark_does_not(people: Cast) -> None:
    batch = committed(people)
    held, remarked = batch.revisions.order_by("pk")[:2]
    hold_back(batch, held)
    hold_back(batch, remarked, "remark")
    compared = comparison(batch)
    (row,) = compared.of(Outcome.ANOMALOUS)
    assert (row.revision.pk, row.why) == (held.pk, Anomaly.objects.first().message)
    assert "12 dépasse 10" in row.why
    done = approve_equal(by=people.lise, at=make.NOW, batch=batch, seen_digest=compared.digest)
    assert (done.values, done.left) == (4, 1)
    held.refresh_from_db()
    assert held.state == ValueState.PENDING
    values.approve_value(by=people.lise, at=make.NOW, revision=held, seen_version=1)


def test_what_somebody_contests_waits(people: Cast) -> None:
    batch = committed(people)
    contested = batch.revisions.order_by("pk").first()
    make.entered_value("70.0", of=contested.unit, by=people.nadia)
    compared = comparison(batch)
    (row,) = compared.of(Outcome.CONTESTED)
    assert row.revision == contested
    assert "Nadia Kessel" in row.why
    assert approve_equal(by=people.lise, at=make.NOW, batch=batch, seen_digest=compared.digest).values == 4


def test_a_cell_that_says_something_else_is_told(people: Cast) -> None:
    batch = committed(people)
    # As if the value had been written from another reading: the database lets no cell change, so the file does.
    content = survey(5).replace(b"80,5", b"80,4", 1)
    batch.source.sha256 = files.keep(content)
    compared = comparison(batch)
    assert outcomes(compared) == ["differs", "equal", "equal", "equal", "equal"]
    assert plain(compared.rows[0].why) == "La cellule C2 dit « 80,4 » ; « 80,5 » en a été gardé."


def with_other_cells(people: Cast, *, figure: str, cells: list[tuple[str, str]]) -> Comparison:
    """An import beside whose values stands one written by hand of these cells."""
    batch = committed(people)
    school = make.unit("École ajoutée")
    added = ValueRevision.objects.create(
        unit=school, indicator=make.indicator("emploi"), reference_year=2025, value=figure or None,
        kind="known" if figure else "missing", source=batch.source, batch=batch, author=people.hugo,
        created_at=make.START,
    )  # fmt: skip
    SourceCell.objects.bulk_create(
        SourceCell(revision=added, reference=reference, column="Emploi", text=text) for reference, text in cells
    )
    return comparison(batch)


@pytest.mark.parametrize(
    ("figure", "cells", "why"),
    [
        ("81.5", [("C2", "80,5")], "Ses cellules font 80,5 ; la valeur dit 81,5."),
        ("80.5", [], "Aucune cellule n’est gardée"),
        ("80.5", [("C2", "80,5"), ("B2", "École d’essai 1")], "ne sont pas toutes celles qui font la valeur : B2"),
        ("80.5", [("C2", "80,5"), ("C3", "80,5")], "ne font plus une valeur"),
        ("80.5", [("C99", "80,5")], "La cellule C99 dit «"),
        ("80.5", [("p. 12", "80,5")], "La cellule p. 12 dit «"),
    ],
)
def test_a_value_that_its_cells_do_not_make_is_told(
    figure: str, cells: list[tuple[str, str]], why: str, people: Cast
) -> None:
    compared = with_other_cells(people, figure=figure, cells=cells)
    assert outcomes(compared) == ["equal"] * 5 + ["differs"]
    assert why in plain(compared.rows[-1].why)


def test_a_new_definition_does_not_change_what_the_old_one_said(people: Cast) -> None:
    batch = committed(people)
    make.indicator("emploi", version=2, decimals=0)
    assert outcomes(comparison(batch)) == ["equal"] * 5


def test_nothing_is_approved_of_a_file_that_changed(people: Cast) -> None:
    batch = committed(people)
    files.path_of(batch.source.sha256).write_bytes(b"altered")
    compared = comparison(batch)
    assert set(outcomes(compared)) == {"differs"}
    assert "n’est plus celui qui a été reçu" in compared.problem
    said = {"by": people.lise, "at": make.NOW, "batch": batch, "seen_digest": compared.digest}
    assert "regardez-les une à une" in refusal(approve_equal, **said)


def test_a_file_that_cannot_be_read_any_more_is_told(people: Cast) -> None:
    batch = committed(people)
    batch.source.sha256 = files.keep(b"UAI;Autre\r\n1;2\r\n")
    assert "ne se lit plus" in comparison(batch).problem
    batch.source.sha256 = files.keep(b"PK\x03\x04 cut")
    assert "ne se lit plus" in comparison(batch).problem


def test_refuses_the_unqualified_the_author_and_what_does_not_wait(people: Cast) -> None:
    batch = committed(people)
    said = {"at": make.NOW, "batch": batch, "seen_digest": comparison(batch).digest}
    assert refusal(approve_equal, by=people.jean, **said) == "Vérifier revient aux vérificatrices."
    people.lise.groups.add(*people.hugo.groups.all())
    people.hugo.groups.add(*people.vera.groups.all())
    hugo = type(people.hugo).objects.get(pk=people.hugo.pk)
    assert "Vous avez enregistré cet import" in refusal(approve_equal, by=hugo, **said)
    approve_equal(by=people.lise, **said)
    assert "n’attend de décision" in refusal(approve_equal, by=people.vera, **said)
    sent = received(survey(4))
    open_ = imports.open_import(by=people.hugo, at=make.START, received=sent, mapping_text=MAPPING)
    assert "en aperçu" in refusal(approve_equal, by=people.vera, **said | {"batch": open_})


def test_what_changed_since_it_was_seen_is_stale(people: Cast) -> None:
    batch = committed(people)
    said = {"by": people.lise, "at": make.NOW, "batch": batch, "seen_digest": comparison(batch).digest}
    hold_back(batch, batch.revisions.first())
    refusal(approve_equal, kind=Stale, **said)
    said["seen_digest"] = comparison(batch).digest
    values.approve_value(by=people.vera, at=make.NOW, revision=batch.revisions.last(), seen_version=1)
    refusal(approve_equal, kind=Stale, **said)


def test_somebody_faster_undoes_the_whole(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the comparison and the change another verifier decides: not one value of the bulk is kept."""
    batch = committed(people)
    compared = comparison(batch)
    last = batch.revisions.order_by("pk").last()
    values.reject_value(by=people.vera, at=make.NOW, revision=last, seen_version=1, reason="Mal lue.")
    monkeypatch.setattr("editorial.actions.verification.comparison", lambda _batch: compared)
    said = {"by": people.lise, "at": make.NOW, "batch": batch, "seen_digest": compared.digest}
    assert "en même temps" in refusal(approve_equal, kind=Stale, **said)


def test_the_database_still_refuses_an_author_who_verifies_in_bulk(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import IntegrityError

    batch = committed(people)
    monkeypatch.setattr("editorial.rules.why_not_approve_equal", lambda *_args: None)
    monkeypatch.setattr(Comparison, "approvable_by", lambda compared, _user: compared.of(Outcome.EQUAL))
    with nothing_written(), pytest.raises(IntegrityError):
        approve_equal(by=people.hugo, at=make.NOW, batch=batch, seen_digest=comparison(batch).digest)


def test_many_values_cost_few_queries(people: Cast) -> None:
    batch = committed(people, survey(600))
    compared = comparison(batch)
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as made:
        approve_equal(by=people.lise, at=make.NOW, batch=batch, seen_digest=compared.digest)
    assert len(made) < 30
    assert batch.revisions.in_force().count() == 600


@pytest.fixture
def programmes(people: Cast, shared_data: Path) -> ImportBatch:
    """The real file of programmes, recorded."""
    for definition in definitions_in(small.INDICATORS):
        indicators.define_indicator(by=people.hugo, at=make.START, definition=definition)
    content = (shared_data / "ecoles" / "parcoursup_formations.csv").read_bytes()
    return committed(people, content, small.PROGRAMMES.read_text("utf-8"), leave_out_reason="Lignes sans valeur.")


def test_the_real_file_is_held_back_where_it_was_filled_in(programmes: ImportBatch, people: Cast) -> None:
    assert AuditEvent.objects.filter(verb="import.check", object_id=str(programmes.pk)).count() == 1
    assert "Contrôles de Parcoursup" in ImportBatch.objects.get(pk=programmes.pk).checks_text
    blocking = programmes.anomalies.filter(severity="blocking")
    assert {a.columns for a in blocking} == {"taux_acces_num", "part_mention_tb", "Pourcentage boursiers admis"}
    rows = list(csv.DictReader(io.StringIO(_text(programmes))))
    filled = {row["uai"] for row in rows if row["taux_acces_num"] == "0.58"}
    held = ValueRevision.objects.filter(anomalies__in=blocking, indicator__code="taux_acces").distinct()
    assert {r.unit.identifiers.get().value for r in held} == filled
    compared = comparison(programmes)
    assert compared.of(Outcome.DIFFERS) == ()
    anomalous = {row.revision.pk for row in compared.of(Outcome.ANOMALOUS)}
    assert anomalous == set(ValueRevision.objects.filter(anomalies__in=blocking).values_list("pk", flat=True))
    done = approve_equal(by=people.lise, at=make.NOW, batch=programmes, seen_digest=compared.digest)
    assert done.values == len(compared.of(Outcome.EQUAL)) == programmes.revisions.in_force().count()
    assert done.left == len(anomalous) == programmes.revisions.pending().count()


def test_sums_of_products_and_what_was_not_measured_are_formed_again(people: Cast, shared_data: Path) -> None:
    """The open ranking's own reading of the same file: shares times students, imputed rows left out, absences."""
    for definition in definitions_in(settings.BASE_DIR / "editorial" / "open_data" / "indicators.toml"):
        indicators.define_indicator(by=people.hugo, at=make.START, definition=definition)
    content = (shared_data / "ecoles" / "parcoursup_formations.csv").read_bytes()
    mapping = settings.BASE_DIR / "schools" / "mappings" / "open_data" / "parcoursup.toml"
    batch = committed(people, content, mapping.read_text("utf-8"), leave_out_reason="x")
    assert batch.revisions.filter(value=None).exists()
    compared = comparison(batch)
    assert compared.counts == {"equal": batch.revisions.count(), "differs": 0, "anomalous": 0, "contested": 0}
    assert set(batch.anomalies.values_list("severity", flat=True)) == {"remark"}
    filled_in = batch.anomalies.get(cells__startswith="T", sentence="constant")
    assert "0.58" in filled_in.message
    assert not filled_in.revisions.exists()


def test_an_absence_written_for_a_figure_is_told(people: Cast) -> None:
    compared = with_other_cells(people, figure="", cells=[("C2", "80,5")])
    assert compared.rows[-1].why.endswith("la valeur dit manquante.")


def _text(batch: ImportBatch) -> str:
    return files.read(batch.source.sha256).decode("utf-8-sig")


def test_the_same_file_again_has_no_anomaly_of_its_own(programmes: ImportBatch, people: Cast) -> None:
    again = committed(
        people, files.read(programmes.source.sha256), small.PROGRAMMES.read_text("utf-8"), leave_out_reason="x"
    )
    assert not again.revisions.exists()
    assert set(again.anomalies.values_list("severity", flat=True)) <= {"remark"}
    with pytest.raises(Refused):
        approve_equal(by=people.lise, at=make.NOW, batch=again, seen_digest=comparison(again).digest)


def test_an_import_without_checks_has_no_anomaly(people: Cast) -> None:
    batch = committed(people)
    assert not Anomaly.objects.exists()
    assert ImportBatch.objects.get(pk=batch.pk).checks_text == ""
    assert not AuditEvent.objects.filter(verb="import.check").exists()
