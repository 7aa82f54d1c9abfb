"""A bonus and a rounded branch in a release: rows, document, digest, seal and command."""

from io import StringIO

import pytest
from django.core.management import call_command

from rankings.compute import compute
from rankings.models import Edition, Release, ReleaseNode, ReleasePoints
from rankings.seal import _ADDED_LATER, _without_silence, seal_digest
from tests import factories as make
from tests.people import Cast
from tests.rankings import families
from tests.scenes import scene

pytestmark = pytest.mark.django_db

FIRST, SECOND, FOURTH = "ecole-des-mines-de-brezac", "institut-ampere-lavoisier", "ensi-montfaucon"


@scene(families.published)
def test_nodes_say_what_is_a_bonus_and_what_each_is_out_of() -> None:
    nodes = {node.key: node for node in ReleaseNode.objects.all()}
    assert [node.key for node in nodes.values() if node.bonus] == ["label"]
    assert (nodes["label"].weight, nodes["label"].out_of, nodes["label"].level) == ("0", "1", 0)
    assert (nodes["indice"].level, nodes["indice"].parent_key, nodes["indice"].out_of) == (1, "diversite", "10")
    assert (nodes["c-parite"].level, nodes["c-parite"].parent_key) == (2, "indice")


@scene(families.published)
def test_the_bonus_separates_two_schools_that_nothing_else_does() -> None:
    units = {unit.slug: unit for unit in Release.objects.get().units.all()}
    got = {(row.unit.slug, row.node.key): row for row in ReleasePoints.objects.select_related("unit", "node")}
    assert int(units[FIRST].score) == int(units[SECOND].score) + 1
    assert units[FIRST].rank < units[SECOND].rank
    assert [got[slug, "label"].points for slug in (FIRST, SECOND, FOURTH)] == ["1", "0", ""]
    assert (got[FOURTH, "label"].status, got[FOURTH, "label"].absence) == ("left_out", "missing")
    assert units[FOURTH].coverage_percent == "100"


@scene(families.published)
def test_every_printed_score_is_the_sum_of_its_printed_points() -> None:
    """Points and branches count as they are printed; the last school, with a figure missing, is scaled."""
    rows = ReleasePoints.objects.select_related("unit", "node")
    points = {(row.unit.slug, row.node.key): row.points for row in rows}
    for unit in Release.objects.get().units.all():
        families_of = [points[unit.slug, key] for key in ("academique", "entreprises", "international", "diversite")]
        assert int(unit.score) == sum(map(int, families_of)) + int(points[unit.slug, "label"] or 0)
    # 10 for its fees, 4.5, 6.4 and 7.6 rounded: (10 + 5 + 6 + 8) ÷ 4 = 7.25, so 7.
    index = [points[FIRST, f"c-{code}"] for code in ("frais", "alternants", "boursiers", "parite")]
    assert (index, points[FIRST, "indice"]) == (["10", "5", "6", "8"], "7")


@scene(families.published)
def test_the_base_gives_the_same_digest_and_the_seal_holds_the_bonus() -> None:
    release = Release.objects.get()
    assert compute(Edition.objects.get()).digest == release.digest
    assert seal_digest(release) == release.seal_digest
    said = StringIO()
    call_command("recompute", "ecoles-ingenieurs", "2026", "--unit", FIRST, stdout=said)
    assert "label: 1: 1 of 1 (bonus)" in said.getvalue()


def test_a_bonus_changed_in_an_unsealed_release_changes_its_digest(people: Cast) -> None:
    release = make.computed_release(families.edition())
    before = seal_digest(release)
    release.nodes.filter(key="label").update(bonus=False)
    assert seal_digest(release) != before


def test_a_node_that_is_no_bonus_is_told_as_before_bonuses() -> None:
    """So that releases sealed before them keep their seal."""
    added = _ADDED_LATER["nodes"]
    assert _without_silence({"key": "salaire", "bonus": False}, added) == {"key": "salaire"}
    assert _without_silence({"key": "label", "bonus": True}, added) == {"key": "label", "bonus": True}
