"""The grids: every case of a school or of an indicator, with its state, its source and the years before."""

from decimal import Decimal

import pytest
from django.urls import reverse

from editorial.actions import editions
from rankings.coverage import Coverage, Known
from rankings.models import Edition
from schools.models import Indicator, Unit, ValueRevision
from tests import factories as make
from tests.desks.newsroom import at_desk, words
from tests.imported import hold_back, recorded_import
from tests.people import Cast, cast
from tests.race.files import survey
from tests.scenes import scene

pytestmark = pytest.mark.django_db


def carried(edition: Edition, code: str, years: int) -> None:
    """Let the edition take the figures of this indicator from so many years back."""
    editions.set_columns(
        by=cast().hugo,
        at=make.START,
        edition=edition,
        seen_version=edition.version,
        years=dict.fromkeys(edition.method.indicators.all(), make.YEAR),
        carry_over={Indicator.objects.get(code=code): years},
    )


def half_full() -> None:
    """Three schools with all their values, one of them told secret; and one new school with next to nothing."""
    edition = make.edition(3)
    new = make.unit("École nouvelle")
    edition.perimeter.create(unit=new)
    carried(edition, "salaire", 1)
    make.approved_value("31000", of=new, indicator_code="salaire", year=make.YEAR - 1)
    make.approved_value("61.0", of=new, indicator_code="emploi", year=make.YEAR - 1)
    make.entered_value("12.5", of=new, indicator_code="doctorants")
    make.approved_value("90.0", of=make.units(1)[0], year=make.YEAR - 1)


@scene(half_full)
def test_coverage_tells_what_is_known_of_every_case(people: Cast, django_assert_num_queries) -> None:
    with django_assert_num_queries(4):
        coverage = Coverage(Edition.objects.get())
    counts = coverage.counts
    assert counts == {Known.KNOWN: 11, Known.TOLD: 1, Known.WAITING: 1, Known.CARRIED: 1, Known.EMPTY: 2}
    assert counts.total() == 4 * 4
    lines = {line.of.code: line for line in coverage.by_indicator}
    assert (lines["emploi"].settled, lines["emploi"].empty, lines["emploi"].waiting) == (3, 1, 0)
    assert (lines["salaire"].settled, lines["salaire"].told) == (4, 1)
    assert (lines["doctorants"].settled, lines["doctorants"].waiting) == (3, 1)
    emptiest = coverage.by_unit[0]
    assert (emptiest.of.name, emptiest.settled, emptiest.total) == ("École nouvelle", 1, 4)


@scene(half_full)
def test_front_of_the_grids_leads_to_each_with_its_edition(people: Cast) -> None:
    page = at_desk(people.jean).get(reverse("desk:grid"))
    edition = Edition.objects.get()
    assert "13 cases réglées sur 16" in words(page)
    for there in ("grid-unit", "ecole-nouvelle"), ("grid-indicator", "emploi"):
        assert f"{reverse(f'desk:{there[0]}', args=[there[1]])}?edition={edition.pk}" in page.content.decode()


@scene(half_full)
def test_grid_of_a_school_shows_each_case_with_its_state_source_people_and_years(people: Cast) -> None:
    school = make.units(1)[0]
    page = at_desk(people.lise).get(reverse("desk:grid-unit", args=[school.slug]))
    rows = {row.indicator.code: row for row in page.context["rows"]}
    assert set(rows) == {"salaire", "emploi", "doctorants", "mobilite"}
    emploi = rows["emploi"]
    assert (str(emploi.case.figure), [case.year for case in emploi.before]) == ("98.0", [2024, 2023, 2022, 2021])
    assert str(emploi.before[0].figure) == "90.0"
    assert emploi.change == Decimal("8.0")
    seen = words(page)
    for read in ("98,0 % en vigueur", "Enquête certifiée", "entrée par Hugo Ferrand", "vue par Lise Aubry", "90,0 %"):
        assert read in seen, read
    assert "Remplacer" not in seen
    assert reverse("desk:value", args=[emploi.case.in_force.pk]) in page.content.decode()


@scene(half_full)
def test_grid_is_narrowed_to_gaps_absences_and_what_waits(people: Cast) -> None:
    client, new = at_desk(people.hugo), reverse("desk:grid-unit", args=["ecole-nouvelle"])

    def codes(address: str, **query: str) -> list[str]:
        return [row.indicator.code for row in client.get(address, query).context["rows"]]

    assert codes(new, voir="vides") == ["emploi", "mobilite", "salaire"]
    assert codes(new, voir="attente") == ["doctorants"]
    assert codes(new, voir="vues") == []
    assert codes(new, voir="n’importe quoi") == codes(new)
    assert codes(new, annee=str(make.YEAR - 1), voir="vues") == ["emploi", "salaire"]
    secret = Unit.objects.get(slug="ecole-centrale-de-vaucelles")
    assert codes(reverse("desk:grid-unit", args=[secret.slug]), voir="absences") == ["salaire"]
    for nonsense in ({"annee": "99999"}, {"annee": "x"}, {"edition": "9" * 30}, {"edition": "x"}):
        assert client.get(new, nonsense).status_code == 200


