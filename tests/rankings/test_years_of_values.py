"""Figures carried over from an earlier year, and the years before kept for the evolution."""

import json

import pytest

from editorial.actions import editions, values
from editorial.exceptions import Refused
from rankings.blocks import pending_values
from rankings.compute import compute, load
from rankings.models import ReleaseSeries, ReleaseValue
from rankings.seal import seal_digest
from schools.models import Unit
from tests import factories as make
from tests.people import Cast
from tests.rankings import shares
from tests.rankings.shares import columns

pytestmark = pytest.mark.django_db

FIRST = "ecole-des-mines-de-brezac"
# The first school lacks its women of this year; nothing is entered for it.
ROWS = [("", "75", "1200", "120", "90.0"), *shares.FIGURES[1:3]]


def school() -> Unit:
    return make.units(1)[0]


def test_nothing_is_carried_over_unless_the_edition_says_so(people: Cast) -> None:
    edition = shares.edition(ROWS)
    shares.value(school(), "femmes", "45", year=2023)
    assert (FIRST, "femmes") not in load(edition).revisions
    columns(edition, carry_over={"femmes": 1})
    assert (FIRST, "femmes") not in load(edition).revisions, "2023 is two years before"
    columns(edition, carry_over={"femmes": 2})
    assert load(edition).revisions[FIRST, "femmes"].reference_year == 2023


def test_the_last_year_that_says_anything_is_carried_over(people: Cast) -> None:
    edition = shares.edition(ROWS)
    columns(edition, carry_over={"femmes": 5})
    for year, figure in ((2021, "10"), (2022, "45")):
        shares.value(school(), "femmes", figure, year=year)
    assert load(edition).revisions[FIRST, "femmes"].reference_year == 2022
    computation = compute(edition)
    described = json.loads(computation.document)["values"][FIRST]["femmes"]
    assert (described["figure"], described["kind"], described["year"]) == ("45", "carried_over", "2022")
    assert json.loads(computation.document)["indicators"]["femmes"]["carry_over_years"] == "5"


def test_nothing_older_is_looked_for_behind_a_gap(people: Cast) -> None:
    """Else the doctoral students of 2022 would be divided by the enrolled of 2023."""
    edition = shares.edition(ROWS)
    columns(edition, carry_over={"femmes": 5})
    for year, figure in ((2022, "45"), (2023, ".")):
        shares.value(school(), "femmes", figure, year=year)
    used = load(edition).revisions[FIRST, "femmes"]
    assert (used.reference_year, used.kind) == (2023, "missing")


@pytest.mark.parametrize("kind", ["missing", "not_communicated", "secret", "not_applicable"])
def test_no_absence_of_its_own_year_gives_way_to_an_earlier_figure(people: Cast, kind: str) -> None:
    edition = shares.edition(ROWS)
    columns(edition, carry_over={"femmes": 3})
    shares.value(school(), "femmes", ".", kind=kind)
    shares.value(school(), "femmes", "45", year=2024)
    used = load(edition).revisions[FIRST, "femmes"]
    assert (used.reference_year, used.kind) == (make.YEAR, kind)


def test_a_missing_value_stays_missing_when_no_earlier_figure_is_there(people: Cast) -> None:
    edition = shares.edition([(".", "75", "1200", "120", "90.0"), *shares.FIGURES[1:3]])
    columns(edition, carry_over={"femmes": 3})
    assert load(edition).revisions[FIRST, "femmes"].kind == "missing"


@pytest.mark.parametrize(("kind", "kept"), [("known", "carried_over"), ("estimated", "estimated")])
def test_a_release_keeps_the_year_it_really_is_of(people: Cast, kind: str, kept: str) -> None:
    edition = shares.edition(ROWS)
    columns(edition, carry_over={"femmes": 3})
    shares.value(school(), "femmes", "45", year=2023, kind=kind)
    release = make.computed_release(edition)
    value = ReleaseValue.objects.get(unit__release=release, unit__slug=FIRST, indicator__code="femmes")
    assert (value.own_year, value.year, value.carried_over, value.kind) == (2023, 2023, True, kept)
    other = ReleaseValue.objects.get(unit__release=release, unit__slug=FIRST, indicator__code="hommes")
    assert (other.own_year, other.carried_over, other.kind) == (make.YEAR, False, "known")
    share = release.units.get(slug=FIRST).points.get(node__key="parite")
    assert (share.value, share.kind) == ("37.5", kept)
    assert release.indicators.get(code="femmes").carry_over_years == 3


def test_a_value_of_a_release_older_than_the_column_is_of_its_indicators_year(people: Cast) -> None:
    value = ReleaseValue.objects.filter(unit__release=make.computed_release(schools=3)).first()
    value.own_year = None
    assert (value.year, value.carried_over) == (make.YEAR, False)


def test_a_cursus_carries_its_own_figure_before_it_takes_its_schools(people: Cast) -> None:
    make.indicator("mobilite", inherited_by_cursus=True)
    mother, *_others = make.units(3)
    cursus = make.unit("Cursus du matin", parent=mother, kind="cursus")
    edition = make.edition([mother, cursus], unranked=False)
    who = {"by": people.hugo, "at": make.NOW, "edition": edition}
    indicator = make.indicator("mobilite")
    years = dict.fromkeys((column.indicator for column in edition.columns.all()), make.YEAR)
    more = {"carry_over": {indicator: 2}, "context_from": {indicator: 2020}}
    editions.set_columns(**who, seen_version=edition.version, years=years, **more)
    bare = make.unit("Cursus du soir", parent=mother, kind="cursus")
    make.approved_value("7", of=bare, indicator_code="mobilite", year=2024)
    make.approved_value("8", of=mother, indicator_code="mobilite", year=2023)
    editions.set_perimeter(**who, seen_version=edition.version, units=[mother, bare])
    loaded = load(edition)
    assert loaded.revisions[bare.slug, "mobilite"].unit == bare
    series = loaded.series[bare.slug, "mobilite"]
    assert [(r.reference_year, r.unit) for r in series] == [(2023, mother), (2024, bare)]


