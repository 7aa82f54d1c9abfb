"""Every reason why a value may not be entered, verified or taken back."""

from decimal import Decimal

import pytest

from editorial import rules
from schools.models import ValueRevision
from tests import factories as make
from tests.people import Cast, again

pytestmark = pytest.mark.django_db


def why_not_enter(by, value: str | None, *, kind: str = "known", year: int = 2025, **indicator) -> str | None:
    return rules.why_not_enter(
        by,
        make.indicator("taux", **indicator) if indicator else make.indicator(),
        kind=kind,
        value=None if value is None else Decimal(value),
        reference_year=year,
    )


def test_enter_works_for_the_data_cell_alone(people: Cast) -> None:
    assert why_not_enter(people.hugo, "50") is None
    for other in (people.lise, people.jean, people.claire, people.paul):
        assert why_not_enter(other, "50") == "Entrer une valeur revient à la cellule data."


def test_a_disabled_account_may_nothing(people: Cast) -> None:
    people.hugo.is_active = False
    people.hugo.save()
    assert why_not_enter(again(people.hugo), "50") == "Ce compte est désactivé."
    people.alice.is_active = False
    assert rules.why_not_compute(people.alice) == "Ce compte est désactivé."


@pytest.mark.parametrize("year", [1989, 2101, 0, 99_999])
def test_enter_refuses_a_year_out_of_range(people: Cast, year: int) -> None:
    assert why_not_enter(people.hugo, "50", year=year) == "L’année de référence doit être entre 1990 et 2100."


@pytest.mark.parametrize("year", [1990, 2100])
def test_enter_takes_the_first_and_last_year(people: Cast, year: int) -> None:
    assert why_not_enter(people.hugo, "50", year=year) is None


def test_enter_refuses_an_unknown_kind(people: Cast) -> None:
    assert why_not_enter(people.hugo, None, kind="perhaps") == "« perhaps » n’est pas une nature de valeur."


def test_an_absence_has_no_figure_and_a_value_has_one(people: Cast) -> None:
    for kind in ("missing", "not_communicated", "not_applicable", "secret"):
        assert why_not_enter(people.hugo, None, kind=kind) is None
        assert "n’a pas de chiffre" in (why_not_enter(people.hugo, "0", kind=kind) or "")
    for kind in ("known", "carried_over", "estimated"):
        assert why_not_enter(people.hugo, "0", kind=kind) is None
        assert "Il manque le chiffre" in (why_not_enter(people.hugo, None, kind=kind) or "")