@scene(half_full)
def test_grid_of_an_indicator_lists_every_school_in_the_order_asked(people: Cast) -> None:
    client, there = at_desk(people.hugo), reverse("desk:grid-indicator", args=["emploi"])

    def schools(**query: str) -> list[str]:
        return [row.unit.slug for row in client.get(there, query).context["rows"]]

    assert schools()[-1] == "institut-ampere-lavoisier"
    assert schools(tri="valeur") == [
        "ecole-des-mines-de-brezac", "institut-ampere-lavoisier", "ecole-centrale-de-vaucelles", "ecole-nouvelle",
    ]  # fmt: skip
    assert schools(tri="ecart")[0] == "ecole-des-mines-de-brezac"
    assert schools(voir="vides") == ["ecole-nouvelle"]
    page = client.get(there, {"tri": "valeur"})
    assert page.content.decode().count('aria-sort="descending"') == 1
    assert "3 écoles, médiane" in words(page)
    assert len(schools(annee="2019")) == Unit.objects.count()
    assert client.get(reverse("desk:grid-indicator", args=["inconnu"])).status_code == 404


def test_anomaly_and_rival_entries_show_in_their_case(people: Cast) -> None:
    batch = recorded_import(survey(1))
    revision = batch.revisions.get()
    hold_back(batch, revision)
    make.entered_value("12.0", by=people.nadia, of=revision.unit)
    page = at_desk(people.lise).get(reverse("desk:grid-unit", args=[revision.unit.slug]), {"annee": "2025"})
    (row,) = page.context["rows"]
    assert len(row.case.waiting) == 2
    seen = words(page)
    assert "ne peut pas être plus grand que" in seen
    assert reverse("desk:import", args=[batch.pk]) in page.content.decode()
    kept = at_desk(people.lise).get(
        reverse("desk:grid-indicator", args=["emploi"]), {"annee": "2025", "voir": "anomalies"}
    )
    assert len(kept.context["rows"]) == 1


def test_values_under_an_older_definition_are_still_seen(people: Cast) -> None:
    old = make.approved_value("71.5")
    make.indicator("emploi", version=2)
    page = at_desk(people.lise).get(reverse("desk:grid-unit", args=[old.unit.slug]), {"annee": str(make.YEAR)})
    (row,) = page.context["rows"]
    assert row.indicator.version == 2
    assert row.case.in_force == old


@pytest.mark.parametrize(("word", "name", "anchor"), [
    ("ecole", "grid-unit", "#emploi"), ("indicateur", "grid-indicator", "#ecole-des-mines-de-brezac"),
    ("https://ailleurs.example", "entry", ""),
])  # fmt: skip
def test_value_entered_from_a_grid_comes_back_to_its_line(word: str, name: str, anchor: str, people: Cast) -> None:
    before = make.approved_value("80", year=make.YEAR - 1)
    hugo, school = at_desk(people.hugo), before.unit
    there = reverse("desk:entry-unit", args=[school.slug])
    query = f"?indicateur={before.indicator_id}&annee={make.YEAR}&retour={word}"
    page = hugo.get(there + query)
    assert [r.pk for r in page.context["before"]] == [before.pk]
    sent = {"kind": "known", "value": "81,5", "source": before.source_id, "reference": "p. 3"}
    answer = hugo.post(there + query, sent)
    part = {"grid-unit": [school.slug], "grid-indicator": ["emploi"], "entry": []}[name]
    assert answer["Location"] == reverse(f"desk:{name}", args=part) + anchor
    assert ValueRevision.objects.pending().get().value == Decimal("81.5")


def crowd() -> None:
    make.edition(12)


@scene(crowd)
@pytest.mark.parametrize(("name", "part"), [
    ("grid", []), ("grid-unit", ["ecole-des-mines-de-brezac"]), ("grid-indicator", ["emploi"]),
])  # fmt: skip
def test_grids_ask_as_much_for_many_schools_and_years(
    name: str, part: list[str], people: Cast, django_assert_max_num_queries
) -> None:
    client, there = at_desk(people.alice), reverse(f"desk:{name}", args=part)
    client.get(there)
    for year in range(2021, 2025):
        make.entered_value("50", year=year)
    with django_assert_max_num_queries(14):
        client.get(there)
