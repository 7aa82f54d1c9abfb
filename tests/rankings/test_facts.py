"""What can be said of a school in one edition, by hand-made releases small enough to be counted on fingers."""

import pytest

from rankings.facts import Fact, Facts, Standing, UnknownFact, facts_for_unit
from rankings.models import Release
from tests import factories as make
from tests.methods import METHOD
from tests.rankings.handmade import facts_of, printed, with_edition
from tests.scenes import scene


def figure(facts: Facts, token: str, language: str = "fr") -> str:
    return facts.get(token).figure(language)


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


def test_the_edition_itself() -> None:
    facts = facts_of(1, 2, 3, None)
    facts.release.unranked_count = 1
    assert facts.get("classees").sentence("fr").startswith("3 écoles sont classées")
    assert facts_of(1).get("classees").sentence("fr").startswith("1 école est classée")
    assert figure(facts, "millesime") == "2026"
    assert facts.get(" classees ").figure("en") == "3"
    assert facts.get("non-classees").sentence("fr") == "1 école n’est pas classée."
    assert figure(facts, "premiere") == "École 1"
    assert {fact.token for fact in facts.of_edition()} == {"classees", "non-classees", "millesime", "premiere"}


def test_a_shared_first_place() -> None:
    facts = facts_of(1, 1, 3)
    assert facts.get("premiere").phrase("fr") == "École 1 et École 2 sont premières ex aequo"
    assert facts_of(1, 1, 3).get("premiere").phrase("en") == "École 1 and École 2 are first, equal"


def test_rank_and_tie() -> None:
    facts = facts_of(1, 2, 2, 4)
    assert figure(facts, "rang:ecole-1") == "1re"
    assert figure(facts, "rang:ecole-2") == "2e\u00a0ex\u00a0aequo"
    assert figure(facts, "rang:ecole-4") == "4e"
    assert facts.get("rang:ecole-2").figure("en") == "2nd\u00a0equal"
    assert facts.get("rang:ecole-4").denominator("fr") == "4 écoles classées"
    assert figure(facts, "score:ecole-1") == "7,5"
    assert facts.get("score:ecole-1").figure("en") == "7.5"


def test_a_place_taken_from_a_print_says_so() -> None:
    facts = printed(facts_of(1, 2, 3))
    for language, said in (("fr", "Rang repris de l’imprimé"), ("en", "Rank taken from a print")):
        assert facts.get("rang:ecole-1").note(language).startswith(said)
    assert facts.get("score:ecole-1").phrase("fr") == "7,5 points"
    facts = printed(facts_of(1, 2, 3))
    facts.release.out_of = "63"
    assert facts.get("score:ecole-1").phrase("fr") == "7,5 points sur 63"
    assert facts.get("region:ecole-1").note("fr") == "L’imprimé ne dit pas quelles écoles n’étaient pas classées."
    facts.held.units["ecole-2"].score = ""
    assert facts.find("score:ecole-2").reason("fr") == "L’imprimé ne donne pas ses points."


def test_score_says_what_it_is_out_of() -> None:
    facts = facts_of(1, method_text=METHOD)
    assert facts.get("score:ecole-1").phrase("fr") == "7,5 points sur 10"
    assert facts.get("score:ecole-1").phrase("en") == "7.5 points out of 10"


@pytest.mark.parametrize("kind", ["rang", "score", "parmi", "region", "statut", "entree", "duree"])
def test_an_unranked_school_has_no_place_and_it_is_said_why(kind: str) -> None:
    facts = facts_of(1, 2, None)
    with pytest.raises(UnknownFact) as caught:
        facts.get(f"{kind}:ecole-3")
    assert caught.value.token == f"{kind}:ecole-3"
    assert caught.value.reasons["fr"] == "Elle n’est pas classée dans l’édition 2026. Trop peu de valeurs."
    assert caught.value.reasons["en"] == "It is not ranked in the 2026 edition. Too few values."
    assert facts.find(f"{kind}:ecole-3").standing is Standing.FALSE
    assert facts.of_unit("ecole-3") == []


