"""An archival edition at its desk: opened, its file looked at before anything is written, entered as it was seen."""

import re

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from editorial.actions import editions
from editorial.models import AuditEvent
from rankings.models import Edition, EditionPlace, EditionPrint, Release
from schools import files
from schools.models import Source, Unit
from tests import factories as make
from tests.desks.newsroom import at_desk, words
from tests.editorial.refusing import nothing_written
from tests.people import Cast
from tests.scenes import scene

pytestmark = pytest.mark.django_db

SAID = {
    "header_row": "1", "sheet": "", "name": "École", "key": "UAI", "scheme": "uai", "rank": "Rang", "tied": "",
    "points": "", "ranked_count": "63", "out_of": "", "method_fr": "Vingt critères.", "method_en": "Twenty criteria.",
    "title": "Le magazine, n° 412", "publisher": "Le magazine", "licence": "Reproduction autorisée",
    "leaves": "values", "document_date": "", "url": "",
}  # fmt: skip


def opened(people: Cast, year: int = 2018) -> Edition:
    return editions.open_edition(
        by=people.hugo, at=make.START, ranking=make.ranking(), year=year, texts=make.TEXTS, archival=True
    )


def sent(client, edition: Edition, content: bytes, file_name: str = "palmares_2018.csv", **said: str):
    file = SimpleUploadedFile(file_name, content)
    return client.post(reverse("desk:edition-places", args=[edition.pk]), {**SAID, "file": file, **said})


def confirmed(client, edition: Edition, answer, **said: str):
    held = {"version": edition.version, "held": answer.context["held"], **said}
    return client.post(reverse("desk:edition-places-enter", args=[edition.pk]), held)


def a_print(*ranks: str) -> bytes:
    return make.printed_file(*make.printed_rows(make.units(len(ranks)), ranks))


def places(edition: Edition) -> list[tuple[int, bool]]:
    return list(edition.places.order_by("rank", "pk").values_list("rank", "tied"))


def test_an_archival_edition_is_opened_from_the_desk(people: Cast) -> None:
    client, ranking = at_desk(people.hugo), make.ranking()
    said = {"what": "edition", "ranking": ranking.pk, "year": 2019, "archival": "on"}
    answer = client.post(reverse("desk:editions"), said)
    edition = Edition.objects.get()
    assert (answer["Location"], edition.archival) == (reverse("desk:edition", args=[edition.pk]), True)
    there = client.get(answer["Location"])
    assert reverse("desk:edition-places", args=[edition.pk]) in there.content.decode()


def test_a_file_is_seen_then_entered_signed_sealed_and_published(people: Cast) -> None:
    edition, client = opened(people), at_desk(people.hugo)
    content = a_print("1re", "2e ex aequo", "2e ex aequo")
    with nothing_written():
        answer = sent(client, edition, content)
    assert answer.status_code == 200
    seen = words(answer)
    assert "3 places lues, sur 63 écoles classées à l’imprimé" in seen
    assert "3 nouvelles." in seen
    assert "C3 2e ex aequo" in seen
    assert "Entrer 3 places" in seen
    done = confirmed(client, edition, answer)
    assert done["Location"] == reverse("desk:edition", args=[edition.pk])
    assert places(edition) == [(1, False), (2, True), (2, True)]
    record = EditionPrint.objects.get()
    assert (record.ranked_count, record.source.file_name) == (63, "palmares_2018.csv")
    assert files.read(record.source.sha256) == content
    client.post(reverse("desk:edition-compute", args=[edition.pk]))
    release = Release.objects.get()
    at_desk(people.marc).post(reverse("desk:release-sign", args=[release.pk]), {"digest": release.digest})
    said = {"digest": release.digest, "when": "now"}
    at_desk(people.claire).post(reverse("desk:release-seal", args=[release.pk]), said)
    assert Release.objects.published(at=make.FUTURE).get() == release


