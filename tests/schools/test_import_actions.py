"""Receiving, recording and withdrawing a file: all of it, or nothing."""

import csv
import io
from fractions import Fraction
from pathlib import Path

import pytest
from django.db import IntegrityError

from editorial.actions import imports, values
from editorial.exceptions import Stale
from editorial.models import AuditEvent
from rankings.models import Release
from schools import files
from schools.import_plan import Change, UnknownIndicators
from schools.importing import FileRefused
from schools.models import ImportBatch, Source, SourceCell, Unit, ValueRevision
from tests import factories as make
from tests.editorial.refusing import last_event, nothing_written, refusal
from tests.people import Cast
from tests.race.files import MAPPING, survey

pytestmark = pytest.mark.django_db


def received(content: bytes | None = None, name: str = "enquete.csv") -> imports.Received:
    return imports.Received(
        content=survey(3) if content is None else content,
        name=name,
        title="Enquête d’essai",
        publisher="Observatoire",
        licence="Licence Ouverte 2.0",
    )


def opened(people: Cast, content: bytes | None = None, **said: str) -> ImportBatch:
    make.indicator("emploi")
    return imports.open_import(by=people.hugo, at=make.START, received=received(content, **said), mapping_text=MAPPING)


def commit(people: Cast, batch: ImportBatch, **said: object) -> dict[str, object]:
    return {
        "by": people.hugo,
        "at": make.START,
        "batch": batch,
        "seen_version": batch.version,
        "seen_digest": imports.plan_of(batch).digest,
        "create_unknown": True,
        **said,
    }


def test_open_keeps_the_file_and_writes_no_value(people: Cast) -> None:
    batch = opened(people)
    assert (batch.state, batch.counts["new"], batch.counts["unknown_units"]) == ("previewed", 3, 3)
    assert files.read(batch.source.sha256) == survey(3)
    assert not ValueRevision.objects.exists()
    assert last_event().verb == "import.open"


def test_open_refuses_the_unqualified_and_keeps_nothing(people: Cast) -> None:
    make.indicator("emploi")
    said = {"at": make.START, "received": received(), "mapping_text": MAPPING}
    assert refusal(imports.open_import, by=people.lise, **said).startswith("Importer un fichier")
    for content in (b"", b"PK\x03\x04 cut", b"UAI;Nom\r\n9990001A;x\r\n"):
        with nothing_written(), pytest.raises(FileRefused):
            imports.open_import(by=people.hugo, **said | {"received": received(content)})
        assert not files.path_of(files.sha256_of(content)).exists()


def test_open_refuses_a_mapping_of_unknown_indicators(people: Cast) -> None:
    with nothing_written(), pytest.raises(UnknownIndicators) as caught:
        imports.open_import(by=people.hugo, at=make.START, received=received(), mapping_text=MAPPING)
    assert "emploi" in caught.value.reason


def test_commit_records_values_units_and_cells(people: Cast) -> None:
    batch = opened(people)
    plan = imports.commit_import(**commit(people, batch))
    assert len(plan.of(Change.NEW)) == 3
    assert (batch.state, batch.closed_by) == ("committed", people.hugo)
    assert set(batch.revisions.values_list("state", "author__username")) == {("pending", "hugo")}
    assert SourceCell.objects.filter(revision__batch=batch, text="80,5").count() == 3
    assert Unit.objects.count() == 3
    assert last_event().verb == "import.commit"


def test_commit_of_a_register_creates_schools_with_their_entry_and_duration(people: Cast) -> None:
    courses = {"Post-bac": "post_bac", "?": ""}
    mapping = (
        'format = 1\npurpose = "register"\ntitle = "Annuaire"\nreference_year = 2025\n'
        'key = { scheme = "uai", column = "uai" }\n[unit]\nname = { column = "nom" }\n'
        f'entry = {{ column = "entrée", values = {{ {", ".join(f'"{a}" = "{b}"' for a, b in courses.items())} }} }}\n'
        'duration_years = { column = "durée" }\n[absences]\n"" = "missing"\n'
    )
    content = f"uai;nom;entrée;durée\n{make.uai(1)};Lac;Post-bac;5\n{make.uai(2)};Mont;?;\n".encode()
    batch = imports.open_import(by=people.hugo, at=make.START, received=received(content), mapping_text=mapping)
    imports.commit_import(**commit(people, batch))
    assert set(Unit.objects.values_list("name", "entry", "duration_years")) == {
        ("Lac", "post_bac", 5),
        ("Mont", "", None),
    }


