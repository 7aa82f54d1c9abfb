"""The desk of imports, with real bytes through the real readers."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from editorial.models import AuditEvent
from schools import files
from schools.models import ImportBatch, MatchDecision, Source, Unit, UnitIdentifier, ValueRevision, ValueState
from tests import factories as make
from tests.desks.newsroom import at_desk, words
from tests.people import Cast

pytestmark = pytest.mark.django_db

MAPPING = """format = 1
title = "Enquête"
header_row = 1
reference_year = 2025
key = { scheme = "uai", column = "UAI" }
[unit]
name = { column = "Nom" }
[absences]
"nd" = "not_communicated"
[[value]]
indicator = "emploi"
column = "Emploi"
"""


def lines(*figures: str) -> bytes:
    """A file of as many schools as there are figures."""
    rows = [f"{make.uai(900 + place)};École {place};{figure}" for place, figure in enumerate(figures)]
    return "\n".join(["UAI;Nom;Emploi", *rows]).encode()


def upload(person, content: bytes, *, name: str = "enquête.csv", **said):
    """Send a file with its mapping pasted."""
    make.indicator("emploi")
    fields = {
        "file": SimpleUploadedFile(name, content),
        "mapping": MAPPING,
        "title": "Enquête 2025",
        "publisher": "Observatoire",
        "licence": "Licence Ouverte 2.0",
        "leaves": "values",
    }
    return at_desk(person).post(reverse("desk:imports"), fields | said)


def opened(person, *figures: str) -> ImportBatch:
    """An import in preview."""
    assert upload(person, lines(*figures)).status_code == 302
    return ImportBatch.objects.latest("pk")


def url(name: str, batch: ImportBatch) -> str:
    return reverse(f"desk:{name}", args=[batch.pk])


def commit(person, batch: ImportBatch, **said):
    """Record the import as its page shows it now."""
    page = at_desk(person).get(url("import", batch))
    digest = page.context["plan"].digest
    return at_desk(person).post(url("import-commit", batch), {"version": batch.version, "digest": digest} | said)


def test_file_is_previewed_then_recorded_whole(people: Cast) -> None:
    batch = opened(people.hugo, "81,5", "nd")
    page = at_desk(people.hugo).get(url("import", batch))
    assert "Rien n’est encore écrit." in words(page)
    assert [count["n"] for count in page.context["counts"]] == [2, 0, 0, 0, 0, 0, 2]
    refused = commit(people.hugo, batch)
    assert refused.status_code == 403
    assert "inconnues" in words(refused)
    assert not ValueRevision.objects.exists()
    assert commit(people.hugo, batch, create_unknown="on").status_code == 302
    assert ValueRevision.objects.pending().count() == 2
    assert Unit.objects.count() == 2
    closed = at_desk(people.lise).get(url("import", batch))
    assert "Vérifier ces valeurs" in words(closed)
    assert "non communiquée" in words(closed)


def test_preview_says_old_and_new_and_what_does_not_change(people: Cast) -> None:
    first = opened(people.hugo, "81,5", "70")
    commit(people.hugo, first, create_unknown="on")
    for revision in ValueRevision.objects.pending():
        at_desk(people.lise).post(
            reverse("desk:value-approve", args=[revision.pk]), {"version": 1, "meaning": "plausible"}
        )
    again = opened(people.hugo, "82,5", "70")
    page = at_desk(people.hugo).get(url("import", again))
    assert [count["n"] for count in page.context["counts"]] == [0, 1, 1, 0, 0, 0, 0]
    assert "81,5 % devient 82,5 %" in words(page)
    same = opened(people.hugo, "81,5", "70")
    assert "Déjà importé" in words(at_desk(people.hugo).get(url("import", same)))


def test_refused_cells_are_outlined_and_left_out_only_with_a_reason(people: Cast) -> None:
    batch = opened(people.hugo, "81,5", "140")
    page = at_desk(people.hugo).get(url("import", batch))
    assert page.context["kind"] == "refusees"
    marked = [c for row in page.context["extract"].rows for c in row["cells"] if c["status"] == "err"]
    assert [cell["text"] for cell in marked] == ["140"]
    answer = commit(people.hugo, batch, create_unknown="on", leave_out_reason=" ")
    assert answer.status_code == 403
    assert 'name="create_unknown" id="create_unknown" checked' in answer.content.decode()
    assert commit(people.hugo, batch, create_unknown="on", leave_out_reason="Part impossible.").status_code == 302
    assert AuditEvent.objects.get(verb="import.commit").reason == "Part impossible."


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "vide.csv"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 40, "image.csv"),
        (b"UAI;Nom\n9990001A;Une", "colonne.csv"),
        (b"PK\x03\x04 tronqu", "classeur.xlsx"),
        (b"UAI;Nom;Emploi\n\x00;a;b", "nul.csv"),
    ],
)
def test_bad_file_is_refused_by_name_and_nothing_is_written(content: bytes, name: str, people: Cast) -> None:
    answer = upload(people.hugo, content, name=name)
    assert answer.status_code == 422
    assert "rien n’a été écrit" in words(answer)
    assert name in words(answer)
    assert 'value="Enquête 2025"' in answer.content.decode()
    assert not Source.objects.exists()
    assert not ImportBatch.objects.exists()
    assert not AuditEvent.objects.exists()
    assert not files.path_of(files.sha256_of(content)).exists()


def test_bad_mapping_and_unknown_indicator_say_where(people: Cast) -> None:
    bad = upload(people.hugo, lines("80"), mapping=MAPPING.replace("header_row = 1", "header_row = 0"))
    assert bad.status_code == 422
    assert "header_row" in words(bad)
    unknown = upload(people.hugo, lines("80"), mapping=MAPPING.replace('"emploi"', '"nullepart"'))
    assert unknown.status_code == 422
    assert "nullepart" in words(unknown)
    empty = upload(people.hugo, lines("80"), mapping=" ")
    assert empty.status_code == 422
    assert "collez-en une" in words(empty)
    assert not ImportBatch.objects.exists()


def test_mapping_used_before_is_chosen_again(people: Cast) -> None:
    first = opened(people.hugo, "80")
    answer = upload(people.hugo, lines("81"), mapping="", choice=f"used:{first.mapping_digest}")
    assert answer.status_code == 302
    assert upload(people.hugo, lines("81"), mapping="", choice="used:rien").status_code == 422


@pytest.mark.parametrize("who", ["lise", "jean", "claire"])
def test_only_the_data_cell_imports(who: str, people: Cast) -> None:
    answer = upload(getattr(people, who), lines("80"))
    assert answer.status_code == 403
    assert "Importer un fichier revient à la cellule data." in words(answer)
    assert not Source.objects.exists()


def test_preview_out_of_date_records_nothing(people: Cast) -> None:
    batch = opened(people.hugo, "80")
    assert commit(people.hugo, batch, create_unknown="on", digest="0" * 64).status_code == 409
    assert commit(people.hugo, batch, create_unknown="on", version=7).status_code == 409
    assert not ValueRevision.objects.exists()
    assert at_desk(people.lise).post(url("import-commit", batch), {"version": 1}).status_code == 403


def test_preview_is_abandoned_and_a_recorded_import_withdrawn_with_a_reason(people: Cast) -> None:
    batch = opened(people.hugo, "80")
    assert at_desk(people.lise).post(url("import-discard", batch), {"version": 1}).status_code == 403
    assert at_desk(people.hugo).post(url("import-discard", batch), {"version": 1}).status_code == 302
    assert "rien n’a été enregistré" in words(at_desk(people.hugo).get(url("import", batch)))
    other = opened(people.hugo, "80", "81")
    commit(people.hugo, other, create_unknown="on")
    other.refresh_from_db()
    withdraw = {"version": other.version, "reason": ""}
    assert at_desk(people.hugo).post(url("import-withdraw", other), withdraw).status_code == 403
    done = at_desk(people.hugo).post(url("import-withdraw", other), withdraw | {"reason": "Mauvais millésime."})
    assert done.status_code == 302
    assert set(ValueRevision.objects.values_list("state", flat=True)) == {ValueState.WITHDRAWN}


def test_original_is_a_download_that_no_browser_runs(people: Cast) -> None:
    batch = opened(people.hugo, "80")
    answer = at_desk(people.lise).get(url("import-file", batch))
    assert answer.content == lines("80")
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert "enqu%C3%AAte.csv" in answer["Content-Disposition"]
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert at_desk(people.paul).get(url("import-file", batch)).status_code == 403
    assert at_desk(people.lise).post(url("import-file", batch)).status_code == 405


def test_altered_file_is_said_and_nothing_goes_on(people: Cast) -> None:
    batch = opened(people.hugo, "80")
    commit(people.hugo, batch, create_unknown="on")
    revision = ValueRevision.objects.get()
    value = reverse("desk:value", args=[revision.pk])
    page = at_desk(people.lise).get(value)
    assert [c["text"] for row in page.context["extract"].rows for c in row["cells"] if c["on"]] == ["80"]
    path = files.path_of(batch.source.sha256)
    path.write_bytes(b"autre chose")
    assert "Fichier altéré" in words(at_desk(people.lise).get(value))
    assert at_desk(people.lise).get(url("import-file", batch)).status_code == 404
    other = ImportBatch.objects.create(
        source=batch.source, mapping_text=batch.mapping_text, mapping_digest=batch.mapping_digest,
        created_by=people.hugo, created_at=make.NOW,
    )  # fmt: skip
    assert "n’est plus celui" in words(at_desk(people.hugo).get(url("import", other)))
    answer = at_desk(people.hugo).post(url("import-commit", other), {"version": 1, "digest": "0"})
    assert answer.status_code == 403


@pytest.mark.parametrize("name", ["import-commit", "import-discard", "import-withdraw"])
def test_import_changes_by_post_alone(name: str, people: Cast) -> None:
    batch = opened(people.hugo, "80")
    assert at_desk(people.hugo).get(url(name, batch)).status_code == 405
    assert at_desk(people.paul).post(url(name, batch)).status_code == 403


def test_real_file_of_programmes_goes_through_the_desk(people: Cast, shared_data: Path) -> None:
    for code in ("capacite", "part_femmes"):
        make.indicator(code, measure="count" if code == "capacite" else "percentage", decimals=1, minimum=0,
                       maximum=None if code == "capacite" else 100)  # fmt: skip
    mapping = (
        MAPPING.replace('column = "UAI"', 'column = "uai"')
        .replace('column = "Nom"', 'column = "Établissement"')
        .replace('indicator = "emploi"\ncolumn = "Emploi"', 'indicator = "part_femmes"\ncolumn = "pct_filles_admises"\n'
                 'multiply = 100\naggregate = "weighted_mean"\nweight = "Effectif total admis 2phases"')
    )  # fmt: skip
    content = (shared_data / "ecoles" / "parcoursup_formations.csv").read_bytes()
    assert upload(people.hugo, content, name="parcoursup.csv", mapping=mapping).status_code == 302
    batch = ImportBatch.objects.get()
    assert at_desk(people.hugo).get(url("import", batch)).context["plan"].extraction.rows_read == 585
    assert commit(people.hugo, batch, create_unknown="on", leave_out_reason="Identifiant illisible.").status_code == 302
    revision = max(ValueRevision.objects.prefetch_related("cells"), key=lambda r: len(r.cells.all()))
    seen = words(at_desk(people.lise).get(reverse("desk:value", args=[revision.pk])))
    assert re.search(r"Moyenne de \d+ cellules de « pct_filles_admises », pondérée par", seen)
    assert "Le fichier est multiplié par 100." in seen


def test_preview_shows_what_a_decision_leaves_out_and_which_numbers_contradict(people: Cast) -> None:
    one, two, three = (make.uai(number) for number in (901, 902, 903))
    lake, mount = make.unit("Lac", with_uai=False), make.unit("Mont", with_uai=False)
    for unit, value in ((lake, one), (mount, two)):
        UnitIdentifier.objects.create(unit=unit, scheme="uai", value=value)
    MatchDecision.objects.create(
        dataset="enquete", scheme="uai", value=three, verdict="wider", unit=lake, reason="Université entière.",
        decided_by=people.nadia, decided_at=make.NOW,
    )  # fmt: skip
    mapping = MAPPING.replace('column = "UAI"', 'column = "UAI", separator = ","').replace(
        "format = 1", 'format = 1\ndataset = "enquete"'
    )
    content = f"UAI;Nom;Emploi\n{one}, {two};Lac et Mont;80\n{three};Grande université;70\n".encode()
    assert upload(people.hugo, content, mapping=mapping).status_code == 302
    batch = ImportBatch.objects.latest("pk")
    page = at_desk(people.hugo).get(url("import", batch))
    assert [count["n"] for count in page.context["counts"]] == [0, 0, 0, 0, 0, 0, 0, 1, 1]
    assert "Lac et Mont" in words(page)
    assert "Mène à" in words(page)
    left = words(at_desk(people.hugo).get(url("import", batch) + "?voir=laissees"))
    assert "Grande université" in left
    assert "un établissement plus large (Lac)" in left
    assert "Université entière." in left
    answer = at_desk(people.hugo).post(url("import-commit", batch), {
        "version": batch.version, "digest": page.context["plan"].digest, "create_unknown": "on",
    })  # fmt: skip
    assert "mènent à plusieurs écoles" in words(answer)
    assert not ValueRevision.objects.exists()
