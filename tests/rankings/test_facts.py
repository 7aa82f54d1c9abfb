"""What can be said of a school, by hand-made releases small enough to be counted on fingers."""

import pytest

from rankings.facts import Fact, Facts, UnknownFact, facts_for_unit
from rankings.models import Release, ReleaseUnit
from tests import factories as make
from tests.scenes import scene


def facts_of(*ranks: int | None, region: str = "Occitanie", sector: str = "public") -> Facts:
    """A release whose schools are « ecole-1 », « ecole-2 »… with these ranks; all in one region and sector."""
    facts = Facts(Release(year=2026))
    units = [
        ReleaseUnit(
            slug=f"ecole-{number}",
            rank=rank,
            tied=rank is not None and ranks.count(rank) > 1,
            score="7.5" if rank else "",
            region=region,
            sector=sector,
        )
        for number, rank in enumerate(ranks, start=1)
    ]
    facts.__dict__["_units"] = {unit.slug: unit for unit in units}
    return facts


def figure(facts: Facts, token: str, language: str = "fr") -> str:
    return facts.get(token).figure(language)


def test_the_edition_itself() -> None:
    facts = facts_of(1, 2, 3, None)
    assert facts.get("classees").sentence("fr").startswith("3 écoles sont classées")
    assert facts_of(1).get("classees").sentence("fr").startswith("1 école est classée")
    assert figure(facts, "millesime") == "2026"
    assert facts.get(" classees ").figure("en") == "3"


def test_rank_and_tie() -> None:
    facts = facts_of(1, 2, 2, 4)
    assert figure(facts, "rang:ecole-1") == "1re"
    assert figure(facts, "rang:ecole-2") == "2e\u00a0ex\u00a0aequo"
    assert figure(facts, "rang:ecole-4") == "4e"
    assert facts.get("rang:ecole-2").figure("en") == "2nd\u00a0equal"
    assert figure(facts, "score:ecole-1") == "7,5"
    assert facts.get("score:ecole-1").figure("en") == "7.5"


def test_an_unranked_school_has_no_fact() -> None:
    facts = facts_of(1, 2, None)
    assert facts.of_unit("ecole-3") == []
    with pytest.raises(UnknownFact) as caught:
        facts.get("rang:ecole-3")
    assert caught.value.token == "rang:ecole-3"
    assert isinstance(caught.value, LookupError)


def test_groups_of_fewer_than_three_are_not_spoken_of() -> None:
    assert "region:ecole-1" not in facts_of(1, 2).by_token
    assert "region:ecole-1" not in facts_of(1, 2, None).by_token, "an unranked school makes no group"
    assert figure(facts_of(1, 2, 3), "region:ecole-1") == "1re"
    assert figure(facts_of(1, 2, 3), "statut:ecole-3") == "3e"


def test_no_group_of_the_unknown() -> None:
    facts = facts_of(1, 2, 3, region="", sector="")
    assert not [token for token in facts.by_token if token.startswith(("region:", "statut:"))]


def test_place_in_a_group_counts_ties_of_the_group_only() -> None:
    facts = facts_of(1, 1, 3, 4, 4)
    units = facts.__dict__["_units"]
    units["ecole-2"].region = "Bretagne"
    # Occitanie: ranks 1, 3, 4, 4. The first is alone there although she shares her national rank.
    assert figure(facts, "region:ecole-1") == "1re"
    assert figure(facts, "region:ecole-3") == "2e"
    assert figure(facts, "region:ecole-5") == "3e\u00a0ex\u00a0aequo"
    assert "region:ecole-2" not in facts.by_token


def test_distinctions_are_the_first_three_of_a_group_and_the_best_shares() -> None:
    facts = facts_of(*range(1, 21))
    assert {f.token for f in facts.of_unit("ecole-1") if f.distinction} == {
        "region:ecole-1",
        "statut:ecole-1",
        "parmi:ecole-1",
    }
    assert not [f for f in facts.of_unit("ecole-4") if f.distinction and f.token.startswith("region:")]


@pytest.mark.parametrize(
    ("ranks", "school", "share"),
    [
        (range(1, 21), 1, "5"),  # 1 of 20
        (range(1, 21), 2, "10"),  # 2 of 20
        (range(1, 21), 3, "25"),
        (range(1, 21), 5, "25"),  # 5 of 20, exactly a quarter
        (range(1, 21), 6, None),
        (range(1, 20), 1, "10"),  # 1 of 19 is more than 5 %
        ((1, 1, 1, *range(4, 21)), 1, "25"),  # three share the first place: they are 15 % of 20, not 5 %
        ((1, 1, 1, 1), 1, None),  # everybody is first
    ],
)
def test_best_share_holds_all_that_are_as_good(ranks: object, school: int, share: str | None) -> None:
    facts = facts_of(*ranks)
    token = f"parmi:ecole-{school}"
    if share is None:
        assert token not in facts.by_token
    else:
        assert facts.get(token).figure("fr") == f"{share}\u00a0%"
        assert facts.get(token).figure("en") == f"{share}%"


def test_strongest_first() -> None:
    tokens = [fact.token for fact in facts_of(*range(1, 21)).of_unit("ecole-1")]
    assert tokens[0] == "rang:ecole-1"
    assert all(isinstance(fact, Fact) for fact in facts_of(1).by_token.values())


@pytest.mark.django_db
@scene(make.published_release)
def test_facts_of_a_real_release_take_two_queries(django_assert_max_num_queries) -> None:
    release = Release.objects.get()
    with django_assert_max_num_queries(2):
        found = facts_for_unit(release, "ecole-des-mines-de-brezac")
    assert [fact.token for fact in found][:2] == [
        "rang:ecole-des-mines-de-brezac",
        "score:ecole-des-mines-de-brezac",
    ]
