"""What can be said of a school from one edition to another, and what cannot, with the reason."""

from dataclasses import replace

import pytest

from rankings.facts import Facts, Standing
from rankings.facts.moves import band
from tests.methods import METHOD
from tests.rankings.handmade import facts_of, with_edition
from tests.rankings.test_facts import plain

ONE = "ecole-1"


def history(*ranks: int | None, now: int = 16, count: int = 169) -> Facts:
    """A school with these ranks in the editions before, year after year up to the last; None: no such edition."""
    facts = facts_of(now, count=count)
    for year, rank in enumerate(ranks, start=2026 - len(ranks)):
        if rank is not None:
            with_edition(facts, year, {ONE: rank}, count=164)
    return facts


def test_place_in_an_earlier_edition() -> None:
    fact = history(52, None, None, None, None).get("rang:ecole-1:2021")
    assert fact.figure("fr") == "52e"
    assert fact.phrase("fr") == "52e sur 164 écoles classées dans l’édition 2021"
    assert fact.phrase("en") == "52nd of 164 ranked schools in the 2021 edition"
    assert [release.year for release in fact.editions] == [2021]
    assert history(52).get("rang:ecole-1:2026").figure("fr") == "16e", "its own year is the edition itself"


@pytest.mark.parametrize(
    "token", ["rang:ecole-1:2019", "gain:ecole-1:2019", "progression:ecole-1:2019", "classees:2019"]
)
def test_an_edition_that_is_not_there_is_unknown(token: str) -> None:
    fact = history(52).find(token)
    assert fact.standing is Standing.UNKNOWN
    assert fact.reason("fr") == "L’édition 2019 n’est pas publiée ici."


@pytest.mark.parametrize("token", ["rang:ecole-1:2027", "classees:2027"])
def test_nothing_is_said_of_a_later_edition(token: str) -> None:
    assert history(52).find(token).standing is Standing.UNKNOWN


@pytest.mark.parametrize("year", [2026, 2027])
def test_a_gain_needs_an_earlier_edition(year: int) -> None:
    assert not history(52).find(f"gain:ecole-1:{year}").known
    assert not history(52).find(f"progression:ecole-1:{year}").known


def test_an_incomplete_edition_does_not_say_that_a_school_was_absent() -> None:
    facts = with_edition(facts_of(1, 2), 2025, {"ecole-2": 52}, count=164)
    fact = facts.find("rang:ecole-1:2025")
    assert fact.standing is Standing.UNKNOWN
    assert plain(fact.reason("fr")).startswith("De l’édition 2025, seule 1 place sur 164 est connue ici")
    complete = with_edition(facts_of(1, 2), 2025, {"ecole-2": 1})
    assert complete.find("rang:ecole-1:2025").standing is Standing.FALSE


def test_unranked_then_is_said_with_its_reason() -> None:
    facts = with_edition(facts_of(1, 2), 2025, {ONE: None, "ecole-2": 1})
    for token in ("rang:ecole-1:2025", "gain:ecole-1", "top:ecole-1", "progression:ecole-1"):
        assert facts.find(token).reason("fr") == "Elle n’est pas classée dans l’édition 2025. Elle n’a pas répondu."


@pytest.mark.parametrize(
    ("before", "figure", "phrase"),
    [
        (27, "11", "11 places gagnées depuis l’édition 2025, de la 27e à la 16e"),
        (17, "1", "1 place gagnée depuis l’édition 2025, de la 17e à la 16e"),
        (16, "0", "Le même rang que dans l’édition 2025, 16e"),
        (12, "−4", "4 places perdues depuis l’édition 2025, de la 12e à la 16e"),
    ],
)
def test_places_gained(before: int, figure: str, phrase: str) -> None:
    fact = history(before).get("gain:ecole-1")
    assert fact.figure("fr") == figure
    assert plain(fact.phrase("fr")) == phrase
    assert plain(fact.denominator("fr")) == "164 écoles classées en 2025, 169 en 2026"


def test_places_gained_since_an_edition_of_years_ago() -> None:
    fact = history(52, None, None).get("gain:ecole-1:2023")
    assert fact.figure("fr") == "36"
    assert fact.phrase("en") == "36 places gained since the 2023 edition, from 52nd to 16th"
    assert [release.year for release in fact.editions] == [2023, 2026]


