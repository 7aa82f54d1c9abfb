"""What the engine prints: the same figures as a table, as CSV and as JSON."""

import csv
import io
import json

import pytest

from rankings.engine.shell.commands import main
from tests.engine.methods import head, leaf

METHOD = head(coverage="0.6") + leaf("a", scale='kind = "minmax", better = "higher", low = 0, high = 4') + leaf("b")


@pytest.fixture
def printed(tmp_path, capsys):
    def printed(*options: str) -> str:
        (tmp_path / "data.csv").write_text("unit,a,b\nx,1,2\ny,1,2\nz,4,\nw,4,9\n")
        (tmp_path / "method.toml").write_text(METHOD)
        assert main(["rank", str(tmp_path / "data.csv"), str(tmp_path / "method.toml"), *options]) == 0
        return capsys.readouterr().out

    return printed


def test_a_table_says_ties_and_why_a_unit_is_not_ranked(printed):
    assert printed() == (
        "rank  unit  score  known\n"
        "   1  w     10.00  100 %\n"
        "  2=  x      1.25  100 %\n"
        "  2=  y      1.25  100 %\n"
        "   –  z             50 %\n"
        "z: not ranked, below-coverage (coverage 0.5000, minimum 0.6)\n"
    )


def test_csv_has_the_points_of_every_node(printed):
    rows = list(csv.DictReader(io.StringIO(printed("--format", "csv"))))
    assert rows[1] == {
        "unit": "x", "rank": "2", "tied": "yes", "score": "1.25", "coverage": "1/1", "reason": "",
        "a": "2.50", "b": "0.00",
    }  # fmt: skip
    assert rows[3] == {
        "unit": "z", "rank": "", "tied": "no", "score": "", "coverage": "1/2", "reason": "below-coverage",
        "a": "10.00", "b": "",
    }  # fmt: skip


def test_json_is_the_canonical_document_and_its_digest(printed):
    document = json.loads(printed("--format", "json"))
    assert [unit["unit"] for unit in document["result"]["units"]] == ["w", "x", "y", "z"]
    assert len(document["digest"]) == 64


def test_check_says_the_digest_of_a_method_and_its_canonical_text(tmp_path, capsys):
    (tmp_path / "method.toml").write_text("# A comment.\n" + METHOD)
    assert main(["check", str(tmp_path / "method.toml")]) == 0
    criteria, digest = capsys.readouterr().out.splitlines()
    assert criteria.endswith("a method of 2 criteria on 2 indicators")
    assert main(["check", "--canonical", str(tmp_path / "method.toml")]) == 0
    (tmp_path / "canonical.toml").write_text(capsys.readouterr().out)
    assert main(["check", str(tmp_path / "canonical.toml")]) == 0
    assert capsys.readouterr().out.splitlines()[1] == digest


