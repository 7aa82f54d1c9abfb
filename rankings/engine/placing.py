"""What a method says of ranks beyond scores: of equals, bands, levels, groups (Method § 8.1 to § 8.5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Self

from rankings.engine.canonical import Toml
from rankings.engine.tables import ANY_NUMBER, Range, Table, nearest

# The keys of the tables `ranks`, `ranks.levels` and `tie_breaker`.
KEYS: Mapping[str, tuple[str, ...]] = {
    "ranks": ("bands", "levels", "groups", "information"),
    "levels": ("by", "labels", "bounds"),
    "tie_breaker": ("node", "indicator", "better"),
}
BETTER = ("higher", "lower")
LEVELS_BY = ("score", "rank")
_RANK = Range("a rank, a whole number from 1", low=Decimal(1), whole=True)
_PART = Range("a number above 0 and below 1", low=Decimal(0), low_included=False, high=Decimal("0.999999999999999"))


@dataclass(frozen=True)
class TieBreaker:
    """What is compared of units with equal scores: the points of a node, or an indicator; the other is empty."""

    node: str
    indicator: str
    better: str

    @classmethod
    def read(cls, table: Table, nodes: Sequence[str]) -> Self:
        """One of the file, of a method with these nodes; problems go to the table."""
        table.close(KEYS["tie_breaker"])
        if ("node" in table.raw) == ("indicator" in table.raw):
            table.note(table.where, "tie-breaker-of-what")
            return cls("", "", BETTER[0])
        if "indicator" in table.raw:
            return cls("", table.text("indicator", "the code of an indicator"), table.word("better", BETTER))
        node = table.text("node", "the key of a node")
        if node and node not in nodes:
            known = tuple(nodes)
            table.note(
                table.place("node"), "unknown-word", read=node, expected=", ".join(known), **nearest(node, known)
            )
        return cls(node, "", table.word("better", BETTER) if "better" in table.raw else BETTER[0])

    def written(self) -> Mapping[str, Toml]:
        """As it is in the canonical text: more points are better, which goes without saying."""
        if self.indicator:
            return {"indicator": self.indicator, "better": self.better}
        return {"node": self.node} | ({} if self.better == BETTER[0] else {"better": self.better})


@dataclass(frozen=True)
class Band:
    """Ranks that are told as one: from `first` to `last`, both included; the last band has no end.

    >>> str(Band(101, 150)), str(Band(151, None))
    ('101-150', '151+')
    """

    first: int
    last: int | None

    def __str__(self) -> str:
        return f"{self.first}+" if self.last is None else f"{self.first}-{self.last}"


@dataclass(frozen=True)
class Levels:
    """Levels, best first: one more than `bounds`. `by`: `score`, as it is printed, or `rank`, as a part of the ranked.

    >>> levels = Levels("score", ("A+", "A", "B"), (Decimal(90), Decimal(75)))
    >>> [levels.label(Decimal(score), 1, 1) for score in ("90.0", "89.9", "74")]
    ['A+', 'A', 'B']
    >>> Levels("rank", ("A", "B"), (Decimal("0.1"),)).label(Decimal(0), 17, 169)
    'B'
    """

    by: str
    labels: tuple[str, ...]
    bounds: tuple[Decimal, ...]

    @classmethod
    def read(cls, table: Table) -> Self:
        """Those of the file; problems go to the table."""
        table.close(KEYS["levels"])
        by = table.word("by", LEVELS_BY)
        labels = table.texts("labels", "the name of a level")
        bounds = table.numbers("bounds", _PART if by == "rank" else ANY_NUMBER)
        if bounds and len(labels) != len(bounds) + 1:
            expected = f"{len(bounds) + 1}: one more than “bounds”"
            table.note(table.place("labels"), "wrong-length", read=f"{len(labels)} texts", expected=expected)
        sign, words = (1, "a greater number") if by == "rank" else (-1, "a smaller number")
        _check_order(table, "bounds", bounds, sign, f"{words}: from the best level to the last")
        return cls(by, labels, bounds)

    def written(self) -> Mapping[str, Toml]:
        """As it is in the canonical text."""
        return {"by": self.by, "labels": self.labels, "bounds": self.bounds}

    def label(self, score: Decimal, rank: int, ranked: int) -> str:
        """The level of a unit, of so many that are ranked: the first whose bound it reaches, exactly."""
        if self.by == "score":
            below = sum(score < bound for bound in self.bounds)
        else:
            below = sum(Fraction(rank, ranked) > bound for bound in map(Fraction, self.bounds))
        return self.labels[below]


@dataclass(frozen=True)
class Placing:
    """All that a method says of ranks; nothing by default.

    `bands`: the ranks from which those that follow are told as one. `groups`: the groupings of the data within which
    ranks are taken too. `information`: the indicators that are carried along and weigh nothing.
    """

    tie_breakers: tuple[TieBreaker, ...] = ()
    bands: tuple[int, ...] = ()
    levels: Levels | None = None
    groups: tuple[str, ...] = ()
    information: tuple[str, ...] = ()

    @classmethod
    def read(cls, top: Table, nodes: Sequence[str]) -> Self:
        """What a method file with these nodes says; problems go to the table."""
        listed = top.tables("tie_breaker") if "tie_breaker" in top.raw else []
        tie_breakers = tuple(TieBreaker.read(table, nodes) for table in listed)
        ranks = top.table("ranks") if "ranks" in top.raw else None
        if ranks is None:
            return cls(tie_breakers)
        ranks.close(KEYS["ranks"])
        bands = ranks.numbers("bands", _RANK) if "bands" in ranks.raw else ()
        _check_order(ranks, "bands", bands, 1, "a greater rank")
        levels = ranks.table("levels") if "levels" in ranks.raw else None
        groups = ranks.texts("groups", "the name of a grouping") if "groups" in ranks.raw else ()
        information = ranks.texts("information", "the code of an indicator") if "information" in ranks.raw else ()
        read = Levels.read(levels) if levels else None
        return cls(tie_breakers, tuple(map(int, bands)), read, groups, information)

    def written(self) -> Mapping[str, Toml]:
        """What the canonical text has of it: nothing where nothing is said."""
        said: dict[str, Toml] = {
            "bands": tuple(map(Decimal, self.bands)),
            "levels": self.levels.written() if self.levels else {},
            "groups": self.groups,
            "information": self.information,
        }
        said = {key: value for key, value in said.items() if value}
        written: dict[str, Toml] = {"ranks": said} if said else {}
        return written | ({"tie_breaker": [one.written() for one in self.tie_breakers]} if self.tie_breakers else {})

    @property
    def deciding(self) -> tuple[str, ...]:
        """The indicators that break ties."""
        return tuple(one.indicator for one in self.tie_breakers if one.indicator)

    def band(self, rank: int) -> Band | None:
        """The band of a rank; None when it is told alone.

        >>> placing = Placing(bands=(101, 151))
        >>> placing.band(100), placing.band(101), placing.band(900)
        (None, Band(first=101, last=150), Band(first=151, last=None))
        """
        reached = sum(rank >= first for first in self.bands)
        if not reached:
            return None
        after = self.bands[reached] - 1 if reached < len(self.bands) else None
        return Band(self.bands[reached - 1], after)


PLAIN = Placing()


def _check_order(table: Table, key: str, numbers: tuple[Decimal, ...], sign: int, expected: str) -> None:
    for position, (previous, number) in enumerate(pairwise(numbers), start=2):
        if sign * number <= sign * previous:
            place = f"{table.place(key)}[{position}]"
            table.note(place, "wrong-order", read=f"{number:f}", previous=f"{previous:f}", expected=expected)