@pytest.mark.parametrize("figure", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_a_figure_is_a_number(people: Cast, figure: str) -> None:
    assert why_not_enter(people.hugo, figure) == "Ce n’est pas un nombre."


@pytest.mark.parametrize("figure", ["1E+40", "1000000000", "-1000000000", "0.1234567890123456", "1E+999999"])
def test_a_figure_that_could_not_be_kept_exactly_is_refused(people: Cast, figure: str) -> None:
    found = why_not_enter(people.hugo, figure, measure="ratio", minimum=None, maximum=None, decimals=6)
    assert found == "Ce nombre a trop de chiffres pour être gardé exactement."


def test_the_longest_figure_is_taken(people: Cast) -> None:
    assert (
        why_not_enter(people.hugo, "999999999.999999", measure="ratio", minimum=None, maximum=None, decimals=6) is None
    )


@pytest.mark.parametrize(("figure", "fine"), [("87.5", True), ("87.50", True), ("87.51", False), ("1E-40", False)])
def test_a_figure_has_no_more_decimals_than_declared(people: Cast, figure: str, fine: bool) -> None:
    found = why_not_enter(people.hugo, figure)
    assert found == (None if fine else "« Emploi à six mois » se donne avec 1 décimale(s) au plus.")


@pytest.mark.parametrize(
    ("figure", "reason"),
    [
        ("0", None),
        ("100", None),
        ("-0.1", "−0,1 est sous la borne basse de « Emploi à six mois » (0)."),
        ("100.1", "100,1 dépasse la borne haute de « Emploi à six mois » (100)."),
        ("140", "140 dépasse la borne haute de « Emploi à six mois » (100)."),
    ],
)
def test_a_figure_stays_within_its_bounds(people: Cast, figure: str, reason: str | None) -> None:
    make.indicator()
    assert why_not_enter(people.hugo, figure) == reason


def test_without_bounds_any_figure_goes(people: Cast) -> None:
    assert why_not_enter(people.hugo, "-5", measure="ratio", minimum=None, maximum=None) is None


def test_cells_fit_where_they_are_kept() -> None:
    assert rules.why_not_cells([("Feuille 1", "K47", "Emploi", "87,5")]) is None
    assert rules.why_not_cells([]) == "Dites où la valeur se lit : une cellule, une page, un paragraphe."
    assert rules.why_not_cells([("", "  ", "", "87,5")]) == rules.why_not_cells([])
    assert rules.why_not_cells([("", "p. " + "1" * 40, "", "")]) == "« cellule » est trop long : 40 signes au plus."
    assert rules.why_not_cells([("f" * 121, "p. 1", "", "")]) == "« feuille » est trop long : 120 signes au plus."
    assert rules.why_not_cells([("", "p. 1", "c" * 501, "")]) == "« colonne » est trop long : 500 signes au plus."
    assert rules.why_not_cells([("", "p. 1", "", "t" * 501)]) == "« texte lu » est trop long : 500 signes au plus."
    assert "NUL" in (rules.why_not_cells([("", "p. 1", "", "8\x007")]) or "")


def test_verify_belongs_to_verifiers(people: Cast) -> None:
    revision = make.entered_value()
    assert rules.why_not_verify(people.lise, revision) is None
    for other in (people.hugo, people.jean, people.claire, people.paul):
        assert rules.why_not_verify(other, revision) == "Vérifier revient aux vérificatrices."


def test_verify_refuses_the_author_even_a_superuser(people: Cast) -> None:
    hers = make.entered_value(by=people.alice)
    assert rules.why_not_verify(people.alice, hers) == (
        "Vous avez entré cette valeur : une autre personne doit la vérifier."
    )
    assert rules.why_not_approve(people.alice, hers) == rules.why_not_verify(people.alice, hers)
    assert rules.why_not_reject(people.alice, hers, reason="non") == rules.why_not_verify(people.alice, hers)


def test_verify_refuses_what_is_decided(people: Cast) -> None:
    revision = make.approved_value()
    assert rules.why_not_verify(people.vera, revision) == (
        "Cette valeur n’attend plus de décision : elle est en vigueur."
    )


def test_approve_wants_rivals_settled(people: Cast) -> None:
    first = make.entered_value("80")
    assert rules.why_not_approve(people.lise, first) is None
    second = make.entered_value("81", by=people.nadia)
    assert rules.why_not_approve(people.lise, first) == (
        f"Nadia Kessel a entré une autre valeur pour la même case (n° {second.pk}) : rejetez d’abord l’une des deux."
    )


def test_reject_wants_a_reason(people: Cast) -> None:
    revision = make.entered_value()
    assert rules.why_not_reject(people.lise, revision, reason="illisible") is None
    assert rules.why_not_reject(people.lise, revision, reason=" \n") == "Un rejet se motive : dites ce qui ne va pas."


def test_withdraw_value_belongs_to_its_author_while_it_waits(people: Cast) -> None:
    revision = make.entered_value()
    assert rules.why_not_withdraw_value(people.hugo, revision) is None
    assert rules.why_not_withdraw_value(people.nadia, revision) == ("Seule la personne qui l’a entrée peut la retirer.")
    people.hugo.groups.clear()
    assert rules.why_not_withdraw_value(again(people.hugo), revision) == (
        "Entrer une valeur revient à la cellule data."
    )
    ValueRevision.objects.filter(pk=revision.pk).update(
        state="rejected", decided_by=people.lise, decided_at=make.NOW, decision_reason="non", version=2
    )
    revision.refresh_from_db()
    assert rules.why_not_withdraw_value(people.hugo, revision) == "Cette valeur est décidée : entrez-en une nouvelle."
