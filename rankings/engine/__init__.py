"""The ranking engine: from a dataset and a method to ranks, exactly, and with nothing but the standard library.

No Django, no clock, no file: it is given texts and numbers, and answers with figures. The rules it applies are
docs/method.md, cited as “Method § n”; the file that declares a method is docs/method-file.md.
"""

from rankings.engine.absence import Absence
from rankings.engine.dataset import Dataset, DatasetError, Value
from rankings.engine.effects import Edition, Move, moves, moves_of_weights
from rankings.engine.exact import Rounding, decimal_text, exact_text, round_value
from rankings.engine.explaining import Contribution, Explanation, NextStep, explain, what_if
from rankings.engine.leaves import leaf_measure
from rankings.engine.method import Branch, Leaf, Method, Node, RoundingRules
from rankings.engine.parsing import parse_method
from rankings.engine.placing import Band, Levels, Placing, TieBreaker
from rankings.engine.problems import MethodError, MethodProblem
from rankings.engine.quotients import Measure, Quotient, measure
from rankings.engine.ranking import rank
from rankings.engine.ranks import competition_ranks
from rankings.engine.reasons import Unranked
from rankings.engine.result import Result
from rankings.engine.reweighting import reweighted
from rankings.engine.rows import Points, Row
from rankings.engine.scales import CutPoints
from rankings.engine.standings import GroupPlace, Standing

__all__ = [
    "Absence",
    "Band",
    "Branch",
    "Contribution",
    "CutPoints",
    "Dataset",
    "DatasetError",
    "Edition",
    "Explanation",
    "GroupPlace",
    "Leaf",
    "Levels",
    "Measure",
    "Method",
    "MethodError",
    "MethodProblem",
    "Move",
    "NextStep",
    "Node",
    "Placing",
    "Points",
    "Quotient",
    "Result",
    "Rounding",
    "RoundingRules",
    "Row",
    "Standing",
    "TieBreaker",
    "Unranked",
    "Value",
    "competition_ranks",
    "decimal_text",
    "exact_text",
    "explain",
    "leaf_measure",
    "measure",
    "moves",
    "moves_of_weights",
    "parse_method",
    "rank",
    "reweighted",
    "round_value",
    "what_if",
]
