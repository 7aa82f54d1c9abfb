"""A bonus and a criterion made of several, on every channel: what the reader is told of them, in both languages."""

import csv
import io
import re
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from django.test import Client
from django.utils.translation import override

from palmares.public.board import Board
from palmares.public.comparison import Comparison
from palmares.public.editions import Editions
from palmares.public.explanation import Explanation
from palmares.public.quotients import unit_words
from palmares.public.sheet import Heading, Sheet
from rankings.engine import parse_method
from rankings.engine.placing import Placing
from rankings.method_changes import rules_of
from rankings.models import Release
from tests.public.reading import EDITION, words
from tests.rankings import families
from tests.scenes import scene

pytestmark = [pytest.mark.django_db, scene(families.published)]

FIRST = f"{EDITION}ecoles/ecole-des-mines-de-brezac/"
UNKNOWN = f"{EDITION}ecoles/ensi-montfaucon/"


def test_ranking_says_the_bonus_beside_the_score_and_gives_it_no_column(client: Client) -> None:
    response = client.get(EDITION)
    said = words(response)
    assert "Le score est sur 80, bonus compris (1 point au plus)." in said
    # Two schools have the label.
    assert said.count("dont 1 de bonus") == 2
    heads = re.findall(r'class="c-fam".*?</th>', response.content.decode(), re.DOTALL)
    assert len(heads) == 4
    assert not any("Label" in head for head in heads)
    assert "bonus included (1 point at most)" in words(client.get(f"/en{EDITION}"))


def test_ranking_can_be_sorted_by_a_bonus(client: Client) -> None:
    response = client.get(f"{EDITION}?order=label")
    slugs = re.findall(r'class="sch"><a href="[^"]*/ecoles/([^/"]+)/"', response.content.decode())
    assert set(slugs[:2]) == {"ecole-centrale-de-vaucelles", "ecole-des-mines-de-brezac"}


def test_detail_of_a_line_shows_the_criteria_inside_a_criterion(client: Client) -> None:
    page = client.get(EDITION).content.decode()
    assert page.count('<dt class="l1">Indice de diversité</dt>') == 6
    assert page.count('<dt class="l2">Parité</dt>') == 6


def test_school_page_tells_its_bonus_and_where_it_comes_from(client: Client) -> None:
    said = words(client.get(FIRST))
    assert "54 sur 80, bonus compris (1 point au plus)" in said
    assert "Label DD&RS +1 bonus ajouté au score, 1 au plus" in said
    assert "2 écoles sur 5 disent oui" in said
    assert "bonus included (1 point at most)" in words(client.get(f"/en{FIRST}"))


def test_school_whose_label_is_unknown_loses_nothing(client: Client) -> None:
    said = words(client.get(UNKNOWN))
    assert "Label DD&RS rien d’ajouté" in said
    assert "100 % du poids de la méthode" in said


def test_school_page_says_what_a_criterion_is_made_of(client: Client) -> None:
    said = words(client.get(FIRST))
    made = "Indice de diversité Moyenne de 4 indicateurs, arrondie à l’unité, le demi s’éloigne de zéro"
    assert f"{made} 7 /10" in said
    release = Release.objects.get()
    sheet = Sheet(Board(release), release.units.get(slug="ecole-des-mines-de-brezac"))
    family = next(group for group in sheet.groups if group.node and group.node.key == "diversite")
    assert [type(entry) is Heading for entry in family.entries] == [True, False, False, False, False, False]
    assert [group.bonus for group in sheet.groups] == [False, False, False, False, True]
    assert len(list(sheet.sourced)) == len(families.INDICATORS)


def test_methodology_says_the_bonus_the_tree_and_every_rounding(client: Client) -> None:
    said = words(client.get(f"{EDITION}methode/"))
    for part in (
        "score sur 80, bonus compris (1 point au plus)",
        "hors du total sur 80 et de la part connue. Sans valeur, rien n’est ajouté ni ôté.",
        "Label DD&RS 1 bonus",
        "Sur 10 : moyenne de 4 indicateurs, arrondie à l’unité, le demi s’éloigne de zéro.",
        "Sur 20 : somme de 2 critères.",
        "Les points de « Indice de diversité », avant d’entrer dans le total",
        "Non 0 Oui 1",
    ):
        assert part in said, part
    english = words(client.get(f"/en{EDITION}methode/"))
    assert "Out of 10: mean of 4 indicators, rounded to the unit" in english
    assert "DD&RS label 1 bonus" in english


