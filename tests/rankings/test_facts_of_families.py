"""In which families a school stands out: Method § 11.4, by hand."""

from rankings.facts import Facts, Standing
from tests.rankings.handmade import facts_of, printed, with_family
from tests.rankings.test_facts import plain


def families(*points: tuple[str, ...]) -> Facts:
    """Twenty ranked schools; of each family, the points of the first ones, then one less for each after."""
    facts = facts_of(*range(1, 21))
    for key, given in zip(("academique", "entreprises", "diversite"), points, strict=False):
        rest = range(len(given) + 1, 21)
        told = dict(enumerate(given, start=1)) | {number: str(21 - number) for number in rest}
        with_family(facts, key, {f"ecole-{number}": figure for number, figure in told.items()})
    return facts


def test_place_in_a_family_by_printed_points() -> None:
    fact = families(("29", "30")).get("famille:ecole-1:academique")
    assert plain(fact.phrase("fr")) == "2e pour « Academique », avec 29 points sur 30"
    assert (
        plain(fact.denominator("fr")) == "2 ÷ 20 écoles classées, soit 10 %"
        or plain(fact.denominator("fr")) == "2 ÷ 20 écoles classées, soit 10,0 %"
    )
    assert fact.distinction, "exactly a tenth is in it"
    assert plain(fact.definition("fr")).endswith("est d’au plus 10 %.")


def test_the_third_of_twenty_is_not_in_the_first_tenth() -> None:
    facts = families(("28", "30", "29"))
    assert not facts.get("famille:ecole-1:academique").distinction
    assert facts.find("familles:ecole-1").standing is Standing.FALSE


def test_equal_points_share_a_place_and_the_others_are_counted() -> None:
    fact = families(("30", "30", "30")).get("famille:ecole-1:academique")
    assert plain(fact.figure("fr")) == "1re ex aequo"
    assert fact.note("fr") == "2 autres écoles classées y ont autant de points."
    assert fact.distinction


def test_points_are_compared_as_numbers() -> None:
    assert families(("100", "99.5")).get("famille:ecole-1:academique").figure("fr") == "1re"


def test_above_all_is_where_the_share_is_the_smallest() -> None:
    facts = families(("29", "30"), ("29", "30"), ("30", "29"))
    fact = facts.get("familles:ecole-1")
    assert plain(fact.figure("fr")) == "« Academique », « Entreprises » et surtout « Diversite »"
    assert fact.figure("en") == "“Academique”, “Entreprises” and above all “Diversite”"
    assert plain(facts.get("surtout:ecole-1").figure("fr")) == "« Diversite »"
    assert "1 ÷ 20" in fact.denominator("fr")


def test_nothing_is_above_all_when_the_shares_are_equal() -> None:
    facts = families(("29", "30"), ("29", "30"))
    assert plain(facts.get("familles:ecole-1").figure("fr")) == "« Academique » et « Entreprises »"


def test_a_school_without_points_in_a_family() -> None:
    facts = with_family(facts_of(1, 2), "academique", {"ecole-2": "12"})
    fact = facts.find("famille:ecole-1:academique")
    assert fact.standing is Standing.FALSE
    assert plain(fact.reason("fr")) == "Elle n’a pas de points dans « Academique »."
    assert plain(facts.find("points:ecole-1:sport").reason("fr")) == "Cette édition n’a pas de famille « sport »."
    assert facts.get("points:ecole-2:academique").phrase("en") == "12 points out of 30 for “Academique”"


def test_an_edition_taken_from_a_print_has_no_families() -> None:
    for token in ("famille:ecole-1:academique", "familles:ecole-1", "surtout:ecole-1", "points:ecole-1:academique"):
        fact = printed(facts_of(16, count=169)).find(token)
        assert fact.standing is Standing.UNKNOWN
        assert fact.reason("fr") == "Cette édition est reprise de l’imprimé, sans points par famille."
