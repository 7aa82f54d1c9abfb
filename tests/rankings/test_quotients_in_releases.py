"""What a release keeps of the quotients it was computed from, and how far their licences let them leave."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from rankings.models import Release, ReleasePoints
from rankings.seal import seal_digest
from tests import factories as make
from tests.people import Cast
from tests.rankings import shares

pytestmark = pytest.mark.django_db

FIRST = "ecole-des-mines-de-brezac"


def told(release: Release, slug: str) -> dict[str, tuple[str, str, str, str]]:
    rows = ReleasePoints.objects.filter(unit__release=release, unit__slug=slug).exclude(node__indicator="")
    return {row.node.key: (row.value, row.kind, row.leaves, row.absence) for row in rows.select_related("node")}


def test_each_criterion_keeps_the_value_it_was_given(people: Cast) -> None:
    release = make.computed_release(shares.edition())
    assert told(release, FIRST) == {
        "parite": ("37.5", "known", "values", ""),
        "pression": ("10", "known", "values", ""),
        "emploi": ("90", "known", "values", ""),
    }
    by_place = {unit.slug: told(release, unit.slug) for unit in release.units.all()}
    assert [by_place[unit.slug]["parite"] for unit in make.units(5)[1:]] == [
        ("37.2", "known", "values", ""),
        ("25", "known", "values", ""),
        ("", "", "", "not_applicable"),
        ("", "", "", "missing"),
    ]
    assert by_place["institut-ampere-lavoisier"]["pression"][0] == "3.333333333333"
    families = ReleasePoints.objects.filter(unit__release=release, node__indicator="")
    assert set(families.values_list("value", "kind", "leaves")) == {("", "", "")}


def test_nodes_say_how_they_divide(people: Cast) -> None:
    nodes = {node.key: node for node in make.computed_release(shares.edition()).nodes.all()}
    share, pressure, plain = (nodes[key] for key in ("parite", "pression", "emploi"))
    assert (share.divisors, share.denominator, share.multiply) == (["femmes", "hommes"], "", "100")
    assert (share.ratio_digits, share.unit) == (1, "percentage")
    assert (pressure.divisors, pressure.denominator, pressure.denominators) == (["places"], "places", [])
    assert (pressure.multiply, pressure.ratio_digits, pressure.unit) == ("", None, "ratio")
    assert (plain.divisors, plain.unit, nodes["mixite"].unit) == ([], "", "")


def test_the_document_holds_the_quotients_and_is_found_again(people: Cast) -> None:
    edition = shares.edition()
    first, second = (make.computed_release(edition) for _ in range(2))
    assert first.digest == second.digest
    rows = {row["unit"]: row for row in json.loads(second.document)["result"]["units"]}
    assert rows[FIRST]["points"]["parite"]["value"] == "37.5"


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (("known", "carried_over"), "carried_over"),
        (("carried_over", "estimated"), "estimated"),
        (("estimated", "known"), "estimated"),
    ],
)
def test_a_quotient_is_as_sure_as_the_least_sure_of_its_figures(people: Cast, kinds, said) -> None:
    school = make.units(1)[0]
    for code, kind in zip(("femmes", "hommes"), kinds, strict=True):
        shares.value(school, code, "50", kind=kind)
    release = make.computed_release(shares.edition([("", "", "10", "10", "50.0")]))
    assert told(release, FIRST)["parite"] == ("50", said, "values", "")


@pytest.mark.parametrize(("leaves", "value"), [("display", "37.5"), ("points", "")])
def test_a_quotient_leaves_as_far_as_the_most_kept_of_its_figures(people: Cast, leaves: str, value: str) -> None:
    school = make.units(1)[0]
    shares.value(school, "hommes", "75", said_by=make.source("Fichier réservé", leaves=leaves))
    release = make.computed_release(shares.edition([("45", "", "10", "10", "50.0"), *shares.FIGURES[1:]]))
    assert told(release, FIRST)["parite"] == (value, "known", leaves, "")
    assert told(release, FIRST)["pression"][2] == "values"


def test_seals_taken_before_these_columns_still_hold(people: Cast) -> None:
    """A release of before says nothing in them, and its seal is that of rows without them."""
    release = make.computed_release(schools=3)
    for rows in (release.nodes, release.indicators):
        rows.update(**{name: empty for name, empty in _ADDED.items() if hasattr(rows.model, name)})
    points = ReleasePoints.objects.filter(unit__release=release)
    points.update(value="", kind="", leaves="")
    silent = seal_digest(release)
    points.update(kind="known")
    assert seal_digest(release) != silent


_ADDED = {"denominators": [], "multiply": "", "ratio_digits": None, "unit": "", "carry_over_years": 0}


def test_recompute_shows_how_a_quotient_comes_out(people: Cast) -> None:
    make.computed_release(shares.edition())
    out = StringIO()
    call_command("recompute", shares.SLUG, 2026, unit=FIRST, stdout=out)
    assert out.getvalue().splitlines()[:3] == [
        "parite: 37.5 = 45 (femmes) ÷ (45 (femmes) + 75 (hommes)) × 100: 10.0 of 10",
        "pression: 10 = 1200 (candidats) ÷ 120 (places): 10.0 of 10",
        "emploi: 90: 9.0 of 10",
    ]
    out = StringIO()
    call_command("recompute", shares.SLUG, 2026, unit="ecole-d-aeronautique-de-lanternac", stdout=out)
    assert out.getvalue().startswith("parite: missing = 20 (femmes) ÷ (20 (femmes) + missing (hommes)) × 100: left out")
    with pytest.raises(CommandError, match="No school 'ailleurs'"):
        call_command("recompute", shares.SLUG, 2026, unit="ailleurs", stdout=StringIO())
