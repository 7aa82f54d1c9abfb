"""Each way two methods may differ has its sentence; the methods are read, nothing is stored."""

import pytest
from django.utils.translation import override

from palmares.public.changes.nodes import NodeWords, Rows
from palmares.public.changes.rows import indicator_changes, year_changes
from palmares.public.changes.rules import missing_changes, score_changes
from palmares.public.changes.scales import scale_words
from rankings.engine import Leaf, Method, parse_method
from rankings.method_changes import MethodChanges, placed
from rankings.models import ReleaseIndicator, ReleaseNode
from tests.methods import METHOD
from tests.public.two_years import METHOD_BEFORE

BONUS = """
[[node]]
key = "label"
title = { fr = "Label", en = "Label" }
bonus = true
points = 1
indicator = "label"
scale = { kind = "thresholds", better = "higher", from = [1], points = [0, 1] }
"""
INSERTION = 'title = { fr = "Insertion", en = "Employment" }'
SALARY = 'scale = { kind = "minmax", better = "higher" }'
LOWER = 'scale = { kind = "thresholds", better = "lower", from = [20, 10], points = [0, 5, 10] }'


def indicator(code: str, **said: object) -> ReleaseIndicator:
    plain = {"label_fr": code.capitalize(), "definition_fr": "Au 31 décembre.", "definition_version": 1}
    return ReleaseIndicator(
        code=code, **plain | {"measure": "percentage", "decimals": 1, "reference_year": 2025} | said
    )


def rows(method: Method) -> Rows:
    nodes = {}
    for node in [place.node for place in placed(method)]:
        read = {"indicator": node.indicator} if isinstance(node, Leaf) else {}
        if isinstance(node, Leaf) and node.quotient:
            read |= {"denominator": node.quotient.denominators[0], "ratio_digits": node.quotient.digits}
        nodes[node.key] = ReleaseNode(key=node.key, title_fr=node.title["fr"], **read)
    measures = {"label": "boolean"}
    return Rows(nodes, {code: indicator(code, measure=measures.get(code, "percentage")) for code in method.indicators})


def said(before: str, after: str, language: str = "fr") -> dict[str, str]:
    """Kind → the sentence of each change, the last of its kind."""
    old, new = parse_method(before), parse_method(after)
    changes = MethodChanges(old, new)
    with override(language):
        words = NodeWords(changes, rows(old), rows(new))
        found = [*score_changes(changes), *words.said, *words.scales, *missing_changes(changes)]
    return {change.kind: change.text.replace("\xa0", " ").replace("\u202f", " ") for change in found}


def changed(now: str, then: str, of: str = METHOD) -> str:
    assert now in of
    return of.replace(now, then, 1)


CASES = [
    (METHOD + BONUS, "bonus_out_of", "Des bonus ajoutent désormais 1 au plus au score."),
    (METHOD + BONUS, "bonus_added", "« Label » : nouveau bonus, qui ajoute 1 au plus au score."),
    (changed('aggregate = "mean"', 'aggregate = "sum"'), "aggregate", "Les points s’additionnent ;"),
    (changed("minimum_coverage = 0.5", "minimum_coverage = 0.75"), "minimum_coverage", "avoir 75 % du poids"),
    (changed("score = { digits = 1,", "score = { digits = 2,"), "rounding_score", "arrondi à 2 décimales"),
    (changed("score = {", 'points = { digits = 0, mode = "down" }, score = {'), "rounding_points", "auparavant, aucun"),
    (changed('ranks_on = "rounded"', 'ranks_on = "unrounded"'), "ranks_on", "sur le score exact, et non plus"),
    (changed(INSERTION, INSERTION + '\naggregate = "sum"'), "aggregate_of", "« Insertion » additionne désormais"),
    (changed(INSERTION, INSERTION + "\nminimum_coverage = 0.3"), "minimum_coverage_of", "y avoir 30 % du poids connu"),
    (changed(INSERTION, INSERTION + '\nrounding = { digits = 0, mode = "half_up" }'), "rounding_of", "à l’unité"),
    (changed(SALARY, LOWER), "scale", "Salaire"),
    (
        changed(SALARY, SALARY + '\nmissing = { secret = "zero" }'),
        "missing_of",
        "« Salaire », valeur secret statistique",
    ),
    (changed('indicator = "salaire"', 'indicator = "salaire"\ndenominator = "emploi"'), "measure", "« Salaire » n’est"),
]


