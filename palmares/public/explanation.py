"""The methodology of one release, read from the very text that was applied and the cut points that came of it."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palmares.public import wording
from palmares.public.board import bonus_out_of, method_of
from palmares.public.composition import composition_words, root_words
from palmares.public.cut_points import Reading, Told
from palmares.public.method_words import (
    bonus_words,
    exceptions,
    quotient_words,
    rounding_words,
    rule_words,
)
from palmares.public.placing_words import placing_words
from palmares.public.preparation_words import prepared_words
from palmares.public.quotients import formula_words
from palmares.public.weights import Weight, title_of, weights_of
from rankings.engine import CutPoints, Leaf, Method, Rounding
from rankings.engine.exact import round_value, shown_decimal
from rankings.engine.transformed import declared
from rankings.models import Release, ReleaseIndicator, ReleaseNode, ReleaseSetAside, ReleaseUnit, ReleaseValue


@dataclass(frozen=True)
class SourceShare:
    """How many of the release's values one document gave. `percent`: of all values, to one decimal."""

    title: str
    publisher: str
    licence: str
    url: str
    sha256: str
    kept_back: str
    count: int
    percent: Decimal


@dataclass(frozen=True)
class Family:
    """A branch of the method, above the criteria it holds. `words`: what it makes of them."""

    title: str
    level: int
    words: str
    out_of: Decimal

    @property
    def heading(self) -> int:
        """The rank of its heading on the page."""
        return _heading(self.level)


@dataclass(frozen=True)
class Criterion:
    """How the values of one criterion become points.

    `formula`: what it divides by what, in words; empty when it does not. `quotient`: what is to be known of it then.
    `prepared`: what is done to its values before the scale, and what came of it.
    `told`: its cut points, in words. `hidden`: true when they would give away values that a licence keeps back.
    """

    node: ReleaseNode
    indicator: ReleaseIndicator | None
    formula: str
    quotient: tuple[str, ...]
    prepared: tuple[str, ...]
    better: str
    told: Told
    hidden: bool
    exceptions: tuple[tuple[str, str], ...]

    @property
    def heading(self) -> int:
        """The rank of its heading on the page."""
        return _heading(self.node.level)


@dataclass(frozen=True)
class Tie:
    """A real tie of the release: the schools that share a place, and the place that follows."""

    units: tuple[ReleaseUnit, ...]
    next_rank: int | None


