"""The commands of `python -m rankings.engine` and what they are given."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from rankings.engine.absence import Absence
from rankings.engine.correlations import correlations
from rankings.engine.dataset import Dataset, DatasetError
from rankings.engine.effects import Edition, moves
from rankings.engine.explaining import Explanation, explain
from rankings.engine.method import Method
from rankings.engine.ranking import rank
from rankings.engine.result import Result
from rankings.engine.shell.correlating import CORRELATION_FORMATS
from rankings.engine.shell.explaining import EXPLANATION_FORMATS
from rankings.engine.shell.inputs import InputError, read_dataset, read_method
from rankings.engine.shell.printing import FORMATS, MOVES_FORMATS, unranked
from rankings.engine.tables import nearest
from rankings.engine.uncertainty import Plan, Robustness

WRONG_INPUT = 2
_MOST_PROBLEMS = 50


def main(arguments: Sequence[str]) -> int:
    """Run one command: 0 when it did what was asked, 2 when what it was given is wrong (each problem on one line)."""
    given = _parser().parse_args(arguments)
    try:
        given.run(given)
    except InputError as error:
        for problem in error.problems[:_MOST_PROBLEMS]:
            sys.stderr.write(f"{problem}\n")
        if more := error.problems[_MOST_PROBLEMS:]:
            sys.stderr.write(f"and {len(more)} more problems\n")
        return WRONG_INPUT
    except BrokenPipeError:
        # Who reads has had enough; what is left in the pipe must not be written again as the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m rankings.engine", description="Rank units by a published method, exactly."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    ranking = commands.add_parser("rank", help="rank the units of a CSV file under a method")
    ranking.add_argument("data", type=Path, metavar="DATA.csv")
    ranking.add_argument("method", type=Path, metavar="METHOD.toml")
    ranking.add_argument("--format", choices=FORMATS, default="table")
    ranking.add_argument("--correlations", action="store_true", help="say how the criteria go together, instead")
    ranking.add_argument("--explain", metavar="UNIT", help="say why a unit has its rank, instead of the ranking")
    ranking.add_argument("--robustness", type=int, metavar="DRAWS", help="draw the ranking anew so many times")
    ranking.add_argument("--seed", type=int, default=1, help="from which to draw (1)")
    _reading(ranking)
    ranking.set_defaults(run=_rank)
    comparing = commands.add_parser("compare", help="say to what each unit owes its move from one edition to another")
    for name in ("data1", "method1", "data2", "method2"):
        shown = f"{name[:-1].upper()}{name[-1]}.{'csv' if name.startswith('data') else 'toml'}"
        comparing.add_argument(name, type=Path, metavar=shown)
    comparing.add_argument("--format", choices=MOVES_FORMATS, default="table")
    _reading(comparing)
    for number in ("1", "2"):
        comparing.add_argument(
            f"--where{number}", action="append", default=[], type=_where, metavar="COLUMN=TEXT",
            help=f"the same for DATA{number} alone",
        )  # fmt: skip
    comparing.set_defaults(run=_compare)
    checking = commands.add_parser("check", help="say whether a method file is right, and its digest")
    checking.add_argument("method", type=Path, metavar="METHOD.toml")
    checking.add_argument("--canonical", action="store_true", help="print the canonical text of the method")
    checking.set_defaults(run=_check)
    return parser


def _reading(parser: argparse.ArgumentParser) -> None:
    """The options that say how a data file is read."""
    parser.add_argument("--unit", default="unit", metavar="COLUMN", help="the column that names the units (unit)")
    parser.add_argument(
        "--where", action="append", default=[], type=_where, metavar="COLUMN=TEXT",
        help="read only the lines with this text in this column; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--absence", action="append", default=[], type=_absence, metavar="WORD=KIND",
        help=f"what a word in a cell stands for, one of: {', '.join(Absence)}; may be repeated",
    )  # fmt: skip


def _where(text: str) -> tuple[str, str]:
    column, sign, wanted = text.partition("=")
    if not column or not sign:
        raise argparse.ArgumentTypeError(f"read “{text}”, expected COLUMN=TEXT")
    return column, wanted


def _absence(text: str) -> tuple[str, Absence]:
    word, _, kind = text.rpartition("=")
    if not word or kind not in {absence.value for absence in Absence}:
        raise argparse.ArgumentTypeError(f"read “{text}”, expected WORD=KIND, KIND being one of: {', '.join(Absence)}")
    return word, Absence(kind)


def _rank(given: argparse.Namespace) -> None:
    method = read_method(given.method)
    result = _ranked(given.data, _dataset(given, given.data, method, {}), method)
    if given.correlations:
        _say(*CORRELATION_FORMATS[given.format](correlations(result)))
        return
    if given.explain is not None:
        _say(*EXPLANATION_FORMATS[given.format](result, _explained(given, result)))
        return
    _say(*FORMATS[given.format](result, _drawn(given, result)))


def _explained(given: argparse.Namespace, result: Result) -> Explanation:
    if given.explain in result.ranks:
        return explain(result, given.explain)
    for row in result.rows:
        if row.unit == given.explain:
            raise InputError([unranked(row)])
    hint = nearest(given.explain, result.sheet.units).get("nearest")
    raise InputError([f"--explain: no unit “{given.explain}”{f'; did you mean “{hint}”?' if hint else ''}"])


def _drawn(given: argparse.Namespace, result: Result) -> Robustness | None:
    """The study that is asked for, if one is."""
    if given.robustness is None:
        return None
    # NumPy is loaded by those alone who need it.
    from rankings.engine.robustness import study

    try:
        return study(result, Plan(draws=given.robustness, seed=given.seed))
    except ValueError as error:
        raise InputError([f"--robustness: {error}"]) from error


def _compare(given: argparse.Namespace) -> None:
    old, new = read_method(given.method1), read_method(given.method2)
    # Each file is read for both methods: what the old data say of a new criterion is no effect of the method.
    before = Edition(_dataset(given, given.data1, old, dict(given.where1), also=new), old)
    after = Edition(_dataset(given, given.data2, new, dict(given.where2), also=old), new)
    _ranked(given.data1, before.dataset, old)
    _ranked(given.data2, after.dataset, new)
    try:
        found = moves(before, after)
    except DatasetError as error:
        raise InputError([f"{given.data1} and {given.data2}, one method on the data of the other: {error}"]) from error
    _say(*MOVES_FORMATS[given.format](found))


def _dataset(
    given: argparse.Namespace, data: Path, method: Method, where: Mapping[str, str], also: Method | None = None
) -> Dataset:
    rows = {**dict(given.where), **where}
    return read_dataset(data, method, unit=given.unit, absences=dict(given.absence), where=rows, also=also)


def _ranked(data: Path, dataset: Dataset, method: Method) -> Result:
    try:
        return rank(dataset, method)
    except DatasetError as error:
        raise InputError([f"{data}: {error}"]) from error


def _check(given: argparse.Namespace) -> None:
    method = read_method(given.method)
    if given.canonical:
        _say(method.canonical_text.rstrip("\n"))
        return
    leaves, indicators = len(method.leaves), len(method.indicators)
    _say(f"{given.method}: a method of {leaves} criteria on {indicators} indicators", f"digest {method.digest}")


def _say(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()