@pytest.mark.parametrize(("after", "kind", "words"), CASES, ids=[case[1] for case in CASES])
def test_change_has_its_sentence(after: str, kind: str, words: str) -> None:
    assert words in said(METHOD, after)[kind]
    assert said(METHOD, METHOD) == {}
    english = said(METHOD, after, "en")[kind]
    assert kind == "scale" or english != said(METHOD, after)[kind]


def test_bonus_that_is_gone_is_told_so() -> None:
    found = said(METHOD + BONUS, METHOD)
    assert found["bonus_removed"] == "« Label » n’est plus un bonus : il ne compte plus."
    assert "Plus aucun bonus" in found["bonus_out_of"]


def test_bonus_has_points_and_no_share_in_the_table_of_weights() -> None:
    old, new = parse_method(METHOD), parse_method(METHOD + BONUS)
    table = NodeWords(MethodChanges(old, new), rows(old), rows(new)).weights
    label = next(row for row in table if row.key == "label")
    assert (label.out_of_before, label.out_of, label.percent) == (None, 1, None)
    assert [row.key for row in table] == [
        "insertion",
        "salaire",
        "emploi",
        "ouverture",
        "doctorants",
        "mobilite",
        "label",
    ]


def test_scale_is_told_bound_by_bound() -> None:
    method = parse_method(changed(SALARY, LOWER) + BONUS)
    told = {}
    for leaf in method.leaves:
        words = scale_words(leaf, rows(method).nodes[leaf.key], rows(method).indicators)
        told[leaf.key] = words.replace("\xa0", " ").replace("\u202f", " ")
    assert told == {
        "salaire": "points : 0 au-dessus de 20 % ; 5 à 20 % ou moins ; 10 à 10 % ou moins",
        "emploi": "points : 0 en dessous de 70 % ; 4 à partir de 70 % ; 7 à partir de 80 % ; 10 à partir de 90 %",
        "doctorants": "en ligne droite, de 0 point à 0 % jusqu’à 10 à 25 %",
        "mobilite": "en ligne droite, de 0 point à la plus faible valeur jusqu’à 10 à la plus forte valeur",
        "label": "points : 1 pour oui, 0 pour non",
    }


def test_rules_that_follow_those_of_all_are_told_once() -> None:
    found = said(METHOD_BEFORE, METHOD)
    assert "missing" in found
    assert "missing_of" not in found


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        ({"label_fr": "Autre nom"}, "indicator_renamed"),
        ({"definition_fr": "Au 1er janvier."}, "redefined"),
        ({"definition_version": 2}, "redefined"),
        ({"carry_over_years": 2}, "carry_over"),
    ],
)
def test_indicator_that_changes_is_told(after: dict[str, object], kind: str) -> None:
    found = indicator_changes({"emploi": indicator("emploi")}, {"emploi": indicator("emploi", **after)})
    assert [change.kind for change in found] == [kind]


def test_years_are_told_together() -> None:
    before = {code: indicator(code, reference_year=2024) for code in ("a", "b", "c")}
    together = year_changes(before, {code: indicator(code) for code in before})
    assert [change.text.replace("\u202f", " ") for change in together] == [
        "Tous les indicateurs sont lus sur 2025 ; ils l’étaient sur 2024."
    ]
    apart = year_changes(before, {"a": indicator("a"), "b": indicator("b"), "c": before["c"]})
    assert [change.text.replace("\xa0", " ") for change in apart] == [
        "Sur 2025, et non plus sur 2024 : A, B.",
        "Toujours sur 2024 : C.",
    ]