@dataclass
class Explanation:
    """Everything the methodology page says of one release. Six queries, whatever the number of schools."""

    release: Release

    @property
    def method(self) -> Method:
        return method_of(self.release.method_text)

    @cached_property
    def nodes(self) -> Mapping[str, ReleaseNode]:
        return {node.key: node for node in self.release.nodes.order_by("position")}

    @cached_property
    def indicators(self) -> Mapping[str, ReleaseIndicator]:
        return {indicator.code: indicator for indicator in self.release.indicators.all()}

    @cached_property
    def unranked(self) -> list[ReleaseUnit]:
        return list(self.release.units.filter(rank=None).order_by("position"))

    @cached_property
    def sources(self) -> list[SourceShare]:
        """The documents the values come from, the one that gave most first."""
        return sources_of(self.release)

    @cached_property
    def kept_back(self) -> set[str]:
        """The indicators some value of which no licence lets out: their observed bounds would say them."""
        values = ReleaseValue.objects.filter(unit__release=self.release, withheld=True).order_by()
        return set(values.values_list("indicator__code", flat=True).distinct())

    @property
    def weights(self) -> list[Weight]:
        return weights_of(self.method)

    @property
    def out_of(self) -> Decimal:
        return shown_decimal(self.method.out_of)

    @property
    def made(self) -> str:
        """How the score is made, when it is no plain mean or sum; empty otherwise."""
        return root_words(self.method.root)

    @property
    def placing(self) -> list[str]:
        """What the method says of ranks beyond scores, a sentence each."""
        return list(placing_words(self.method, self.indicators))

    @property
    def bonus(self) -> str:
        """What bonuses add to that at most, in words; empty without any."""
        return bonus_words(bonus_out_of(self.release))

    @property
    def tree(self) -> Iterator[Family | Criterion]:
        """Every node, in the order of the method: a branch, then what it holds."""
        for node in self.method.root.walk():
            if isinstance(node, Leaf):
                yield self._criterion(node)
            else:
                out_of, level = shown_decimal(node.out_of), self.nodes[node.key].level
                yield Family(title_of(node), level, composition_words(node), out_of)

    def criterion(self, key: str) -> Criterion:
        """One criterion. Raises StopIteration for a key that is none's."""
        return self._criterion(next(leaf for leaf in self.method.leaves if leaf.key == key))

    def _criterion(self, leaf: Leaf) -> Criterion:
        node = self.nodes[leaf.key]
        written, hidden = json.loads(node.cut_points), bool(set(leaf.indicators) & self.kept_back)
        cuts = CutPoints.read(written)
        return Criterion(
            node=node,
            indicator=self.indicators.get(leaf.indicator),
            formula=formula_words(node, self.indicators),
            quotient=tuple(quotient_words(leaf.quotient)) if leaf.quotient else (),
            prepared=tuple(prepared_words(leaf, node, self.indicators, {} if hidden else written)),
            better=cuts.better,
            told=Reading(cuts, declared(leaf.scale), node, self.indicators).told,
            hidden=hidden,
            exceptions=() if leaf.bonus else exceptions(leaf.missing, self.method.missing),
        )

    @property
    def missing(self) -> list[tuple[str, str]]:
        """Each kind of absence, and what the method does of it unless a criterion says otherwise."""
        return [(wording.absence_words(kind), rule_words(rule)) for kind, rule in self.method.missing.items()]

    @property
    def roundings(self) -> list[tuple[str, str]]:
        """What is rounded, and how."""
        rules = self.method.rounding
        points = rounding_words(rules.points) if rules.points else _("pas arrondis avant d’entrer dans le total")
        return [
            *self._rounded_quotients(),
            (_("Les points d’un critère"), points),
            *self._rounded_nodes(),
            (_("Le score"), rounding_words(rules.score)),
            (_("Les chiffres affichés"), rounding_words(rules.shown)),
        ]

    def _rounded_nodes(self) -> Iterator[tuple[str, str]]:
        """The families, and the criteria that do not round as the others do."""
        for node in self.method.root.walk():
            if node.rounding is not None:
                said = _("Les points de « %(title)s », avant d’entrer dans le total")
                yield said % {"title": title_of(node)}, rounding_words(node.rounding)

    def _rounded_quotients(self) -> Iterator[tuple[str, str]]:
        by_digits: dict[int, list[str]] = defaultdict(list)
        for leaf in self.method.leaves:
            if leaf.quotient and leaf.quotient.digits is not None:
                by_digits[leaf.quotient.digits].append(self.nodes[leaf.key].title)
        for digits, titles in sorted(by_digits.items()):
            named = ngettext("Le quotient « %(titles)s »", "Les quotients « %(titles)s »", len(titles))
            yield named % {"titles": _(" », « ").join(titles)}, rounding_words(Rounding(digits, "half_up"))

    @cached_property
    def tie(self) -> Tie | None:
        """The first tie of the ranking; None when no place is shared."""
        ranked = self.release.units.filter(rank__isnull=False).order_by("position")
        first = ranked.filter(tied=True).first()
        if first is None:
            return None
        units = tuple(ranked.filter(rank=first.rank))
        after = (first.rank or 0) + len(units)
        return Tie(units, after if after <= self.release.ranked_count else None)

    @cached_property
    def set_aside(self) -> list[tuple[str, int]]:
        """Why values that nobody had verified were left out, each reason with how many, the commonest first."""
        items = ReleaseSetAside.objects.filter(unit__release=self.release)
        counted = Counter(item.reason for item in items)
        return sorted(counted.items(), key=lambda found: (-found[1], found[0]))

    @property
    def set_aside_count(self) -> int:
        """How many values are left out so."""
        return sum(count for _reason, count in self.set_aside)

    @property
    def carried(self) -> list[ReleaseIndicator]:
        """The indicators whose figure may be taken from an earlier year."""
        return [indicator for indicator in self.indicators.values() if indicator.carry_over_years]

    @property
    def minimum_coverage(self) -> Decimal:
        """The least share of the method's weight that must be known, in points of a hundred."""
        return shown_decimal(Fraction(self.method.root.minimum_coverage) * 100)


def _heading(level: int) -> int:
    """The rank of a node's heading, under one of the second rank; there are six in all."""
    return min(3 + level, 6)


def sources_of(release: Release, codes: Iterable[str] | None = None) -> list[SourceShare]:
    """The documents that the values of a release, or of some of its indicators, come from, most given first."""
    fields = ("source_title", "source_publisher", "source_licence", "source_url", "source_sha256", "source_leaves")
    values = ReleaseValue.objects.filter(unit__release=release).order_by()
    if codes is not None:
        values = values.filter(indicator__code__in=list(codes))
    rows = list(values.values_list(*fields).annotate(count=Count("pk")).order_by("-count", *fields))
    total = sum(row[-1] for row in rows)
    return [
        SourceShare(
            title, publisher, licence, url, sha256, wording.leaves_words(leaves), count,
            round_value(Fraction(100 * count, total), 1, "half_up"),
        )
        for title, publisher, licence, url, sha256, leaves, count in rows
    ]  # fmt: skip
