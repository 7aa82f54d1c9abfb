"""What the queue gives first, how it is narrowed, and what she has decided."""

from datetime import timedelta

import pytest
from django.urls import reverse

from editorial.actions import editions, set_aside, values
from editorial.desks import priorities
from rankings.blocks import waiting_values
from rankings.models import Edition, Release
from rankings.waiting import blocks_an_edition, in_preparation
from schools.models import Indicator, ValueRevision
from tests import factories as make
from tests.desks.newsroom import at_desk, words
from tests.imported import hold_back, recorded_import
from tests.people import Cast, cast
from tests.race.files import survey
from tests.scenes import scene

pytestmark = pytest.mark.django_db


def carrying_edition() -> None:
    """An edition of 2025 that carries salaries over from two years back, and values that wait around it."""
    edition = make.edition(3)
    years = dict.fromkeys(edition.method.indicators.all(), make.YEAR)
    editions.set_columns(
        by=cast().hugo,
        at=make.START,
        edition=edition,
        seen_version=edition.version,
        years=years,
        carry_over={Indicator.objects.get(code="salaire"): 2},
    )
    new = make.unit("École sans aucune valeur")
    edition.perimeter.create(unit=new)
    outside = make.unit("École hors du champ")
    in_force, other, _third = make.units(3)
    for school, code, year in (
        (in_force, "emploi", make.YEAR),  # A correction.
        (in_force, "salaire", make.YEAR - 1),  # A later one is in force.
        (new, "salaire", make.YEAR - 2),  # Carried over.
        (new, "salaire", make.YEAR - 3),  # Too old.
        (new, "emploi", make.YEAR - 1),  # That column carries nothing over.
        (other, "emploi", make.YEAR),  # Set aside.
        (outside, "emploi", make.YEAR),
        (new, "hors-methode", make.YEAR),
    ):
        make.entered_value("41", of=school, indicator_code=code, year=year)
    aside = ValueRevision.objects.pending().get(unit=other)
    set_aside.set_aside(
        by=cast().hugo,
        at=make.START,
        edition=edition,
        seen=[values.Seen(aside, aside.version)],
        reason_fr="Contestée.",
        reason_en="Contested.",
    )


@scene(carrying_edition)
def test_what_blocks_is_what_the_edition_itself_says(people: Cast) -> None:
    edition = Edition.objects.get()
    blocking = {revision.pk for revision in waiting_values(edition)}
    assert len(blocking) == 2
    for asked in (None, edition.pk):
        found = ValueRevision.objects.pending().filter(blocks_an_edition(asked))
        assert set(found.values_list("pk", flat=True)) == blocking


def test_edition_is_in_preparation_until_it_is_sealed_and_again_when_computed_or_withdrawn(people: Cast) -> None:
    edition = make.edition(3)
    assert list(in_preparation()) == [edition]
    make.published_release(edition)
    assert list(in_preparation()) == []
    make.approved_value("51.5", of=make.units(1)[0])
    make.computed_release(edition)
    assert list(in_preparation()) == [edition]
    Release.objects.filter(number=2).delete()
    published = Release.objects.get()
    editions.withdraw_release(by=people.claire, at=make.NOW, release=published, reason_fr="Faux.", reason_en="Wrong.")
    assert list(in_preparation()) == [edition]


def waiting_crowd() -> None:
    """Oldest first: one of no edition, one that blocks, one that an anomaly touches."""
    make.edition(3)
    plain = make.entered_value("41", year=2019)
    make.entered_value("42", of=make.units(1)[0])
    anomalous = make.entered_value("43", year=2018)
    batch = recorded_import(survey(3, first=20))
    hold_back(batch, anomalous)
    hold_back(batch, plain, "remark")


def figures(revisions) -> list[int]:
    return [int(revision.value) for revision in revisions if revision.batch_id is None]


@scene(waiting_crowd)
def test_anomalies_come_first_then_what_blocks_then_the_oldest(people: Cast) -> None:
    page = at_desk(people.lise).get(reverse("desk:queue"))
    assert figures(page.context["page_obj"]) == [43, 42, 41]
    seen = words(page)
    assert seen.index("D’abord, ce qu’une anomalie touche") < seen.index("Puis, ce qui bloque une édition")
    assert seen.index("Puis, ce qui bloque une édition") < seen.index("Le reste, la plus ancienne")
    waiting = [count["n"] for count in page.context["counts"]]
    assert waiting[0] == sum(waiting[1:]) == ValueRevision.objects.pending().count()
    assert waiting[1:3] == [1, 1]