def test_what_could_be_carried_over_waits_too(people: Cast) -> None:
    edition = shares.edition(ROWS)
    for year in (2022, 2023, 2024):
        make.entered_value("40", of=school(), indicator_code="femmes", year=year)
    make.entered_value("40", of=school(), indicator_code="hommes", year=2024)
    assert pending_values(edition) == []
    columns(edition, carry_over={"femmes": 2, "hommes": 2})

    def years() -> list[int]:
        return sorted(revision.reference_year for revision in pending_values(edition))

    assert years() == [2023, 2024], "those of women; the men of 2025 are in force"
    waiting = next(r for r in pending_values(edition) if r.reference_year == 2024)
    values.approve_value(by=people.lise, at=make.NOW, revision=waiting, seen_version=waiting.version)
    assert years() == [], "2023 stands behind 2024 now"
    make.entered_value("43", of=school(), indicator_code="femmes", year=2024)
    assert years() == [2024], "a correction of the one that is used"
    make.entered_value(None, of=school(), indicator_code="femmes")
    assert years() == [2024, 2025]


def test_columns_keep_what_is_not_said_again(people: Cast) -> None:
    edition = shares.edition(ROWS)
    columns(edition, carry_over={"femmes": 3}, context_from={"femmes": 2020})
    columns(edition)
    kept = edition.columns.get(indicator__code="femmes")
    assert (kept.carry_over_years, kept.context_from_year) == (3, 2020)
    columns(edition, carry_over={})
    kept = edition.columns.get(indicator__code="femmes")
    assert (kept.carry_over_years, kept.context_from_year) == (0, 2020)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"carry_over": {"femmes": 21}}, "20 ans au plus"),
        ({"carry_over": {"femmes": -1}}, "20 ans au plus"),
        ({"context_from": {"femmes": make.YEAR}}, "commence avant l’année de référence"),
        ({"context_from": {"femmes": 1900}}, "commence avant l’année de référence"),
    ],
)
def test_columns_that_cannot_be_are_refused(people: Cast, said: dict, reason: str) -> None:
    edition = shares.edition(ROWS)
    with pytest.raises(Refused, match=reason):
        columns(edition, **said)


def test_more_is_said_only_of_indicators_that_are_read(people: Cast) -> None:
    edition = shares.edition(ROWS)
    who = {"by": people.hugo, "at": make.NOW, "edition": edition, "seen_version": edition.version}
    with pytest.raises(Refused, match="en quelle année se lit"):
        editions.set_columns(**who, years={}, carry_over={make.indicator("femmes"): 1})


def test_a_release_keeps_the_years_before_and_their_digest(people: Cast) -> None:
    edition = shares.edition()
    without = compute(edition)
    assert "series" not in json.loads(without.document)
    for year, figure in ((2019, "1"), (2020, "30"), (2021, "."), (2024, "40")):
        shares.value(school(), "femmes", figure, year=year)
    make.entered_value("99", of=school(), indicator_code="femmes", year=2022)
    assert compute(edition).digest == without.digest
    columns(edition, context_from={"femmes": 2020})
    release = make.signed_release(edition)
    rows = ReleaseSeries.objects.filter(unit__release=release).order_by("year")
    assert [(row.unit.slug, row.indicator.code, row.year, row.figure, row.kind) for row in rows] == [
        (FIRST, "femmes", 2020, "30", "known"),
        (FIRST, "femmes", 2021, "", "missing"),
        (FIRST, "femmes", 2024, "40", "known"),
    ]
    assert rows[0].cells[0]["cell"] == "22020"
    assert rows[0].source_licence == "Licence Ouverte 2.0"
    told = json.loads(release.document)["series"][FIRST]["femmes"]
    assert list(told) == ["2020", "2021", "2024"]
    assert (told["2020"]["figure"], told["2020"]["source"]) == ("30", "Enquête certifiée")
    assert (told["2021"]["figure"], told["2021"]["kind"]) == ("", "missing")
    assert release.digest != without.digest
    assert [row.rank for row in compute(edition).result.rows] == [row.rank for row in without.result.rows]
    before = seal_digest(release)
    rows.filter(year=2020).update(figure="31")
    assert seal_digest(release) != before
    assert make.computed_release(edition).digest == release.digest, "computed again, its rows replaced"
    assert ReleaseSeries.objects.filter(unit__release__edition=edition).count() == 3


def test_a_points_only_licence_withholds_the_years_before_too(people: Cast) -> None:
    kept = make.source("Données confiées", leaves="points")
    edition = shares.edition()
    shares.value(school(), "femmes", "30", year=2020, said_by=kept)
    columns(edition, context_from={"femmes": 2015})
    row = ReleaseSeries.objects.get(unit__release=make.computed_release(edition))
    assert (row.withheld, row.figure, row.cells[0]["text"]) == (True, "", "")
