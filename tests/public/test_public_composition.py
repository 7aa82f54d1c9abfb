"""What a family makes of its criteria is said in words, in both languages; the methods are read, nothing is stored."""

import pytest
from django.utils.translation import override

from palmares.public.composition import composition_words, root_words
from rankings.engine import Unranked, parse_method
from rankings.reasons import unranked_sentence
from tests.engine.methods import branch, head, leaf
from tests.public.test_public_changes_in_words import said


def family(*lines: str, weights: str = "11", language: str = "fr") -> str:
    text = head(aggregate="sum") + branch("f", *lines)
    text += "".join(leaf(key, weight=w, at="node.node") for key, w in zip("abcd", weights, strict=False))
    with override(language):
        return composition_words(parse_method(text).nodes[0]).replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("lines", "weights", "french", "english"),
    [
        (['aggregate = "geometric"'], "111", "moyenne géométrique de 3 indicateurs", "geometric mean of 3 indicators"),
        (['aggregate = "harmonic"'], "12", "moyenne harmonique pondérée de 2 indicateurs",
         "weighted harmonic mean of 2 indicators"),
        (["best = 2"], "111", "somme des 2 meilleurs de 3 indicateurs", "sum of the 2 best of 3 indicators"),
        (['aggregate = "mean"', "best = 1"], "11", "moyenne du meilleur de 2 indicateurs",
         "mean of the best of 2 indicators"),
        (['missing_children = "zero"'], "11", "somme de 2 indicateurs ; ce qui manque compte pour zéro",
         "sum of 2 indicators; what is missing counts as zero"),
        (['missing_children = "unranked"', "best = 2"], "111",
         "somme des 2 meilleurs de 3 indicateurs ; une école qui en a moins n’est pas classée",
         "sum of the 2 best of 3 indicators; a school that has fewer is not ranked"),
    ],
)  # fmt: skip
def test_each_composition_has_its_words(lines, weights, french, english):
    assert family(*lines, weights=weights) == french
    assert family(*lines, weights=weights, language="en") == english


def test_a_score_says_how_it_is_made_unless_it_is_a_plain_mean_or_sum():
    plain, made = (parse_method(head(aggregate=word) + leaf("a") + leaf("b")) for word in ("mean", "geometric"))
    with override("fr"):
        assert root_words(plain.root) == ""
        assert root_words(made.root) == "le score est la moyenne géométrique de ce que chacun obtient"
    with override("en"):
        best = head(aggregate="sum").replace("[rounding]", 'best = 1\nmissing_children = "unranked"\n[rounding]', 1)
        assert root_words(parse_method(best + leaf("a") + leaf("b")).root) == (
            "the score is the sum of what each gets; only the best counts; a school that has fewer is not ranked"
        )


def test_a_change_of_mean_or_of_what_counts_is_said():
    before, after = head() + leaf("a") + leaf("b"), head(aggregate="geometric") + leaf("a") + leaf("b")
    assert said(before, after) == {"aggregate": "Le score est une moyenne géométrique ; auparavant, une moyenne."}
    assert said(before, after, "en") == {"aggregate": "The score is a geometric mean; before, a mean."}
    inside = leaf("a", at="node.node") + leaf("b", at="node.node")
    old = head() + branch("f") + inside
    new = head() + branch("f", 'aggregate = "harmonic"', "best = 1") + inside
    assert said(old, new) == {
        "aggregate_of": "« f » est désormais une moyenne harmonique ; auparavant, une moyenne.",
        "counting_of": "Dans « f », seul le meilleur compte, le poids de ce qui manque va aux autres ; auparavant, "
        "tous les critères comptent, le poids de ce qui manque va aux autres.",
    }


def test_a_school_that_lacks_a_required_child_is_told_which():
    method = parse_method(head() + branch("f", 'missing_children = "unranked"') + leaf("a", at="node.node"))
    reason = Unranked("child-required", {"child": "a", "node": "f"})
    french = unranked_sentence(reason, method, {}, "fr").replace("\xa0", " ")
    assert french == "« a » est indispensable à « f », et ne se calcule pas pour elle."
    alone = Unranked("child-required", {"child": "a"})
    assert unranked_sentence(alone, method, {}, "en") == (
        "“a” is required for the score, and cannot be computed for this school."
    )
