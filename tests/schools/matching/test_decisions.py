"""What people decide: how it is written, what is refused, what it does."""

import pytest

from schools.importing.keys import SCHEMES
from schools.matching import Decision, DecisionsRefused, Known, UnitRef, match, parse_decisions
from schools.matching.decisions import COUNTED, NAME, VERDICTS, WITHOUT_UNIT
from schools.matching.periods import period
from schools.models import MatchDecision, UnitIdentifier
from schools.models.matches import COUNTED as KEPT_COUNTED
from schools.models.matches import OF_A_UNIT, Verdict
from tests.schools.matching.cases import ALL, KNOWN, LYON, SIGMA, STRASBOURG, decision, school, subject

HEAD = 'format = 1\ntitle = "Essai"\ndecided_by = "Hugo"\n'
ENTRY = {
    "dataset": '"parcoursup"',
    "scheme": '"uai"',
    "keys": '["0622384e", " 0642029H"]',
    "verdict": '"site"',
    "unit": '"cti:204"',
    "reason": '"Campus de l’école."',
}


def text(*entries: dict[str, str | None]) -> str:
    """A file of these entries, each said by how it differs from the one above; None takes a key out."""
    lines = [HEAD]
    for entry in entries:
        said = {name: value for name, value in (ENTRY | entry).items() if value is not None}
        lines.append("[[decision]]\n" + "".join(f"{name} = {value}\n" for name, value in said.items()))
    return "\n".join(lines)


def refused(content: str) -> list[str]:
    with pytest.raises(DecisionsRefused) as caught:
        parse_decisions(content)
    return [str(problem) for problem in caught.value.problems]


def refused_by(subjects, decisions, known: Known = KNOWN) -> list[str]:
    with pytest.raises(DecisionsRefused) as caught:
        match(subjects, known, decisions)
    return [str(problem) for problem in caught.value.problems]


# How it is written


def test_decision_is_read_whole() -> None:
    file = parse_decisions(text({"from": "2015", "until": "2019"}))
    assert (file.title, file.decided_by) == ("Essai", "Hugo")
    only = file.decisions[0]
    assert only.values == ("0622384E", "0642029H")
    assert (only.verdict, str(only.unit), only.reason) == ("site", "cti:204", "Campus de l’école.")
    assert only.span == period(2015, 2019)
    assert file.of("parcoursup") == (only,)
    assert file.of("effectifs") == ()


def test_canonical_text_is_a_file_that_says_the_same() -> None:
    file = parse_decisions(
        "# une note\n" + text({"from": "2015"}, {"keys": '["0912341A"]', "despite_identifier": "true"})
    )
    again = parse_decisions(file.canonical_text)
    assert again == file
    assert again.canonical_text == file.canonical_text
    assert len(file.digest) == 64
    assert parse_decisions(text({"from": "2016"})).digest != file.digest


def test_names_are_compared_as_names() -> None:
    file = parse_decisions(text({"scheme": '"name"', "keys": None, "names": '["École  du LAC"]'}))
    assert file.decisions[0].lookups == ("ecole du lac",)
    assert 'names = ["École  du LAC"]' in file.canonical_text


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"dataset": '"Parcoursup 2025"'}, "decision[0].dataset"),
        ({"scheme": '"numero"'}, "decision[0].scheme"),
        ({"keys": "[]"}, "decision[0].keys"),
        ({"keys": '["0622384E", " "]'}, "decision[0].keys"),
        ({"keys": None}, "decision[0].keys"),
        ({"names": '["Une école"]'}, "decision[0].names"),
        ({"scheme": '"name"'}, "decision[0].keys"),
        ({"verdict": '"peut-être"'}, "decision[0].verdict"),
        ({"unit": None}, "decision[0].unit"),
        ({"unit": '"204"'}, "decision[0].unit"),
        ({"unit": '"nom:Metz"'}, "decision[0].unit"),
        ({"verdict": '"outside"'}, "decision[0].unit"),
        ({"reason": '" "'}, "decision[0].reason"),
        ({"reason": None}, "decision[0].reason"),
        ({"from": "2020", "until": "2019"}, "decision[0].until"),
        ({"until": '"2019"'}, "decision[0].until"),
        ({"from": "20"}, "decision[0].from"),
        ({"despite_identifier": '"oui"'}, "decision[0].despite_identifier"),
        ({"raison": '"Parce que."'}, "decision[0].raison"),
    ],
)
def test_each_key_is_checked_and_named(entry: dict[str, str | None], said: str) -> None:
    assert [problem.split("\u00a0")[0] for problem in refused(text(entry))] == [said]


def test_file_itself_is_checked() -> None:
    assert "TOML" in refused("format = 1 =")[0]
    assert [line.split("\u00a0")[0] for line in refused("format = 2")] == ["format", "title", "decided_by", "decision"]
    assert refused(HEAD + "[[decisions]]\n")[0].startswith("decision")
    assert "trop long" in refused("#" * 10**6)[0]


def test_misspelt_key_is_told_the_right_one() -> None:
    assert "« reason »" in refused(text({"reasons": '"x"'}))[0]


def test_one_key_is_decided_once_a_year() -> None:
    same = refused(text({}, {}))
    assert same[0].startswith("decision[1].keys")
    assert "de même dans decision[0]" in same[0]
    assert "autrement dans decision[0]" in refused(text({}, {"verdict": '"same"'}))[0]
    assert parse_decisions(text({"until": "2019"}, {"from": "2020", "verdict": '"wider"'}))
    assert parse_decisions(text({}, {"dataset": '"effectifs"'}))


