"""The desk of an archival edition: its print, what looks wrong there, and no form that would compute it."""

import pytest
from django.urls import reverse

from rankings.models import Edition, Release
from tests import factories as make
from tests.desks.newsroom import at_desk, words
from tests.people import Cast
from tests.scenes import scene

pytestmark = [pytest.mark.django_db, scene(make.archival_release, ranks=("1", "2", "2 ex aequo", "3", "16", "52"))]


def test_edition_page_shows_the_print_and_its_doubts(people: Cast) -> None:
    answer = at_desk(people.hugo).get(reverse("desk:edition", args=[Edition.objects.get().pk]))
    said = words(answer)
    assert "palmares_2018.csv" in said
    assert "partage le rang 2 sans être dite ex aequo" in said
    assert "Rang 3 : on attendrait 4" in said
    assert "Choisir ou déposer une méthode" not in said


def test_release_page_shows_the_places(people: Cast) -> None:
    client = at_desk(people.claire)
    answer = client.get(reverse("desk:release", args=[Release.objects.get().pk]), {"verifier": "1"})
    assert answer.status_code == 200
    assert "Le scellé est intact." in words(answer)


def test_an_empty_archive_waits_for_its_places(people: Cast) -> None:
    edition = make.archival_edition(year=2019)
    edition.places.all().delete()
    answer = at_desk(people.hugo).get(reverse("desk:edition", args=[edition.pk]))
    assert "Aucune place n’est entrée" in words(answer)
