"""The trail as a file: the same acts as the page, written as they come, with nothing a spreadsheet would run."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from editorial.actions import values
from editorial.models import AuditEvent
from tests import factories as make
from tests.desks.newsroom import at_desk
from tests.people import Cast

pytestmark = pytest.mark.django_db

FILE = "desk:trail-file"


def read(response) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def get(person, name: str = FILE, args: tuple[object, ...] = (), lang: str = "fr", **query):
    client = at_desk(person)
    client.cookies["palmares-language"] = lang
    return client.get(reverse(name, args=args), query)


def test_file_has_what_the_page_has_in_the_same_order(people: Cast) -> None:
    make.approved_value("80")
    replaced = make.approved_value("82.5")
    answer = get(people.claire)
    assert answer.streaming
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="journal-')
    assert answer["Cache-Control"] == "private, no-store"
    rows = read(answer)
    assert [row["numéro"] for row in rows] == ["4", "3", "2", "1"]
    first = AuditEvent.objects.get(number=4)
    assert (rows[0]["qui"], rows[0]["acte"], rows[0]["code de l’acte"]) == (
        "Lise Aubry", "a approuvé une valeur", "value.approve",
    )  # fmt: skip
    assert (rows[0]["de"], rows[0]["à"]) == ("valeur\u00a0: 80,0", "valeur\u00a0: 82,5")
    assert rows[0]["instant (Paris)"] == localtime(make.START).isoformat()
    assert (rows[0]["empreinte"], rows[0]["détails tels que gardés"]) == (first.hash, first.details)
    assert rows[0]["numéro de l’objet"] == str(replaced.pk)


def test_file_keeps_the_filters_and_the_story(people: Cast) -> None:
    one = make.approved_value("80")
    make.entered_value("4.5", by=people.nadia, indicator_code="doctorants")
    assert [row["acte"] for row in read(get(people.claire, qui=people.lise.pk))] == ["a approuvé une valeur"]
    assert len(read(get(people.claire, depuis="2100-01-01"))) == 0
    own = read(get(people.claire, "desk:trail-story-file", ("valeur", one.pk)))
    assert {row["numéro de l’objet"] for row in own} == {str(one.pk)}
    assert get(people.claire, "desk:trail-story-file", ("valeur", 4012)).status_code == 404


def test_file_of_a_filter_that_cannot_be_read_leads_to_the_page_that_says_so(people: Cast) -> None:
    make.entered_value("80")
    answer = get(people.claire, depuis="hier")
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('desk:trail')}?depuis=hier"


def test_file_speaks_english_to_who_chose_it(people: Cast) -> None:
    make.entered_value("80")
    [row] = read(get(people.claire, lang="en"))
    assert row["action"] == "entered a value"
    assert row["other details"] == "value 80.0"


@pytest.mark.parametrize("reason", ["=HYPERLINK(1)", "+1+1", "-A1", "@SUM(A1)", "＝1+1"])
def test_a_reason_never_becomes_a_formula(people: Cast, reason: str) -> None:
    waiting = make.entered_value("80")
    values.reject_value(by=people.lise, at=make.NOW, revision=waiting, seen_version=1, reason=reason)
    assert read(get(people.claire))[0]["motif"] == f"'{reason}"


def test_file_asks_who_you_are_and_what_you_may(people: Cast) -> None:
    for url in (reverse(FILE), reverse("desk:trail-story-file", args=["ecole", 1])):
        assert Client().get(url).status_code == 302
        assert at_desk(people.paul).get(url).status_code == 403
        assert at_desk(people.claire).post(url).status_code == 405


def test_file_reads_the_acts_in_one_query_however_many(people: Cast, django_assert_max_num_queries) -> None:
    for year in range(2000, 2012):
        make.entered_value("80", year=year)
    client = at_desk(people.claire)
    client.get(reverse(FILE))
    with django_assert_max_num_queries(8):
        assert len(read(client.get(reverse(FILE)))) == 12