def test_bands_of_ten() -> None:
    assert [band(rank) for rank in (1, 10, 11, 20, 21, 100, 101)] == [10, 10, 20, 20, 30, 100, None]


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (21, 20, "du top 30 au top 20"),
        (30, 11, "du top 30 au top 20"),
        (31, 20, "du top 40 au top 20"),
        (100, 90, "du top 100 au top 90"),
        (20, 11, None),
        (20, 16, None),
        (16, 25, None),
        (101, 100, None),
    ],
)
def test_top_bands_between_two_consecutive_editions(before: int, now: int, said: str | None) -> None:
    fact = history(before, now=now).find("top:ecole-1")
    if said is None:
        assert fact.standing is Standing.FALSE
        assert fact.reason("fr")
    else:
        assert fact.figure("fr") == said
        assert fact.distinction


def test_top_bands_say_their_rule() -> None:
    fact = history(27).get("top:ecole-1")
    assert plain(fact.definition("fr")) == (
        "Un top va par dizaines de rangs : le top 30 du 21 au 30, le top 20 du 11 au 20. "
        "Elle était 27e en 2025, elle est 16e en 2026."
    )
    assert fact.figure("en") == "from the top 30 to the top 20"


def test_top_bands_are_unknown_without_the_year_before() -> None:
    fact = history(27, None).find("top:ecole-1")
    assert fact.standing is Standing.UNKNOWN
    assert fact.reason("fr") == "L’édition 2025 n’est pas publiée ici."


def test_progression_is_strict_at_every_edition() -> None:
    facts = history(52, 44, 37, 31, 27)
    fact = facts.get("progression:ecole-1:2021")
    assert fact.figure("fr") == "à chaque édition depuis 2021"
    assert plain(fact.phrase("fr")) == "En progression à chaque édition depuis 2021 : 52e, 44e, 37e, 31e, 27e, 16e"
    assert plain(fact.denominator("fr")) == "6 éditions, de 2021 à 2026"
    assert facts.get("progression:ecole-1").figure("en") == "at every edition since 2021"
    assert [f.token for f in facts.of_unit(ONE) if f.kind == "progression" and f.distinction] == ["progression:ecole-1"]


@pytest.mark.parametrize("ranks", [(52, 44, 44, 31, 27), (52, 44, 45, 31, 27)])
def test_progression_broken_once_is_said_from_the_break_on(ranks: tuple[int, ...]) -> None:
    facts = history(*ranks)
    fact = facts.find("progression:ecole-1:2021")
    assert fact.standing is Standing.FALSE
    assert plain(fact.reason("fr")).startswith("Pas de progression de 2022 à 2023 : 44e, puis 4")
    assert facts.get("progression:ecole-1").figure("fr") == "à chaque édition depuis 2023"


def test_progression_is_unknown_when_an_edition_in_between_is() -> None:
    fact = history(52, None, 37, 31, 27).find("progression:ecole-1:2021")
    assert fact.standing is Standing.UNKNOWN
    assert fact.reason("fr") == "L’édition 2022 n’est pas publiée ici."


def test_progression_over_two_editions_is_no_distinction() -> None:
    fact = history(27).get("progression:ecole-1")
    assert not fact.distinction
    assert history(12).find("progression:ecole-1").standing is Standing.FALSE
    assert history().find("progression:ecole-1").standing is Standing.UNKNOWN


def test_best_rank() -> None:
    fact = history(52, 44, 37).get("record:ecole-1")
    assert fact.phrase("fr") == "Son meilleur rang depuis l’édition 2023"
    assert fact.distinction
    equal = history(52, 16, 37).get("record:ecole-1")
    assert equal.phrase("en") == "Its best rank since the 2023 edition, already reached in 2024"
    assert not equal.distinction
    worse = history(52, 12, 37).find("record:ecole-1")
    assert worse.standing is Standing.FALSE
    assert plain(worse.reason("fr")) == "Elle a été mieux classée : 12e en 2024."


def test_best_rank_is_unknown_while_a_year_is() -> None:
    assert history(52, None, 37).find("record:ecole-1").standing is Standing.UNKNOWN
    partial = with_edition(history(52, 44), 2025, {"ecole-2": 3}, count=164)
    assert partial.find("record:ecole-1").standing is Standing.UNKNOWN
    unranked = with_edition(history(52, 44, 37), 2024, {ONE: None}, count=0)
    assert unranked.find("record:ecole-1").known, "without rank there, it was no better"


