"""The desk where an import is held against its source, and where an edition does without what waits."""

import pytest
from django.urls import reverse

from editorial.actions import imports
from editorial.actions.verification import comparison
from schools import files
from schools.models import Anomaly, ImportBatch, ValueRevision
from tests import factories as make
from tests.desks.newsroom import at_desk, said, words
from tests.people import Cast
from tests.race.files import MAPPING, survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(people: Cast) -> ImportBatch:
    """Five values that wait, recorded by Hugo; an anomaly holds the first back, and a remark touches the second."""
    make.indicator("emploi")
    received = imports.Received(
        content=survey(5), name="enquete.csv", title="Enquête", publisher="Observatoire", licence="Licence Ouverte 2.0"
    )
    made = imports.open_import(by=people.hugo, at=make.START, received=received, mapping_text=MAPPING)
    plan = imports.plan_of(made)
    imports.commit_import(
        by=people.hugo, at=make.START, batch=made, seen_version=1, seen_digest=plan.digest, create_unknown=True
    )
    first, second = made.revisions.order_by("pk")[:2]
    for severity, revision in (("blocking", first), ("remark", second)):
        found = Anomaly.objects.create(
            batch=made, code="jump", severity=severity, sentence="jump", cells="C2",
            params='{"column":"Emploi","before":"1200","year_before":"2024","read":"80.5","year":"2025","times":"15"}',
        )  # fmt: skip
        found.revisions.add(revision)
    return made


def url(name: str, batch: ImportBatch) -> str:
    return reverse(f"desk:{name}", args=[batch.pk])


def test_page_lists_what_would_be_approved_and_what_not(people: Cast, batch: ImportBatch) -> None:
    client = at_desk(people.lise)
    page = client.get(url("import-compare", batch))
    assert [count["n"] for count in said(page)["counts"]] == [4, 1, 0, 0]
    assert said(page)["kind"] == "anomalies"  # what needs an eye comes first
    assert "« Emploi » passe de 1 200 (2024) à 80,5 (2025) : un rapport de 15 entre les deux." in words(page)
    assert "Approuver 4 valeurs" in words(page)
    assert "1 remarque" in words(page)
    equal = client.get(url("import-compare", batch), {"voir": "egales"})
    assert len(said(equal)["page_obj"]) == 4
    assert said(client.get(url("import-compare", batch), {"voir": "x", "page": "zz"}))["kind"] == "anomalies"


def test_button_approves_what_was_seen_and_leaves_the_rest(people: Cast, batch: ImportBatch) -> None:
    client = at_desk(people.lise)
    digest = said(client.get(url("import-compare", batch)))["compared"].digest
    answer = client.post(url("import-approve", batch), {"digest": digest}, follow=True)
    assert answer.redirect_chain == [(url("import", batch), 302)]
    assert "4 valeurs approuvées. 1 attend encore." in words(answer)
    assert (batch.revisions.in_force().count(), batch.revisions.pending().count()) == (4, 1)
    again = client.post(url("import-approve", batch), {"digest": digest})
    assert again.status_code == 409
    assert "plus à jour" in words(again)
    assert "Aucune de ces valeurs ne peut être approuvée d’un coup" in words(client.get(url("import-compare", batch)))


@pytest.mark.parametrize("who", ["hugo", "jean", "claire"])
def test_others_read_why_they_may_not(who: str, people: Cast, batch: ImportBatch) -> None:
    client = at_desk(getattr(people, who))
    page = client.get(url("import-compare", batch))
    assert "Vérifier revient aux vérificatrices." in words(page)
    assert 'aria-disabled="true"' in page.content.decode()
    answer = client.post(url("import-approve", batch), {"digest": comparison(batch).digest})
    assert answer.status_code == 403
    assert batch.revisions.pending().count() == 5


def test_a_changed_file_is_told_and_nothing_can_be_approved(people: Cast, batch: ImportBatch) -> None:
    files.path_of(batch.source.sha256).write_bytes(b"altered")
    page = at_desk(people.lise).get(url("import-compare", batch))
    assert "n’est plus celui qui a été reçu" in words(page)
    assert [count["n"] for count in said(page)["counts"]] == [0, 0, 5, 0]
    assert "d’un coup" in words(page)


def test_page_of_the_import_leads_to_the_comparison(people: Cast, batch: ImportBatch) -> None:
    for who in (people.lise, people.hugo):
        page = at_desk(who).get(url("import", batch))
        assert url("import-compare", batch) in page.content.decode()
        assert "Comparer à la source" in words(page)


def test_doors_of_the_comparison(people: Cast, batch: ImportBatch) -> None:
    from django.test import Client

    assert Client().get(url("import-compare", batch)).status_code == 302
    assert at_desk(people.paul).get(url("import-compare", batch)).status_code == 403
    assert at_desk(people.lise).post(url("import-compare", batch)).status_code == 405
    assert at_desk(people.lise).get(url("import-approve", batch)).status_code == 405
    assert at_desk(people.lise).get(reverse("desk:import-compare", args=[99])).status_code == 404


