"""Ranks from scores (Method § 8)."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

type Comparable = Decimal | Fraction | int | tuple[object, ...]


def competition_ranks[N: Comparable](scores: Mapping[str, N]) -> Mapping[str, tuple[int, bool]]:
    """The competition rank of each unit, highest score first, and whether others share it: 1-2-2-4 (Method § 8).

    Ranks: unit id → (rank, tied), every unit once, best first then by unit id. A rank is one plus the number of
    units strictly better; equal scores share it, however many decimals they are written with, and nothing breaks
    the tie but what follows the score in a tuple (§ 8.1). A score of zero is a score like another. No unit gives no
    rank.

    >>> competition_ranks({"a": Decimal("7"), "b": Decimal("9"), "c": Decimal("7.0"), "d": Decimal("0")})
    {'b': (1, False), 'a': (2, True), 'c': (2, True), 'd': (4, False)}
    """
    sharing = Counter(scores.values())
    rank_of: dict[N, int] = {}
    better = 0
    for score in sorted(sharing, reverse=True):
        rank_of[score] = better + 1
        better += sharing[score]
    order = sorted(scores, key=lambda unit: (rank_of[scores[unit]], unit))
    return {unit: (rank_of[scores[unit]], sharing[scores[unit]] > 1) for unit in order}