def test_the_same_file_twice_records_nothing_more(people: Cast) -> None:
    imports.commit_import(**commit(people, opened(people)))
    again = opened(people, name="renomme.csv")
    plan = imports.commit_import(**commit(people, again))
    assert len(plan.of(Change.UNCHANGED)) == 3
    assert (Source.objects.count(), ValueRevision.objects.count(), Unit.objects.count()) == (1, 3, 3)
    assert not again.revisions.exists()


def test_commit_refuses_unknown_schools_refused_cells_and_a_second_click(people: Cast) -> None:
    batch = opened(people)
    assert "sont inconnues" in refusal(imports.commit_import, **commit(people, batch, create_unknown=False))
    bad = opened(people, survey(3, figure="140"))
    assert "cellule(s) refusée(s)" in refusal(imports.commit_import, **commit(people, bad))
    imports.commit_import(**commit(people, bad, leave_out_reason="Hors bornes, demandé à l’école."))
    assert last_event().reason == "Hors bornes, demandé à l’école."
    assert not bad.revisions.exists()
    assert "déjà enregistré" in refusal(imports.commit_import, **commit(people, bad))
    as_seen = commit(people, batch, seen_version=9)
    refusal(imports.commit_import, kind=Stale, **as_seen)


def test_commit_refuses_when_the_base_has_changed_since_the_preview(people: Cast) -> None:
    batch = opened(people)
    said = commit(people, batch)
    imports.commit_import(**commit(people, opened(people, survey(3, figure="81,5"))))
    assert "a changé depuis votre aperçu" in refusal(imports.commit_import, kind=Stale, **said)