@pytest.mark.parametrize(
    "token",
    ["", "rang", "rang:", "rang:ecole-1:x", "rang:ecole-1:2025:2", "score:ecole-1:2025", "famille:ecole-1",
     "prix:ecole-1", "classees:deux", "millesime:2020", "[[rang:ecole-1]]", "rang:ecole-1:20251"],
)  # fmt: skip
def test_a_token_that_means_nothing(token: str) -> None:
    fact = facts_of(1).find(token)
    assert not fact.known
    assert fact.reason("fr") == "Ce repère n’existe pas."


def test_a_school_that_is_not_there() -> None:
    fact = facts_of(1, 2).find("rang:ecole-9")
    assert fact.standing is Standing.FALSE
    assert fact.reason("fr") == "Elle ne figure pas dans l’édition 2026."
    assert facts_of(1, 2).all_of_unit("ecole-9") == []


def test_what_cannot_be_said_has_no_words_but_its_reason() -> None:
    fact = facts_of(1, None).find("rang:ecole-2")
    for say in (fact.figure, fact.phrase, fact.sentence):
        with pytest.raises(UnknownFact):
            say("fr")
    assert (fact.definition("fr"), fact.denominator("fr"), fact.distinction) == ("", "", False)


def test_a_small_group_is_counted_and_is_no_distinction() -> None:
    fact = facts_of(1, 2).get("region:ecole-1")
    assert fact.figure("fr") == "1re"
    assert fact.denominator("fr") == "2 écoles classées de la région Occitanie"
    assert not fact.distinction
    assert facts_of(1, 2, 3).get("region:ecole-1").distinction
    assert figure(facts_of(1, 2, 3), "statut:ecole-3") == "3e"


def test_groups_in_words() -> None:
    facts = facts_of(1, 2, 3)
    said = {kind: facts.get(f"{kind}:ecole-1").phrase("fr") for kind in ("region", "statut", "entree", "duree")}
    assert {kind: plain(text) for kind, text in said.items()} == {
        "region": "1re de la région Occitanie",
        "statut": "1re des écoles de statut « publique »",
        "entree": "1re des écoles où l’on entre après le bac",
        "duree": "1re des écoles en 5 ans",
    }
    assert facts.get("duree:ecole-2").phrase("en") == "2nd among schools of 5 years"
    assert facts.get("entree:ecole-2").denominator("en") == "3 schools ranked entered after the baccalauréat"


@pytest.mark.parametrize("kind", ["region", "statut", "entree", "duree"])
def test_no_group_of_the_unknown(kind: str) -> None:
    fact = facts_of(1, 2, 3, region="", sector="", entry="", duration_years=None).find(f"{kind}:ecole-1")
    assert fact.standing is Standing.UNKNOWN


def test_place_in_a_group_counts_ties_of_the_group_only() -> None:
    facts = facts_of(1, 1, 3, 4, 4)
    facts.held.units["ecole-2"].region = "Bretagne"
    # Occitanie: ranks 1, 3, 4, 4. The first is alone there although she shares her national rank.
    assert figure(facts, "region:ecole-1") == "1re"
    assert figure(facts, "region:ecole-3") == "2e"
    assert figure(facts, "region:ecole-5") == "3e\u00a0ex\u00a0aequo"
    assert figure(facts, "region:ecole-2") == "1re"


def test_a_tie_at_the_head_of_a_region_is_said_and_nobody_is_first_alone() -> None:
    facts = facts_of(1, 1, 3)
    for slug in ("ecole-1", "ecole-2"):
        assert plain(figure(facts, f"region:{slug}")) == "1re ex aequo"


def test_unranked_rivals_of_the_group_are_named() -> None:
    facts = facts_of(1, 2, 3, None, None)
    facts.held.units["ecole-5"].region = "Bretagne"
    fact = facts.get("region:ecole-1")
    assert plain(fact.note("fr")) == "Non classées dans la région : École 4."
    assert fact.note("en") == "Unranked in the region: École 4."


def test_an_edition_without_its_other_schools_says_no_regional_place() -> None:
    fact = facts_of(16, count=169).find("region:ecole-1")
    assert fact.standing is Standing.UNKNOWN
    assert plain(fact.reason("fr")) == (
        "Cette édition ne donne que 1 des 169 places : une autre école peut la devancer."
    )