def test_compare_shares_the_move_of_each_unit(tmp_path, capsys):
    (tmp_path / "data.csv").write_text("unit,year,a,b\nx,1,1,9\ny,1,2,1\nx,2,3,9\ny,2,2,1\nz,2,4,9\n")
    (tmp_path / "old.toml").write_text(head() + leaf("a"))
    (tmp_path / "new.toml").write_text(head() + leaf("a") + leaf("b"))
    data, old, new = (str(tmp_path / name) for name in ("data.csv", "old.toml", "new.toml"))
    asked = ["compare", data, old, data, new, "--where1", "year=1", "--where2", "year=2"]
    assert main([*asked, "--format", "csv"]) == 0
    moves = {row["unit"]: row for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert list(moves) == ["z", "x", "y"]
    assert moves["z"] == {
        "unit": "z", "before": "", "after": "1", "gained": "", "data": "", "method": "", "perimeter": "",
    }  # fmt: skip
    assert (moves["x"]["before"], moves["x"]["after"], moves["x"]["gained"]) == ("2", "2", "0")
    assert main(asked) == 0
    assert capsys.readouterr().out.splitlines()[0].split() == [
        "unit", "before", "after", "gained", "data", "method", "perimeter",
    ]  # fmt: skip
    assert main([*asked, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[1]["unit"] == "x"


def test_compare_reads_in_the_old_file_what_the_new_method_reads(tmp_path, capsys):
    # The old data already say b, and that it did not change: its arrival alone makes y first.
    scale = 'kind = "minmax", better = "higher", low = 0, high = 10'
    (tmp_path / "old.csv").write_text("unit,a,b\nx,8,0\ny,4,9\n")
    (tmp_path / "new.csv").write_text("unit,a,b\nx,8,7\ny,4,9\n")
    (tmp_path / "old.toml").write_text(head() + leaf("a", scale=scale))
    (tmp_path / "new.toml").write_text(head() + leaf("a", scale=scale) + leaf("b", scale=scale))
    names = ("old.csv", "old.toml", "new.csv", "new.toml")
    assert main(["compare", *(str(tmp_path / name) for name in names), "--format", "csv"]) == 0
    # With the new method, x has 4 to 6.5 on the old data and 7.5 to 6.5 on the new: both causes undo each other.
    x = next(row for row in csv.DictReader(io.StringIO(capsys.readouterr().out)) if row["unit"] == "x")
    assert (x["gained"], x["data"], x["method"], x["perimeter"]) == ("0", "0.5", "-0.5", "0")


def test_one_method_that_the_other_data_refuse_is_told(tmp_path, capsys):
    (tmp_path / "old.csv").write_text("unit,a,b\nx,8,-1\n")
    (tmp_path / "new.csv").write_text("unit,a,b\nx,8,2\n")
    (tmp_path / "old.toml").write_text(head() + leaf("a"))
    (tmp_path / "new.toml").write_text(head() + leaf("a", 'denominator = "b"'))
    names = ("old.csv", "old.toml", "new.csv", "new.toml")
    assert main(["compare", *(str(tmp_path / name) for name in names)]) == 2
    assert capsys.readouterr().err.endswith(
        "one method on the data of the other: unit 'x', indicator 'b': -1 divides, and is negative\n"
    )


def test_robustness_is_printed_beside_the_ranks(printed):
    table = printed("--robustness", "300", "--seed", "4").splitlines()
    assert table[0].split() == ["rank", "unit", "score", "known", "5–95", "%"]
    assert table[1].endswith("1–1")
    assert table[6] == "a unit moves by 0.0 places on average of the draws"
    rows = list(csv.DictReader(io.StringIO(printed("--robustness", "300", "--format", "csv"))))
    assert (rows[0]["low"], rows[0]["high"], rows[0]["first_ten"], rows[0]["group"]) == ("1", "1", "1", "1")
    assert rows[3]["low"] == ""
    document = json.loads(printed("--robustness", "300", "--format", "json"))
    assert document["robustness"]["draws"] == "300"
    assert document == json.loads(printed("--robustness", "300", "--format", "json"))


def test_a_study_that_cannot_be_made_is_told(tmp_path, capsys):
    (tmp_path / "data.csv").write_text("unit,a,b\nx,1,2\n")
    (tmp_path / "method.toml").write_text(METHOD)
    assert main(["rank", str(tmp_path / "data.csv"), str(tmp_path / "method.toml"), "--robustness", "0"]) == 2
    assert capsys.readouterr().err == "--robustness: draws: read 0, expected a whole number from 1 to 1000000\n"


def test_an_explanation_says_what_each_criterion_brings(printed):
    table = printed("--explain", "x").splitlines()
    assert table[:2] == ["x: rank 2=, score 1.25", "next rank: w, 8.75 points ahead"]
    assert table[3].split() == ["node", "value", "points", "out_of", "worth", "at_most", "lost", "behind_first"]
    assert table[4].split() == ["a", "1", "2.50", "10", "1.250", "5.000", "3.750", "3.750"]
    rows = list(csv.DictReader(io.StringIO(printed("--explain", "x", "--format", "csv"))))
    assert rows[0]["worth"] == "1.25"
    document = json.loads(printed("--explain", "x", "--format", "json"))
    assert (document["rank"], document["ahead"], document["gap"]) == ("2", ["w"], "8.75")
    assert document["nodes"][0]["behind_first"] == "3.75"


def test_one_point_ahead_is_in_the_singular(tmp_path, capsys):
    (tmp_path / "data.csv").write_text("unit,a\nx,3\ny,4\n")
    method = head() + leaf("a", scale='kind = "minmax", better = "higher", low = 0, high = 10')
    (tmp_path / "method.toml").write_text(method)
    assert main(["rank", str(tmp_path / "data.csv"), str(tmp_path / "method.toml"), "--explain", "x"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "next rank: y, 1.00 point ahead"


def test_who_cannot_be_explained_is_told(tmp_path, capsys):
    (tmp_path / "data.csv").write_text("unit,a,b\nlyon,1,2\nparis,1,\n")
    (tmp_path / "method.toml").write_text(METHOD)
    asked = ["rank", str(tmp_path / "data.csv"), str(tmp_path / "method.toml"), "--explain"]
    assert main([*asked, "lion"]) == 2
    assert capsys.readouterr().err == "--explain: no unit “lion”; did you mean “lyon”?\n"
    assert main([*asked, "paris"]) == 2
    assert capsys.readouterr().err == "paris: not ranked, below-coverage (coverage 0.5000, minimum 0.6)\n"


def test_correlations_are_printed_with_their_warnings(tmp_path, capsys):
    units = "".join(f"u{number:02d},{number},{30 - number}\n" for number in range(12))
    (tmp_path / "data.csv").write_text("unit,a,b\n" + units)
    (tmp_path / "method.toml").write_text(METHOD.replace("high = 4", "high = 40"))
    asked = ["rank", str(tmp_path / "data.csv"), str(tmp_path / "method.toml"), "--correlations"]
    assert main(asked) == 0
    assert capsys.readouterr().out.splitlines()[1].split() == ["a", "b", "12", "-1.000", "opposed"]
    assert main([*asked, "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "a,b,12,-1.000,opposed"
    assert main([*asked, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["coefficient"] == "-1.000"