HALF = (
    METHOD.replace("points = 10\n", "points = 5\n")
    .replace("points = [0, 4, 7, 10]", "points = [0, 2, 3, 5]")
    .replace('aggregate = "mean"', 'aggregate = "sum"')
)
WHOLE = (
    METHOD.replace('aggregate = "mean"', 'aggregate = "sum"')
    .replace("weight = 60", "weight = 1")
    .replace("weight = 40", "weight = 1")
    .replace("weight = 2", "weight = 1")
)
HALF = (
    HALF.replace("weight = 60", "weight = 1").replace("weight = 40", "weight = 1").replace("weight = 2", "weight = 1")
)


def test_a_change_of_scale_between_the_two_editions_is_noted() -> None:
    facts = with_edition(facts_of(16, count=169, method_text=WHOLE), 2025, {ONE: 27}, count=172, method_text=HALF)
    for token in ("top:ecole-1", "gain:ecole-1", "progression:ecole-1", "record:ecole-1"):
        assert plain(facts.get(token).note("fr")) == (
            "Le barème a changé : chaque critère est noté sur 5 en 2025, sur 10 en 2026 "
            "(le total passe de 20 à 40 points)."
        ), token
    assert "out of 5 in 2025, out of 10 in 2026" in facts.get("top:ecole-1").note("en")


def test_the_same_method_is_not_noted_and_another_is() -> None:
    same = with_edition(facts_of(16, count=169, method_text=METHOD), 2025, {ONE: 27}, count=172, method_text=METHOD)
    assert same.get("gain:ecole-1").note("fr") == ""
    other = METHOD.replace("weight = 60", "weight = 50")
    facts = with_edition(facts_of(16, count=169, method_text=METHOD), 2025, {ONE: 27}, count=172, method_text=other)
    assert facts.get("gain:ecole-1").note("fr") == "La méthode a changé entre l’édition 2025 et l’édition 2026."


def test_a_title_that_changed_is_no_change_of_method() -> None:
    renamed = METHOD.replace('fr = "Ouverture"', 'fr = "Ouverture au monde"')
    facts = with_edition(facts_of(16, count=169), 2025, {ONE: 27}, count=172, method_text=renamed)
    assert facts.get("gain:ecole-1").note("fr") == ""


def test_a_printed_edition_is_noted_as_such() -> None:
    facts = with_edition(facts_of(16, count=169, method_text=METHOD), 2025, {ONE: 27}, count=172, method_text="")
    note = plain(facts.get("gain:ecole-1").note("fr"))
    assert note == "Le rang de 2025 est repris de l’imprimé : son barème n’est pas comparé ici."


def test_an_edition_corrected_since_is_noted() -> None:
    facts = with_edition(facts_of(16, count=169), 2025, {ONE: 27}, count=172, replaced=True)
    for token in ("rang:ecole-1:2025", "gain:ecole-1", "top:ecole-1"):
        assert "L’édition 2025 est citée dans sa version 1, corrigée depuis." in facts.get(token).note("fr")


def test_the_greatest_rise() -> None:
    facts = with_edition(facts_of(1, 2, 3), 2025, {"ecole-1": 3, "ecole-2": 1, "ecole-3": 2})
    fact = facts.get("hausse")
    assert fact.figure("fr") == "École 1"
    assert facts.get("hausse-places").figure("fr") == "2"
    assert "École 1 (3e → 1re)." in fact.note("fr")
    assert [(move.unit.slug, move.gained) for move in facts.moves] == [("ecole-1", 2), ("ecole-2", -1), ("ecole-3", -1)]


def test_the_greatest_rise_is_unknown_while_a_place_is() -> None:
    partial = with_edition(facts_of(1, 2, 3), 2025, {"ecole-1": 3}, count=3)
    assert partial.find("hausse").standing is Standing.UNKNOWN
    assert facts_of(1, 2).find("hausse").standing is Standing.UNKNOWN
    still = with_edition(facts_of(1, 2), 2025, {"ecole-1": 1, "ecole-2": 2})
    assert still.find("hausse").standing is Standing.FALSE


def test_facts_are_plain_values() -> None:
    fact = history(27).get("top:ecole-1")
    assert replace(fact, token="top:ecole-1") == fact