def test_words_are_those_of_what_is_kept() -> None:
    assert list(VERDICTS) == Verdict.values
    assert list(COUNTED) == KEPT_COUNTED
    assert [verdict for verdict in VERDICTS if verdict not in WITHOUT_UNIT] == OF_A_UNIT
    assert {*SCHEMES, NAME} == set(MatchDecision.Scheme.values)
    assert set(SCHEMES) == set(UnitIdentifier.Scheme.values)


# What it does


def test_decision_settles_what_is_doubtful() -> None:
    read = subject("0673021V", "Université de Strasbourg", wider=True)
    found = match([read], KNOWN, [decision("0673021V", "wider", 136)])[0]
    assert (found.outcome, found.by, found.unit) == ("decided", "decision", STRASBOURG)
    assert found.reasons[0].words == "décidé : Parce que."


@pytest.mark.parametrize("verdict", ["outside", "unsaid"])
def test_decision_may_name_no_school(verdict: str) -> None:
    found = match([subject("0331493U", "Lycée Saint-Genès")], KNOWN, [decision("0331493U", verdict)])[0]  # type: ignore[arg-type]
    assert (found.outcome, found.unit) == ("decided", None)


def test_decision_by_name_holds_for_the_subject_of_that_name() -> None:
    said = decision("INSTITUT Catholique", "outside", scheme="name")
    found = match([subject("", "Institut catholique"), subject("0331493U", "Autre")], KNOWN, [said])
    assert [each.outcome for each in found] == ["decided", "unmatched"]


def test_decision_on_one_key_of_a_cell_holds_for_the_cell() -> None:
    found = match([subject("0597139P,0590349J", "Centrale")], KNOWN, [decision("0590349J", "same", 56)])[0]
    assert (found.outcome, found.unit) == ("decided", LYON)


def test_number_that_passed_to_another_school_is_decided_by_year() -> None:
    before = subject("0632086A,0632033T", "SIGMA Clermont", years=(2018, 2019))
    after = subject("0632033T", "Clermont Auvergne INP", years=(2020, 2021))
    decisions = [
        decision("0632086A,0632033T", "same", 23, last_year=2019),
        decision("0632033T", "wider", 23, first_year=2020),
    ]
    found = match([before, after], KNOWN, decisions)
    assert [each.outcome for each in found] == ["decided", "decided"]
    assert [[said.verdict for said in each.decisions] for each in found] == [["same"], ["wider"]]
    assert found[0].unit == SIGMA


def test_years_that_no_decision_covers_leave_the_subject_doubtful() -> None:
    read = subject("0590311T", "École de chimie", years=(2018, 2019, 2020))
    found = match([read], KNOWN, [decision("0590311T", "same", 56, last_year=2019)])[0]
    assert found.outcome == "doubtful"
    assert found.reasons[0].words == "les décisions ne disent rien de : 2020"


def test_dates_of_a_decision_on_a_register_only_say_how_long_the_number_is_good_for() -> None:
    read = subject("0632033T", "SIGMA", years=(2020,), register=True)
    assert match([read], KNOWN, [decision("0632033T", "same", 23, last_year=2019)])[0].outcome == "decided"
    assert "pour ces années" in refused_by([subject("0632033T", "SIGMA", years=(2020,))],
                                           [decision("0632033T", "same", 23, last_year=2019)])[0]  # fmt: skip


def test_decision_about_another_source_is_not_looked_at() -> None:
    other = decision("0000000A", "same", 999, dataset="ailleurs")
    assert match([subject("0331493U", "Lycée")], KNOWN, [other])[0].outcome == "unmatched"


def test_unknown_school_is_refused() -> None:
    said = refused_by([subject("0331493U", "Lycée")], [decision("0331493U", "same", 999)])
    assert said == ["decision[0331493U].unit\u00a0: Aucune école n’a l’identifiant « cti:999 ». Corrigez-le."]


def test_number_of_two_schools_cannot_name_one() -> None:
    twice = Known([school(300, "Une école", uai="0331493U"), school(301, "Une autre", uai="0331493U")])
    said = Decision("essai", "uai", ("0331493U",), "same", UnitRef("uai", "0331493U"), "Parce que.", path="decision[0]")
    assert "plusieurs écoles" in refused_by([subject("0331493U", "Lycée")], [said], twice)[0]


def test_key_that_no_subject_has_is_refused() -> None:
    said = refused_by([subject("0331493U", "Lycée")], [decision("0331493U,0331493X", "outside")])
    assert len(said) == 1
    assert "« 0331493X » n’est pas dans « essai »" in said[0]


def test_contradiction_within_a_cell_is_refused() -> None:
    read = subject("0597139P,0590349J", "Centrale Lille Institut")
    said = refused_by([read], [decision("0597139P", "wider", 56), decision("0590349J", "same", 56)])
    assert "contredit decision[0597139P]" in said[0]
    assert said[0].startswith("decision[0590349J].verdict")


def test_decision_against_a_sure_identifier_must_say_so() -> None:
    known = Known([school(56, LYON.name, "INSA Lyon", uai="0690192J"), *(each for each in ALL if each.id != 56)])
    read = subject("0690192J", "INSA Lyon")
    for said in (
        decision("0690192J", "outside"),
        decision("0690192J", "same", 82),
        decision("0690192J", "component", 56),
    ):
        assert "despite_identifier" in refused_by([read], [said], known)[0]
    assert match([read], known, [decision("0690192J", "same", 56)])[0].outcome == "decided"
    knowingly = decision("0690192J", "outside", despite_identifier=True)
    assert match([read], known, [knowingly])[0].outcome == "decided"


def test_every_problem_is_told_at_once() -> None:
    said = refused_by(
        [subject("0331493U", "Lycée")], [decision("0331493U", "same", 999), decision("0000000A", "outside")]
    )
    assert len(said) == 2