def test_what_is_refused_is_said_by_its_cell_with_its_reason(people: Cast) -> None:
    edition, client = opened(people), at_desk(people.hugo)
    school = make.unit()
    rows = [("", "École de nulle part", "1"), (school.identifiers.get().value, school.name, "deuxième")]
    content = make.printed_file(*rows)
    with nothing_written():
        answer = sent(client, edition, content)
    assert answer.status_code == 422
    assert [(told.problem.cell, told.problem.code) for told in answer.context["problems"]] == [
        ("B2", "place_unknown_school"),
        ("C3", "rank_not_one"),
    ]
    seen = words(answer)
    assert "2 points refusés : rien n’a été écrit" in seen
    assert "« deuxième » n’est pas un rang. Écrivez par exemple 16" in seen
    assert "held" not in answer.context
    with pytest.raises(files.FileChanged):
        files.read(files.sha256_of(content))


@pytest.mark.parametrize(
    ("name", "content", "said", "reason"),
    [
        ("vide.csv", b"", {}, "vide"),
        ("image.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, {}, ""),
        ("faux.xlsx", b"PK\x03\x04n'importe quoi", {}, ""),
        ("nul.csv", b"UAI;\xc3\x89cole;Rang\r\n1\x002;x;1\r\n", {}, "octets nuls"),
        ("titres.csv", b"UAI;Nom;Rang\r\n", {}, "École"),
        ("titres.csv", "UAI;École;Rang\r\n".encode(), {}, ""),
        ("haut.csv", "UAI;École;Rang\r\n1;x;1\r\n".encode(), {"header_row": "40"}, "Corrigez « Ligne des titres »."),
        ("une.csv", "UAI;École;Rang\r\n1;x;1\r\n".encode(), {"sheet": "Feuil1"}, "Laissez « Feuille » vide"),
    ],
)
def test_bad_files_get_clear_errors(people: Cast, name: str, content: bytes, said: dict[str, str], reason: str) -> None:
    edition, client = opened(people), at_desk(people.hugo)
    with nothing_written():
        answer = sent(client, edition, content, name, **said)
    assert answer.status_code == 422
    assert answer.context["problems"]
    assert reason in words(answer)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"rank": ""}, "rank"),
        ({"name": "", "key": ""}, "name"),
        ({"ranked_count": "0"}, "ranked_count"),
        ({"method_en": " "}, "method_en"),
        ({"title": ""}, "title"),
        ({"header_row": "0"}, "header_row"),
    ],
)
def test_each_field_says_what_it_wants(people: Cast, said: dict[str, str], field: str) -> None:
    edition, client = opened(people), at_desk(people.hugo)
    answer = sent(client, edition, a_print("1"), **said)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"out_of": "vingt"}, "n’est pas un nombre de points"),
        ({"ranked_count": "1"}, "l’imprimé ne classerait que 1 écoles"),
        ({"leaves": "points"}, "ne laisse pas sortir"),
    ],
)
def test_what_the_rules_refuse_is_said_before_anything_is_kept(people: Cast, said: dict[str, str], reason: str) -> None:
    edition, client, content = opened(people), at_desk(people.hugo), a_print("1", "1")
    with nothing_written():
        answer = sent(client, edition, content, **said)
    assert answer.status_code == 403
    assert reason in words(answer)


def test_the_preview_says_what_the_next_file_would_change(people: Cast) -> None:
    edition, client = make.archival_edition(schools=3, ranks=("1re", "2e", "3e")), at_desk(people.hugo)
    answer = sent(client, edition, a_print("1re", "3e"))
    assert "1 changée. 1 école n’y est plus." in words(answer)
    edition.refresh_from_db()
    confirmed(client, edition, answer)
    assert places(edition) == [(1, False), (3, False)]


def test_places_are_entered_only_as_they_were_seen(people: Cast) -> None:
    edition, client = opened(people), at_desk(people.hugo)
    answer = sent(client, edition, a_print("1re", "2e"))
    school = make.units(2)[1]
    school.identifiers.update(unit=make.unit("Autre école"))
    with nothing_written():
        late = confirmed(client, edition, answer)
    assert late.status_code == 409
    assert "les écoles ou leurs noms ont changé" in words(late)


