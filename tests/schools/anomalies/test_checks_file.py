"""The checks file: strict, canonical, and documented key by key."""

import re
from dataclasses import fields

import pytest
from django.conf import settings

from schools.anomalies import checks_for, parse_checks
from schools.anomalies.checks import TABLES, Checks
from schools.anomalies.sentences import SENTENCES
from schools.importing import MappingRefused

HEAD = 'format = 1\ntitle = "x"\nmapping = "y"\n'
ALL = (
    HEAD
    + """year = "An"
name = "Nom"
keys = ["anciens"]
duplicates_but_one = true
[[share]]
share = "p"
whole = ["w"]
part = ["a", "b"]
scale = 100
[[sum]]
parts = ["a"]
whole_is = 1.0
most_percent = 2.50
severity = "remark"
[[jump]]
column = "c"
times = 2.5
least = 100
[[constant]]
columns = ["c"]
[[scale]]
columns = ["c", "d\\"e"]
[[component]]
name = "n"
mark = "*"
kind = "k"
wider = ["U"]
place = "v"
counts = ["i"]
"""
)


def refused(text: str) -> dict[str, str]:
    with pytest.raises(MappingRefused) as caught:
        parse_checks(text)
    return {problem.path: problem.message for problem in caught.value.problems}


def test_canonical_text_is_itself_a_checks_file_that_says_the_same() -> None:
    checks = parse_checks(ALL)
    assert parse_checks(checks.canonical_text) == checks
    respaced = "# a comment\n" + ALL.replace(" = ", "   =  ").replace("2.50", "2.5").replace(
        "whole_is = 1.0", "whole_is = 1"
    )
    assert parse_checks(respaced).digest == checks.digest
    assert parse_checks(ALL.replace("least = 100", "least = 101")).digest != checks.digest


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("format = 2\n" + HEAD.partition("\n")[2], "format"),
        (HEAD + "colour = 1\n", "colour"),
        (HEAD + '[[share]]\nshare = "a"\n', "share[0].whole"),
        (HEAD + '[[share]]\nshare = "a"\nwhole = ["b"]\nscale = 10\n', "share[0].scale"),
        (HEAD + '[[share]]\nshare = "a"\nwhole = ["b"]\npart = ["c"]\nat_most = true\n', "share[0].at_most"),
        (HEAD + '[[share]]\nshare = "a"\nwhole = ["b"]\npart_may_exceed = true\n', "share[0].part_may_exceed"),
        (HEAD + '[[share]]\nshare = "a"\nwhole = ["b"]\nseverity = "grave"\n', "share[0].severity"),
        (HEAD + '[[sum]]\nparts = ["a"]\n', "sum[0].whole"),
        (HEAD + '[[sum]]\nparts = ["a"]\nwhole = "b"\nwhole_is = 1\n', "sum[0].whole"),
        (HEAD + '[[sum]]\nparts = ["a"]\nwhole = "b"\nmost_percent = -1\n', "sum[0].most_percent"),
        (HEAD + 'year = "a"\n[[jump]]\ncolumn = "a"\nleast = 1\n', "jump[0].times"),
        (HEAD + 'year = "a"\n[[jump]]\ncolumn = "a"\nleast = 1\ntimes = 1\n', "jump[0].times"),
        (HEAD + '[[jump]]\ncolumn = "a"\nleast = 1\ntimes = 2\n', "year"),
        (HEAD + '[[constant]]\ncolumns = ["a"]\nleast = 1\n', "constant[0].least"),
        (HEAD + '[[component]]\nname = "a"\n', "component[0].mark"),
        ("format = ", ""),
        ("x" * 100_001, ""),
    ],
)
def test_what_is_wrong_is_told_with_its_key(text: str, path: str) -> None:
    problems = refused(text)
    assert path in problems
    assert problems[path]


def test_checks_are_found_by_the_title_of_their_mapping() -> None:
    found = checks_for("Parcoursup, formations d’ingénieurs")
    assert found is not None
    assert found.title == "Contrôles de Parcoursup"
    assert checks_for("Une autre") is None


def test_every_key_and_every_kind_is_documented() -> None:
    words = set(re.findall(r"`\[*(\w+)\]*(?: = [^`]*)?`", (settings.BASE_DIR / "docs" / "checks-file.md").read_text()))
    tables = set(TABLES.values())
    keys = {field.name for field in fields(Checks)} - tables
    for check in (parse_checks(ALL).shares, parse_checks(ALL).sums, parse_checks(ALL).jumps,
                  parse_checks(ALL).constants, parse_checks(ALL).components):  # fmt: skip
        keys |= {field.name for field in fields(check[0])}
    assert (keys | set(TABLES)) - words == set()


def test_every_sentence_can_be_said() -> None:
    for sentence in SENTENCES.values():
        names = re.findall(r"{(\w+)}", sentence)
        assert "{" not in sentence.format(**dict.fromkeys(names, "x"))
