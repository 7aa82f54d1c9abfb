"""What can be wrong in a method file: stable codes for programs, a sentence for people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Code → sentence. A code and the names between braces never change once released: other programs translate them.
MESSAGES: Mapping[str, str] = {
    "syntax": "the text is not TOML: {detail}",
    "too-long": "the text has {read} characters, expected at most {expected}",
    "too-deep": "nodes are nested beyond {expected} levels",
    "missing-key": "the key “{key}” is absent, expected {expected}",
    "unknown-key": "read the unknown key “{key}”, expected one of: {expected}",
    "unknown-word": "read “{read}”, expected one of: {expected}",
    "wrong-type": "read {read}, expected {expected}",
    "wrong-text": "read “{read}”, expected {expected}",
    "out-of-range": "read {read}, expected {expected}",
    "wrong-length": "read a list of {read}, expected {expected}",
    "wrong-order": "read {read} after {previous}, expected {expected}",
    "duplicate-key": "read the key “{read}” which is already that of {first}, expected another one",
    "two-natures": "read both “node” and “indicator”, expected children or an indicator, not both",
    "no-nature": "read neither “node” nor “indicator”, expected children or an indicator",
    "points-of-a-sum": "read “points” on a node that sums its children, expected none: its maximum follows from them",
    "misplaced-bonus": "read “bonus” on this node, expected it on a criterion of the first level only",
    "key-of-a-bonus": "read “{key}” on a bonus, expected none: its points add as they are, and an absence adds nothing",
    "idle-limits": "read “points” with “clamp = false”, expected one or the other: nothing bounds the points then",
    "fitted-bonus": "read the scale “{read}” on a bonus, expected one whose bounds are declared",
    "unclamped-bonus": "read “clamp = false” on a bonus, expected none: a bonus takes no points from anybody",
    "bonuses-alone": "read nothing but bonuses, expected one node at least that is not one",
    "tie-breaker-of-what": "read a tie-breaker with “node” and “indicator”, or with neither, expected one of them",
    "common-carry-over": "read “carry_over” in a rule common to all criteria, expected it in the rules of one",
    "derived-later": "read “{read}” which is derived further down, expected it above",
    "two-logarithms": "read both “transform” and outliers that may take a logarithm, expected one of them",
    "bounds-of-a-logarithm": "read declared bounds beside outliers that may take a logarithm, expected none",
    "rounded-away": "read {read} decimals, expected as many as its maximum of {points} points has",
}


@dataclass(frozen=True)
class MethodProblem:
    """One thing wrong in a method file.

    `where`: the place, as a path whose positions count from 1 (`node[2].scale.high`), or `line 3` when the text is
    not TOML; empty for the file itself. `code`: a key of MESSAGES. `params`: what the sentence holds; `nearest` is
    the known word that resembles the one read; `line` and `column` count from 1 and go with `syntax`.

    >>> print(MethodProblem("node[1].weight", "out-of-range", {"read": "-1", "expected": "a number above 0"}).message)
    node[1].weight: read -1, expected a number above 0
    """

    where: str
    code: str
    params: Mapping[str, str]

    @property
    def message(self) -> str:
        """An English sentence: where, what was read, what was expected, and the nearest known word if any."""
        place = f"{self.where}: " if self.where else ""
        hint = f" (did you mean “{self.params['nearest']}”?)" if "nearest" in self.params else ""
        return place + MESSAGES[self.code].format_map(self.params) + hint


class MethodError(ValueError):
    """A method file that cannot be used, with every problem found in it, in reading order.

    >>> MethodError([MethodProblem("", "no-nature", {})]).problems[0].code
    'no-nature'
    """

    def __init__(self, problems: Sequence[MethodProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message for problem in self.problems))