def test_a_better_school_of_unknown_region_forbids_a_regional_place() -> None:
    facts = facts_of(1, 2, 3, 4)
    facts.held.units["ecole-2"].region = ""
    assert facts.find("region:ecole-1").known, "whoever is behind changes nothing"
    fact = facts.find("region:ecole-3")
    assert fact.standing is Standing.UNKNOWN
    assert "École 2" in fact.reason("fr")


def test_distinctions_are_the_first_three_of_a_group_and_the_best_shares() -> None:
    facts = facts_of(*range(1, 21))
    assert {f.kind for f in facts.of_unit("ecole-1") if f.distinction} == {
        "region", "statut", "entree", "duree", "parmi",
    }  # fmt: skip
    assert not [f for f in facts.of_unit("ecole-4") if f.distinction and f.token.startswith("region:")]


def test_a_distinction_has_its_definition_and_denominator_in_both_languages() -> None:
    facts = with_edition(facts_of(*range(1, 21)), 2025, {f"ecole-{n}": n + 20 for n in range(1, 21)}, count=20)
    told = [fact for fact in facts.of_unit("ecole-1") if fact.distinction]
    assert len(told) > 5
    for fact in told:
        for language in ("fr", "en"):
            assert fact.definition(language), fact.token
            assert fact.denominator(language), fact.token
        assert fact.definition("fr") != fact.definition("en")


@pytest.mark.parametrize(
    ("ranks", "school", "share"),
    [
        (range(1, 21), 1, "5"),  # 1 of 20
        (range(1, 21), 2, "10"),  # 2 of 20
        (range(1, 21), 3, "25"),
        (range(1, 21), 5, "25"),  # 5 of 20, exactly a quarter
        (range(1, 21), 6, None),
        (range(1, 20), 1, "10"),  # 1 of 19 is more than 5 %
        ((1, 1, 1, *range(4, 21)), 3, "5"),  # three share the first place: the rank of each is 1
        ((1, 2, 3), 1, None),
    ],
)
def test_best_share_is_the_rank_divided_by_the_number_ranked(ranks: object, school: int, share: str | None) -> None:
    fact = facts_of(*ranks).find(f"parmi:ecole-{school}")
    if share is None:
        assert fact.standing is Standing.FALSE
    else:
        assert fact.figure("fr") == f"{share}\u00a0%"
        assert fact.figure("en") == f"{share}%"


def test_the_sixteenth_of_169_is_in_the_first_tenth_by_a_division_it_prints() -> None:
    fact = facts_of(16, count=169).get("parmi:ecole-1")
    assert plain(fact.figure("fr")) == "10 %"
    assert plain(fact.denominator("fr")) == "16 ÷ 169 écoles classées, soit 9,5 %"
    assert plain(fact.definition("fr")) == "Le rang, divisé par le nombre d’écoles classées, est d’au plus 10 %."
    assert fact.denominator("en") == "16 ÷ 169 schools ranked, which is 9.5%"
    assert facts_of(17, count=170).get("parmi:ecole-1").figure("en") == "10%", "exactly a tenth is in it"
    assert facts_of(17, count=169).get("parmi:ecole-1").figure("en") == "25%", "10.06 % is not, whatever it rounds to"


def test_strongest_first() -> None:
    tokens = [fact.token for fact in facts_of(*range(1, 21)).of_unit("ecole-1")]
    assert tokens[0] == "rang:ecole-1"
    assert all(isinstance(fact, Fact) for fact in facts_of(1).all_of_unit("ecole-1"))


@pytest.mark.django_db
@scene(make.published_release)
def test_facts_of_a_real_release_take_a_constant_number_of_queries(django_assert_max_num_queries) -> None:
    release = Release.objects.defer("method_text", "document").get()
    with django_assert_max_num_queries(8):
        facts = Facts(release)
        found = facts.of_unit("ecole-des-mines-de-brezac")
        for slug in facts.held.units:
            facts.all_of_unit(slug)
        facts.of_edition()
    assert [fact.token for fact in found][:2] == [
        "rang:ecole-des-mines-de-brezac",
        "score:ecole-des-mines-de-brezac",
    ]
    assert [fact.token for fact in facts_for_unit(release, "ecole-des-mines-de-brezac")] == [f.token for f in found]
