"""The engine from the shell tells every problem of a file, with its place, and never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rankings.engine.shell.commands import main
from tests.engine.methods import head, leaf

ROOT = Path(__file__).parents[3]
TOO_LONG = "expected at most 30 digits on each side of the decimal mark"
NOT_A_NUMBER = "expected a number, an empty cell or a kind of absence"
DATA = "unit,a,b\nx,1,2\ny,3,4\n"
METHOD = head() + leaf("a") + leaf("b")


@pytest.fixture
def run(tmp_path, capsys):
    def run(data: str | bytes = DATA, *options: str, method: str = METHOD) -> tuple[int, str, str]:
        (tmp_path / "data.csv").write_bytes(data if isinstance(data, bytes) else data.encode())
        (tmp_path / "method.toml").write_text(method)
        status = main(["rank", str(tmp_path / "data.csv"), str(tmp_path / "method.toml"), *options])
        said = capsys.readouterr()
        return status, said.out, said.err.replace(f"{tmp_path}/", "")

    return run


def test_a_ranking_as_a_table(run):
    assert run() == (0, "rank  unit  score  known\n   1  y     10.00  100 %\n   2  x      0.00  100 %\n", "")


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfunit,a,b\r\nx,1,2\r\ny,3,4\r\n",
        "unit;a;b\nx;1,0;2\ny;3;4,0\n",
        "unit\ta\tb\nx\t1\t2\ny\t3\t4\n",
        '"unit","b","ignored","a"\n"x","2","text, with a comma","1"\n\n"y","4","","3"\n',
        "unit,a,b\ny,+3e0,4\nx,1.000,2\n",
    ],
)
def test_the_same_figures_however_they_are_written(run, data):
    assert run(data) == run()


def test_what_is_absent_and_why(run):
    status, out, _ = run("unit,a,b\nx,1,\ny,secret,n.d.\nz,2,1\n", "--absence", "n.d.=not_communicated")
    # The method of these tests ranks nobody whose figure is under secrecy.
    assert status == 0
    assert "y: not ranked, value-required (node a, indicator a, absence secret)" in out
    assert "50 %" in out


def test_only_the_lines_asked_for_are_read(run):
    data = "unit,year,a,b\nx,2020,1,2\nx,2021,9,9\ny,2021,3,4\n"
    assert run(data, "--where", "year=2021")[1].splitlines()[1].split() == ["1", "x", "10.00", "100", "%"]
    assert run(data)[2] == "data.csv, line 3, column “unit”: read “x”, already on line 2\n"
    assert run(data, "--where", "annee=2021")[2].splitlines() == [
        "data.csv, line 1: no column “annee”, asked for by --where",
        "data.csv, line 1: the columns are “unit”, “year”, “a”, “b”",
    ]
    assert (
        run(data, "--where", "year=1999")[2]
        == "data.csv, line 2: read no unit that --where asks for, expected one on each line\n"
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "line 1: read nothing, expected the names of the columns"),
        ("unit,a,b\n", "line 2: read no unit, expected one on each line"),
        ("name,a,b\nx,1,2\n", "line 1: no column “unit”, to name the units (--unit tells another)"),
        ("unit,a,bb\nx,1,2\n", "line 1: no column “b”, which the method uses; did you mean “bb”?"),
        ("unit,a,b,a\nx,1,2,3\n", "line 1, column 4: read “a”, already the name of column 2"),
        ("unit,a,b\nx,1\n", "line 2: read 2 cells, expected 3 as in the first line"),
        ("unit,a,b\n,1,2\n", "line 2, column “unit”: read nothing, expected the name of a unit"),
        ("unit,a,b\nx,1,2\nx,3,4\n", "line 3, column “unit”: read “x”, already on line 2"),
        ("unit,a,b\nx,1,12 000 €\n", f"line 2, column “b”: read “12 000 €”, {NOT_A_NUMBER}"),
        ("unit,a,b\nx,1,nan\n", f"line 2, column “b”: read “nan”, {NOT_A_NUMBER}"),
        ('unit,a,b\nx,1,"2,5"\n', "line 2, column “b”: read “2,5”, expected a number with a decimal point"),
        ("unit,a,b\nx,1,1e99\n", f"line 2, column “b”: read “1e99”, {TOO_LONG}"),
        ('unit,a,b\nx,1,"2\n', "line 2: not CSV: unexpected end of data"),
        ("unit,a,b\nx,1,2\0\n", "line 2: read a NUL character, expected text"),
        (b"unit,a,b\nx,1,\xe9\n", "line 2: read the byte 0xe9, expected a text in UTF-8"),
        ('unit,"a\nof two lines",b,a\nx,1,q,2\n', f"line 3, column “b”: read “q”, {NOT_A_NUMBER}"),
    ],
)  # fmt: skip
def test_a_wrong_data_file_is_told_by_line_and_column(run, data, said):
    status, out, err = run(data)
    assert (status, out) == (2, "")
    assert err.splitlines()[0] == f"data.csv, {said}"


def test_every_problem_is_told_at_once_and_a_great_many_are_counted(run):
    lines = "".join(f"u{number},?,1\n" for number in range(120))
    status, _, err = run("unit,a,b\n" + lines)
    assert status == 2
    assert err.splitlines()[49].startswith("data.csv, line 51, column “a”: read “?”")
    assert err.splitlines()[50:] == ["and 70 more problems"]


def test_a_negative_denominator_names_its_unit(run):
    method = head() + leaf("a", 'denominator = "b"')
    assert (
        run("unit,a,b\nx,1,-2\n", method=method)[2]
        == "data.csv: unit 'x', indicator 'b': -2 divides, and is negative\n"
    )


def test_a_wrong_method_is_told_by_its_keys(run):
    status, _, err = run(
        method=METHOD.replace("weight = 1", "weight = -1", 1).replace('better = "higher"', 'better = "best"', 1)
    )
    assert status == 2
    assert [line.split(": ")[:2] for line in err.splitlines()] == [
        ["method.toml", "node[1].weight"], ["method.toml", "node[1].scale.better"],
    ]  # fmt: skip


def test_files_that_are_not_there(tmp_path, capsys):
    assert main(["check", str(tmp_path / "no.toml")]) == 2
    assert main(["check", str(tmp_path)]) == 2
    assert capsys.readouterr().err.replace(str(tmp_path), "") == (
        "/no.toml: cannot be read: No such file or directory\n: cannot be read: Is a directory\n"
    )


def shell(*arguments: str, **options) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rankings.engine", *arguments]
    # No settings and no base: the engine needs neither.
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, **options)


def test_the_module_is_a_command(tmp_path):
    (tmp_path / "data.csv").write_text(DATA)
    (tmp_path / "method.toml").write_text(METHOD)
    done = shell("rank", "data.csv", "method.toml", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1].split() == ["1", "y", "10.00", "100", "%"]
    assert shell("rank", "data.csv", "data.csv", cwd=tmp_path).returncode == 2
    assert shell("rank", cwd=tmp_path).returncode == 2
    assert "DATA.csv" in shell("rank", "--help", cwd=tmp_path).stdout


def test_a_reader_who_has_had_enough_is_no_error(tmp_path):
    units = "".join(f"unit-of-a-long-name-{number},{number},1\n" for number in range(20_000))
    (tmp_path / "data.csv").write_text("unit,a,b\n" + units)
    (tmp_path / "method.toml").write_text(METHOD)
    command = f"{sys.executable} -m rankings.engine rank data.csv method.toml | head -n 2"
    done = subprocess.run(
        command, shell=True, cwd=tmp_path, env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 2


def test_ranks_within_groups_are_read_with_their_labels(run):
    method = METHOD.replace("[rounding]", '[ranks]\ngroups = ["region"]\n[rounding]', 1)
    data = "unit,a,b,region\nx,1,2,Nord\ny,3,4,\nz,0,0,Nord\n"
    status, out, err = run(data, "--format", "json", method=method)
    assert (status, err) == (0, "")
    assert '"region"' in out
    assert run(method=method)[2].startswith("data.csv, line 1: no column “region”, which the method uses")


def test_a_figure_imputed_by_group_reads_the_group_of_its_column(run):
    rule = 'missing = {{ missing = {{ impute = "mean", group = "region", least = 1, otherwise = "zero" }} }}'
    method = (
        head() + leaf("a", rule.format(), scale='kind = "minmax", better = "higher", low = 0, high = 10') + leaf("b")
    )
    status, out, _ = run("unit,region,a,b\nx,N,,1\ny,N,8,2\nz,S,2,3\n", "--format", "csv", method=method)
    assert status == 0
    assert [line.split(",")[-2] for line in out.splitlines() if line.startswith("x,")] == ["8.00"]