def test_commit_is_all_or_nothing_when_the_database_refuses(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = opened(people)
    said = commit(people, batch)
    write_cells = SourceCell.objects.bulk_create

    def one_cell_of_no_value(cells, **options):
        cells[-1].revision_id = None
        return write_cells(cells, **options)

    monkeypatch.setattr(SourceCell.objects, "bulk_create", one_cell_of_no_value)
    with nothing_written(), pytest.raises(IntegrityError):
        imports.commit_import(**said)


def test_commit_checks_the_kept_file(people: Cast) -> None:
    batch = opened(people)
    said = commit(people, batch)
    files.path_of(batch.source.sha256).write_bytes(b"altered")
    with nothing_written(), pytest.raises(files.FileChanged):
        imports.commit_import(**said)


def test_own_waiting_values_give_way_and_rivals_stay(people: Cast) -> None:
    imports.commit_import(**commit(people, opened(people)))
    school = Unit.objects.first()
    theirs = make.entered_value("70.0", of=school, by=people.nadia)
    batch = opened(people, survey(3, figure="81,5"))
    plan = imports.commit_import(**commit(people, batch))
    assert (len(plan.of(Change.CONFLICT)), len(plan.of(Change.CHANGED))) == (1, 2)
    assert set(ValueRevision.objects.pending().filter(unit=school)) == {theirs, batch.revisions.get(unit=school)}
    assert ValueRevision.objects.filter(state="withdrawn").count() == 3


def test_withdraw_takes_back_what_waits_and_nothing_that_counted(people: Cast) -> None:
    batch = opened(people)
    imports.commit_import(**commit(people, batch))
    said = {"by": people.hugo, "at": make.NOW, "batch": batch, "seen_version": batch.version}
    assert refusal(imports.withdraw_import, reason=" ", **said) == "Un retrait se motive."
    refusal(imports.withdraw_import, kind=Stale, reason="x", **said | {"seen_version": 9})
    assert imports.withdraw_import(reason="Mauvais millésime", **said) == 3
    assert set(ValueRevision.objects.values_list("state", "decision_reason")) == {("withdrawn", "Mauvais millésime")}
    assert "rien à retirer" in refusal(imports.withdraw_import, reason="x", **said)
    second = opened(people, survey(3, figure="82,5"))
    imports.commit_import(**commit(people, second))
    one = second.revisions.first()
    values.approve_value(by=people.lise, at=make.NOW, revision=one, seen_version=1)
    again = {**said, "batch": second, "seen_version": second.version, "reason": "x"}
    assert "ont été vérifiées" in refusal(imports.withdraw_import, **again)


def test_discard_closes_a_preview(people: Cast) -> None:
    batch = opened(people)
    said = {"at": make.NOW, "batch": batch, "seen_version": 1}
    assert refusal(imports.discard_import, by=people.jean, **said).startswith("Importer un fichier")
    imports.discard_import(by=people.hugo, **said)
    assert (batch.state, last_event().verb) == ("discarded", "import.discard")
    assert "déjà abandonné" in refusal(imports.discard_import, by=people.hugo, **said)


PARCOURSUP = """format = 1
title = "Parcoursup, formations d’ingénieurs"
sheet = ""
header_row = 1
reference_year = 2025
key = { scheme = "uai", column = "uai", accept = ["T171435T"] }

[unit]
name = { column = "Établissement" }
region = { column = "Région de l établissement" }

[absences]
"" = "missing"

[[value]]
indicator = "capacite"
column = "Capacité de l établissement par formation"
aggregate = "sum"

[[value]]
indicator = "part_femmes"
column = "pct_filles_admises"
multiply = 100
aggregate = "weighted_mean"
weight = "Effectif total admis 2phases"
zero_weight = "not_applicable"
"""


def test_the_real_file_from_bytes_to_a_sealed_release(people: Cast, shared_data: Path) -> None:
    content = (shared_data / "ecoles" / "parcoursup_formations.csv").read_bytes()
    make.indicator("capacite", measure="count", decimals=0, minimum=None, maximum=None)
    make.indicator("part_femmes")
    batch = imports.open_import(
        by=people.hugo, at=make.START, received=received(content, "parcoursup.csv"), mapping_text=PARCOURSUP
    )
    reason = "Lignes sans valeur utilisable."
    plan = imports.commit_import(**commit(people, batch, leave_out_reason=reason))
    assert (plan.extraction.rows_read, len(plan.units), Unit.objects.count()) == (585, 242, 242)
    expected: dict[str, Fraction] = {}
    for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"))):
        figure = row["Capacité de l établissement par formation"]
        expected[row["uai"]] = expected.get(row["uai"], Fraction(0)) + Fraction(figure)
    capacity = batch.revisions.filter(indicator__code="capacite")
    found = {r.unit.identifiers.get().value: Fraction(r.value) for r in capacity.prefetch_related("unit__identifiers")}
    assert found == expected
    assert SourceCell.objects.filter(revision__in=capacity).count() == 585
    seen = [values.Seen(r, r.version) for r in batch.revisions.select_related("unit", "indicator", "author", "source")]
    values.approve_values(by=people.lise, at=make.START, seen=seen)
    assert AuditEvent.objects.filter(verb="value.approve").count() == len(seen)
    release = _seal_by_capacity(people)
    assert (release.ranked_count, release.unranked_count) == (242, 0)
    assert imports.plan_of(batch).counts["unchanged"] == len(seen)


def _seal_by_capacity(people: Cast) -> Release:
    from editorial.actions import editions

    method = """format = 1
title = { fr = "Capacité", en = "Places" }
aggregate = "mean"
points = 10
minimum_coverage = 0
rounding = { score = { digits = 2, mode = "half_up" }, ranks_on = "rounded" }
missing = { missing = "leave_out", not_communicated = "leave_out", not_applicable = "leave_out", secret = "leave_out" }
[[node]]
key = "capacite"
title = { fr = "Capacité", en = "Places" }
weight = 1
indicator = "capacite"
scale = { kind = "minmax", better = "higher" }
"""
    by = {"by": people.hugo, "at": make.START}
    edition = editions.open_edition(ranking=make.ranking(), year=2026, texts=make.TEXTS, **by)
    filed = editions.file_method(ranking=edition.ranking, text=method, **by)
    editions.choose_method(edition=edition, seen_version=1, method=filed, **by)
    editions.set_columns(edition=edition, seen_version=edition.version, years={make.indicator("capacite"): 2025}, **by)
    editions.set_perimeter(edition=edition, seen_version=edition.version, units=Unit.objects.all(), **by)
    edition.refresh_from_db()
    release = make.sealed_release(edition)
    assert editions.computed(edition).digest == release.digest
    return release


def test_commit_beside_an_entry_of_the_same_second_is_stale(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    imports.commit_import(**commit(people, opened(people)))
    batch = opened(people, survey(3, figure="81,5"))
    said = commit(people, batch)
    # Her own waiting value came after the plan was read: it was not withdrawn, and the database refuses a second one.
    monkeypatch.setattr(imports, "_withdraw_own_waiting", lambda *_args: None)
    assert "a changé depuis votre aperçu" in refusal(imports.commit_import, kind=Stale, **said)


def test_withdraw_beside_an_approval_is_stale(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = opened(people)
    imports.commit_import(**commit(people, batch))
    values.approve_value(by=people.lise, at=make.NOW, revision=batch.revisions.first(), seen_version=1)
    # The rule was asked before the approval.
    monkeypatch.setattr("editorial.rules.why_not_withdraw_import", lambda *_args: None)
    said = {"by": people.hugo, "at": make.NOW, "batch": batch, "seen_version": batch.version, "reason": "x"}
    assert "vient d’être approuvée" in refusal(imports.withdraw_import, kind=Stale, **said)