@scene(waiting_crowd)
def test_next_follows_the_order_comes_round_and_begins_after_what_was_decided(people: Cast) -> None:
    hand = ValueRevision.objects.filter(batch=None)
    anomalous, blocking, plain = hand.get(value=43), hand.get(value=42), hand.get(value=41)
    queue = hand.decidable_by(people.lise.pk)
    assert priorities.following(queue, 0) == anomalous
    assert priorities.following(queue, anomalous.pk) == blocking
    assert priorities.following(queue, blocking.pk) == plain
    assert priorities.following(queue, plain.pk) == anomalous
    values.approve_value(by=people.lise, at=make.NOW, revision=blocking, seen_version=1)
    assert priorities.following(queue, blocking.pk) == plain
    assert priorities.following(hand.filter(pk=plain.pk), plain.pk) is None


@scene(waiting_crowd)
def test_queue_is_narrowed_by_source_school_edition_and_anomaly(people: Cast) -> None:
    client, edition = at_desk(people.lise), Edition.objects.get()

    def kept(**query: object) -> list[int]:
        return figures(client.get(reverse("desk:queue"), query).context["page_obj"])

    assert kept(edition=edition.pk) == [42]
    assert kept(edition=10**9) == []
    assert kept(anomalie="a-decider") == [43]
    assert kept(anomalie="aucune") == [42]
    assert kept(ecole="brezac") == [43, 42, 41]
    assert kept(ecole="nulle part") == []
    assert kept(ecole="\x00") == [43, 42, 41]
    assert kept(source=make.source().pk) == [43, 42, 41]
    assert kept(source=make.source("Autre document").pk) == []
    page = client.get(reverse("desk:queue"), {"edition": edition.pk, "ecole": "brezac"})
    assert words(page).count("retirer ce filtre") == 2
    suffix = page.context["suffix"]
    blocking = ValueRevision.objects.get(value=42)
    there = client.get(reverse("desk:value", args=[blocking.pk]) + suffix)
    assert there.context["left"] == 1
    assert f"ecole=brezac&amp;apres={blocking.pk}" in there.content.decode()


@scene(waiting_crowd)
def test_queue_leads_to_the_bulk_comparison_of_others_imports(people: Cast) -> None:
    batch = ValueRevision.objects.exclude(batch=None).first().batch
    there = reverse("desk:import-compare", args=[batch.pk])
    assert there in at_desk(people.lise).get(reverse("desk:queue")).content.decode()
    people.hugo.groups.add(*people.lise.groups.all())
    assert there not in at_desk(people.hugo).get(reverse("desk:queue")).content.decode()


def test_decisions_are_listed_with_the_days(people: Cast) -> None:
    before = make.NOW - timedelta(days=3)
    old = make.approved_value("41", year=2019, at=before)
    new = make.entered_value("42", year=2020)
    values.approve_value(by=people.lise, at=make.NOW, revision=new, seen_version=1)
    refused = make.entered_value("43", year=2021)
    values.reject_value(by=people.lise, at=make.NOW, revision=refused, seen_version=1, reason="Lu 34.")
    make.entered_value("44", year=2022)
    client, there = at_desk(people.lise), reverse("desk:decided")
    page = client.get(there)
    assert [row.pk for row in page.context["page_obj"]] == [refused.pk, new.pk, old.pk]
    assert [count["n"] for count in page.context["counts"]] == [3, 1, 1]
    assert "Une décision ne se défait pas." in words(page)
    assert "Lu 34." in words(page)
    assert [row.pk for row in client.get(there, {"voir": "approuvees"}).context["page_obj"]] == [new.pk, old.pk]
    today = client.get(there, {"voir": "rejetees", "jour": "1"})
    assert [row.pk for row in today.context["page_obj"]] == [refused.pk]
    assert at_desk(people.vera).get(there).context["page_obj"].paginator.count == 0


@scene(waiting_crowd)
def test_queue_asks_as_much_for_many_values(people: Cast, django_assert_max_num_queries) -> None:
    client, there = at_desk(people.lise), reverse("desk:queue")
    client.get(there)
    for year in range(2000, 2012):
        make.entered_value("50", year=year, of=make.units(12)[year - 2000])
    with django_assert_max_num_queries(19):
        client.get(there, {"edition": Edition.objects.get().pk})