def test_number_of_queries_does_not_grow_with_the_import(
    people: Cast, batch: ImportBatch, django_assert_max_num_queries
) -> None:
    client = at_desk(people.lise)
    client.get(url("import-compare", batch))
    with django_assert_max_num_queries(22):
        client.get(url("import-compare", batch))


def test_value_and_queue_show_the_anomaly(people: Cast, batch: ImportBatch) -> None:
    client = at_desk(people.lise)
    held, remarked, clean = batch.revisions.order_by("pk")[:3]
    sentence = "« Emploi » passe de 1 200 (2024)"
    assert sentence in words(client.get(reverse("desk:value", args=[held.pk])))
    assert "Anomalie" in words(client.get(reverse("desk:value", args=[held.pk])))
    assert "Remarque" in words(client.get(reverse("desk:value", args=[remarked.pk])))
    assert sentence not in words(client.get(reverse("desk:value", args=[clean.pk])))
    assert sentence in words(client.get(reverse("desk:queue")))


def test_queue_is_narrowed_to_anomalies(people: Cast, batch: ImportBatch) -> None:
    client = at_desk(people.lise)
    held, remarked, *clean = batch.revisions.order_by("pk")
    for word, kept in {
        "a-decider": [held],
        "remarque": [remarked],
        "aucune": clean,
        "x": [held, remarked, *clean],
    }.items():
        page = client.get(reverse("desk:queue"), {"anomalie": word})
        assert list(said(page)["page_obj"]) == kept
    page = client.get(reverse("desk:queue"), {"anomalie": "a-decider"})
    assert "à décider une à une" in words(page)
    assert "anomalie=a-decider" in said(page)["suffix"]
    following = client.get(reverse("desk:value-next"), {"anomalie": "a-decider"})
    assert following["Location"] == reverse("desk:value", args=[held.pk]) + "?anomalie=a-decider"


# Setting aside

REASONS = {"reason_fr": "La source se contredit.", "reason_en": "The source contradicts itself."}


def test_values_are_set_aside_and_taken_back(people: Cast) -> None:
    edition = make.edition(4)
    schools = [item.unit for item in edition.perimeter.filter(status="included").order_by("pk")]
    first, second, third = [make.entered_value("41.5", of=school) for school in schools[:3]]
    client, place = at_desk(people.hugo), reverse("desk:edition-aside", args=[edition.pk])
    assert "Mettre de côté des valeurs en attente" in words(client.get(reverse("desk:edition", args=[edition.pk])))
    page = client.get(place)
    assert {value.pk for value in said(page)["page_obj"]} == {first.pk, second.pk, third.pk}
    answer = client.post(place, {"what": "ticked", "value": f"{first.pk}:1", **REASONS}, follow=True)
    assert "1 valeur mise de côté." in words(answer)
    assert "The source contradicts itself." in words(answer)
    everything = {"what": "all", "digest": said(answer)["digest"], **REASONS}
    assert "2 valeurs mises de côté." in words(client.post(place, everything, follow=True))
    assert "Rien ne bloque" in words(client.get(reverse("desk:edition", args=[edition.pk])))
    assert "3 valeurs mises de côté" in words(client.get(reverse("desk:edition", args=[edition.pk])))
    back = reverse("desk:edition-back", args=[edition.pk])
    assert "bloque de nouveau" in words(client.post(back, {"revision": second.pk}, follow=True))
    assert client.post(back, {"revision": second.pk}).status_code == 409
    assert client.post(back, {"revision": "x"}).status_code == 409
    assert ValueRevision.objects.pending().count() == 3


def test_setting_aside_is_refused_with_its_reason(people: Cast) -> None:
    edition = make.edition(4)
    value = make.entered_value("41.5", of=edition.perimeter.filter(status="included").first().unit)
    place = reverse("desk:edition-aside", args=[edition.pk])
    client = at_desk(people.hugo)
    without = client.post(place, {"what": "ticked", "value": f"{value.pk}:1", "reason_fr": "Pourquoi"})
    assert without.status_code == 403
    assert "en français et en anglais" in words(without)
    assert "Pourquoi" in words(without)
    assert client.post(place, {"value": f"{value.pk}:1", "reason_fr": "x" * 301, "reason_en": "x"}).status_code == 422
    assert client.post(place, {"what": "ticked", **REASONS}).status_code == 403
    assert client.post(place, {"what": "ticked", "value": f"{value.pk}:7", **REASONS}).status_code == 409
    assert client.post(place, {"what": "all", "digest": "x", **REASONS}).status_code == 409
    assert "Préparer une édition revient" in words(at_desk(people.lise).get(place))
    assert at_desk(people.lise).post(place, {"value": f"{value.pk}:1", **REASONS}).status_code == 403