def test_an_edition_that_changed_since_is_not_written_over(people: Cast) -> None:
    edition, client = opened(people), at_desk(people.hugo)
    answer = sent(client, edition, a_print("1re", "2e"))
    confirmed(client, edition, answer)
    with nothing_written():
        again = confirmed(client, edition, answer)
    assert again.status_code == 409


def test_a_confirmation_that_is_not_ours_is_refused(people: Cast) -> None:
    edition, client = opened(people), at_desk(people.hugo)
    answer = sent(client, edition, a_print("1re"))
    other = opened(people, 2019)
    for held in ("", "rien", signing.dumps({"edition": edition.pk}, salt="another")):
        assert confirmed(client, edition, answer, held=held).status_code == 409
    assert confirmed(client, other, answer).status_code == 409
    files.path_of(files.sha256_of(a_print("1re"))).unlink()
    assert confirmed(client, edition, answer).status_code == 409
    assert not EditionPlace.objects.exists()


def test_only_who_prepares_and_imports_may_send(people: Cast) -> None:
    edition = opened(people)
    content = a_print("1re")
    for who in (people.lise, people.jean, people.claire):
        client = at_desk(who)
        there = client.get(reverse("desk:edition-places", args=[edition.pk]))
        assert there.status_code == 200
        assert 'name="file"' not in there.content.decode()
        with nothing_written():
            assert sent(client, edition, content).status_code == 403


def test_a_computed_edition_takes_no_places(people: Cast) -> None:
    edition = editions.open_edition(by=people.hugo, at=make.START, ranking=make.ranking(), year=2020, texts=make.TEXTS)
    client = at_desk(people.hugo)
    assert "Cette édition se calcule" in words(client.get(reverse("desk:edition-places", args=[edition.pk])))
    assert sent(client, edition, a_print("1re")).status_code == 403


@scene(make.archival_edition)
def test_the_print_is_described_without_sending_it_again(people: Cast) -> None:
    edition, client = Edition.objects.get(), at_desk(people.hugo)
    page = client.get(reverse("desk:edition-places", args=[edition.pk])).content.decode()
    assert re.search(r'name="words-ranked_count"[^>]*value="63"', page) or 'value="63"' in page
    url = reverse("desk:edition-print-words", args=[edition.pk])
    said = {"version": edition.version, "words-ranked_count": "60", "words-out_of": "", "words-method_fr": "Autre."}
    assert client.post(url, said).status_code == 422
    assert client.post(url, said | {"words-method_en": "Other."}).status_code == 302
    assert EditionPrint.objects.values_list("ranked_count", "method_en").get() == (60, "Other.")
    assert AuditEvent.objects.latest("number").verb == "edition.print"
    late = client.post(url, said | {"words-method_en": "Late."})
    assert late.status_code == 409


def test_the_same_bytes_known_under_a_licence_that_keeps_them_are_refused(people: Cast) -> None:
    edition, client, content = opened(people), at_desk(people.hugo), a_print("1re")
    Source.objects.create(
        title="x", publisher="x", licence="x", leaves="points", sha256=files.sha256_of(content), file_name="x.csv",
        size_bytes=len(content), received_at=make.START, received_by=people.hugo,
    )  # fmt: skip
    with nothing_written():
        assert sent(client, edition, content).status_code == 403


@scene(make.archival_edition)
def test_preview_takes_no_more_queries_with_more_places(people: Cast, django_assert_max_num_queries) -> None:
    edition, client = Edition.objects.get(), at_desk(people.hugo)
    schools = list(Unit.objects.order_by("pk"))
    content = make.printed_file(*make.printed_rows(schools, [str(n) for n in range(1, len(schools) + 1)]))
    sent(client, edition, content)
    with django_assert_max_num_queries(26):
        assert sent(client, edition, content).status_code == 200
