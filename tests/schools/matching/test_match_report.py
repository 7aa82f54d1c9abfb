"""What a matching comes to, in figures and in rows."""

from schools.matching import match, report
from schools.models.matches import Verdict
from tests.schools.matching.cases import KNOWN, decision, subject

READ = [
    subject("0690192J", "INSA Lyon"),
    subject("0490072M", "ESA", academie="Nantes"),
    subject("0632033T", "SIGMA", years=(2019, 2020)),
    subject("0331493U", "Lycée Saint-Genès"),
    subject("0772496V,0772497W", "ENSG"),
    subject("0673021V", "=HYPERLINK", "Université de Strasbourg", wider=True),
]
DECISIONS = [
    decision("0632033T", "same", 23, last_year=2019),
    decision("0632033T", "wider", 23, first_year=2020),
    decision("0673021V", "wider", 136),
]


def test_counts_name_every_answer_and_add_up() -> None:
    found = report.counts(match(READ, KNOWN, DECISIONS))
    assert {name: count for name, count in found.items() if count} == {
        "read": 6, "sure_alias": 2, "decided_same": 1, "decided_wider": 1, "doubtful": 1, "unmatched": 1,
    }  # fmt: skip
    assert sum(found.values()) == 2 * found["read"]
    assert {f"decided_{verdict}" for verdict in Verdict.values} <= set(found)
    assert report.counts([]) == dict.fromkeys(found, 0)


def test_rows_say_each_subject_in_words() -> None:
    rows = {row[1]: row for row in report.rows(match(READ, KNOWN, DECISIONS))}
    assert len({len(row) for row in rows.values()} | {len(report.head())}) == 1
    name = "Institut national des sciences appliquées de Lyon (cti:56)"
    assert rows["0690192J"][:6] == (
        "essai", "0690192J", "INSA Lyon", "sûr", "autre nom", name,
    )  # fmt: skip
    assert rows["0632033T"][3] == "décidé : la même école, un établissement plus large"
    assert rows["0331493U"][3:6] == ("sans rapprochement", "", "")
    doubtful = rows["0772496V ; 0772497W"]
    assert doubtful[3] == "douteux"
    assert "« ENSG » est le nom de 2 écoles" in doubtful[6]


def test_verdicts_are_said_as_they_are_where_they_are_kept() -> None:
    for verdict in Verdict:
        unit = None if verdict in {Verdict.OUTSIDE, Verdict.UNSAID} else 56
        found = match([subject("0331493U", "Lycée")], KNOWN, [decision("0331493U", verdict.value, unit)])  # type: ignore[arg-type]
        assert next(report.rows(found))[3] == f"décidé : {verdict.label}"