def test_headings_of_the_methodology_go_down_one_by_one(client: Client) -> None:
    page = client.get(f"{EDITION}methode/").content.decode()
    ranks = [int(rank) for rank in re.findall(r"<h(\d)", page)]
    assert max(ranks) == 5
    assert all(after <= before + 1 for before, after in pairwise(ranks))


def test_weights_leave_the_bonus_out_of_the_whole() -> None:
    weights = Explanation(Release.objects.get()).weights
    assert sum(weight.percent for weight in weights if weight.level == 0 and weight.percent is not None) == 100
    assert [weight.title for weight in weights if weight.percent is None] == ["Label DD&RS"]


def test_api_says_which_node_is_a_bonus_and_what_it_brought(client: Client) -> None:
    nodes = client.get(f"/api/v1/editions{EDITION}nodes/").json()
    assert [(node["key"], node["weight"], node["out_of"]) for node in nodes if node["bonus"]] == [("label", "0", "1")]
    unit = client.get(f"/api/v1/editions{EDITION}units/ensi-montfaucon/").json()
    got = unit["points"]["label"]
    assert (got["points"], got["status"], got["absence"]) == (None, "left_out", "missing")


@pytest.mark.parametrize(
    ("prefix", "head"), [("", "Label DD&RS (bonus, sur 1)"), ("/en", "DD&RS label (bonus, out of 1)")]
)
def test_file_says_which_column_is_a_bonus(client: Client, prefix: str, head: str) -> None:
    text = client.get(f"{prefix}{EDITION}donnees/classement.csv").content.decode("utf-8-sig")
    first, *_rows = csv.DictReader(io.StringIO(text))
    assert first[head] == "1"


def test_comparison_counts_a_bonus_apart_and_a_criterion_made_of_several_once(client: Client) -> None:
    schools = ["ecole-centrale-de-vaucelles", "ecole-des-mines-de-brezac", "ensi-montfaucon"]
    said = words(client.get(f"{EDITION}comparer/", {"ecole": schools}, follow=True))
    assert "54 points sur 80, bonus compris (1 point au plus)" in said
    assert "sur 10, moyenne de 4 indicateurs, arrondie à l’unité, le demi s’éloigne de zéro" in said
    assert "Bonus, ajouté au score" in said
    assert "2 oui sur 5" in said
    assert "5 /10 points 7 /10 points 8 /10 points Médiane 7" in said
    release = Release.objects.get()
    units = list(release.units.filter(slug__in=schools).order_by("position"))
    comparison = Comparison(Board(release), units, Decimal(80), Editions([release]))
    assert comparison.criteria_count == 8


def test_two_methods_that_differ_by_their_bonus_or_a_rounding_do_not_do_the_same() -> None:
    rounded = 'rounding = { digits = 0, mode = "half_up" }'
    plain = families.method()
    others = (
        families.method(bonus=False),
        plain.replace(rounded, ""),
        plain.replace(rounded, rounded.replace("0", "1")),
    )
    rules = [rules_of(parse_method(text)) for text in (plain, *others)]
    assert all(one != other for one, other in combinations(rules, 2))
    assert rules_of(parse_method(plain.replace("Label", "Labels"))) == rules[0]
    method = parse_method(plain)
    assert rules_of(replace(method, placing=Placing(information=("salaire",)))) == rules[0]
    assert rules_of(replace(method, placing=Placing(bands=(101,)))) != rules[0]
    assert rules_of(replace(method, root=replace(method.root, aggregate="geometric"))) != rules[0]


def test_region_says_the_bonus(client: Client) -> None:
    assert "bonus compris" in words(client.get(f"{EDITION}regions/occitanie/"))


def test_front_page_says_the_bonus(client: Client) -> None:
    assert "points sur 80, bonus compris (1 point au plus)" in words(client.get("/"))


@pytest.mark.parametrize(
    ("figure", "unit", "said"),
    [("0.5", "boolean", "0,5"), ("1", "boolean", "oui"), ("2.5", "ordinal", "2,5"), ("2", "ordinal", "2e")],
)
def test_what_lies_between_two_values_is_a_number(figure: str, unit: str, said: str) -> None:
    with override("fr"):
        assert unit_words(Decimal(figure), unit, 0) == said
