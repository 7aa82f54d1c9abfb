"""The methodology of one release, read from the very text that was applied and the cut points that came of it."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from palmares.public import wording
from palmares.public.board import method_of
from palmares.public.quotients import bound_words, formula_words
from rankings.engine import Absence, Method, Quotient, Rounding
from rankings.engine.exact import round_value, shown_decimal
from rankings.engine.method import Branch, Node
from rankings.engine.missing import Rule
from rankings.models import Release, ReleaseIndicator, ReleaseNode, ReleaseSetAside, ReleaseUnit, ReleaseValue
from schools.typography import number


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
class Weight:
    """A node in the table of weights. `percent`: what it counts for in the score when every value is known."""

    title: str
    level: int
    out_of: Decimal
    percent: Decimal


@dataclass(frozen=True)
class Step:
    """A step of a scale: from this bound on (or below all of them), these points."""

    bound: str
    points: Decimal


@dataclass(frozen=True)
class Criterion:
    """How the values of one criterion become points.

    `formula`: what it divides by what, in words; empty when it does not. `quotient`: what is to be known of it then.
    `bounds`: those the scale was applied with, in words; empty when none was known. `hidden`: true when they would
    give away values that a licence keeps back.
    """

    node: ReleaseNode
    indicator: ReleaseIndicator | None
    formula: str
    quotient: tuple[str, ...]
    kind: str
    better: str
    bounds: tuple[str, ...]
    steps: tuple[Step, ...]
    hidden: bool
    exceptions: tuple[tuple[str, str], ...]


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
        fields = ("source_title", "source_publisher", "source_licence", "source_url", "source_sha256", "source_leaves")
        values = ReleaseValue.objects.filter(unit__release=self.release).order_by()
        rows = list(values.values_list(*fields).annotate(count=Count("pk")).order_by("-count", *fields))
        total = sum(row[-1] for row in rows)
        return [
            SourceShare(
                title, publisher, licence, url, sha256, wording.leaves_words(leaves), count,
                round_value(Fraction(100 * count, total), 1, "half_up"),
            )
            for title, publisher, licence, url, sha256, leaves, count in rows
        ]  # fmt: skip

    @cached_property
    def kept_back(self) -> set[str]:
        """The indicators some value of which no licence lets out: their observed bounds would say them."""
        values = ReleaseValue.objects.filter(unit__release=self.release, withheld=True).order_by()
        return set(values.values_list("indicator__code", flat=True).distinct())

    @property
    def weights(self) -> list[Weight]:
        return list(_weights(self.method.root, Fraction(1), 0))

    @property
    def out_of(self) -> Decimal:
        return shown_decimal(self.method.out_of)

    @property
    def criteria(self) -> Iterator[Criterion]:
        """Every criterion, in the order of the method."""
        for leaf in self.method.leaves:
            node = self.nodes[leaf.key]
            cuts = _cuts(node)
            yield Criterion(
                node=node,
                indicator=self.indicators.get(leaf.indicator),
                formula=formula_words(node, self.indicators),
                quotient=tuple(_quotient_words(leaf.quotient)) if leaf.quotient else (),
                kind=cuts["kind"],
                better=cuts["better"],
                bounds=self._bounds(node, cuts["bounds"]),
                steps=self._steps(node, cuts),
                hidden=bool(set(leaf.indicators) & self.kept_back),
                exceptions=_exceptions(leaf.missing, self.method.missing),
            )

    def _bounds(self, node: ReleaseNode, bounds: Iterable[str]) -> tuple[str, ...]:
        return tuple(bound_words(node, self.indicators, shown_decimal(Fraction(bound))) for bound in bounds)

    def _steps(self, node: ReleaseNode, cuts: Mapping[str, Any]) -> tuple[Step, ...]:
        if cuts["kind"] != "thresholds":
            return ()
        bounds, points = ["", *self._bounds(node, cuts["bounds"])], cuts["points"]
        return tuple(Step(bound, shown_decimal(Fraction(given))) for bound, given in zip(bounds, points, strict=True))

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
            (_("Le score"), rounding_words(rules.score)),
            (_("Les chiffres affichés"), rounding_words(rules.shown)),
        ]

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


def _cuts(node: ReleaseNode) -> Mapping[str, Any]:
    """The cut points as the engine wrote them; those of no scale when there are none."""
    cuts: Mapping[str, Any] = json.loads(node.cut_points) if node.cut_points else {}
    return cuts or {"kind": "", "better": "", "bounds": []}


def rule_words(rule: Rule) -> str:
    """What a rule for absences does, in words."""
    if rule == "leave_out":
        return _("le critère est retiré, son poids va aux autres")
    if rule == "unranked":
        return _("l’école n’est pas classée")
    points = Decimal(0) if rule == "zero" else Decimal(rule)
    return _("%(points)s point, par une règle écrite de la méthode") % {"points": number(points, None, get_language())}


def _quotient_words(quotient: Quotient) -> Iterator[str]:
    """What is to be known of a quotient beside its formula: how it is rounded, and a divisor of zero."""
    if quotient.digits is None:
        yield _("Le quotient exact va au barème.")
    else:
        rounded = rounding_words(Rounding(quotient.digits, "half_up"))
        yield _("Le quotient, arrondi %(how)s, va au barème.") % {"how": rounded}
    yield _("Diviseur égal à zéro : %(kind)s.") % {"kind": wording.absence_words(quotient.zero)}


def rounding_words(rounding: Rounding) -> str:
    """A declared rounding in words: « à 1 décimale, le demi vers le haut »."""
    modes = {
        "half_up": _("le demi s’éloigne de zéro"),
        "half_even": _("le demi va au chiffre pair"),
        "down": _("vers zéro"),
    }
    digits = _("à l’unité")
    if rounding.digits:
        digits = ngettext("à %(digits)s décimale", "à %(digits)s décimales", rounding.digits)
        digits %= {"digits": rounding.digits}
    return f"{digits}, {modes[rounding.mode]}"


def _weights(parent: Branch, whole: Fraction, level: int) -> Iterator[Weight]:
    total = sum((share for _child, share in parent.shares), Fraction(0))
    for child, share in parent.shares:
        part = whole * share / total
        percent = round_value(part * 100, 1, "half_up")
        yield Weight(_title(child), level, shown_decimal(child.out_of), percent)
        if isinstance(child, Branch):
            yield from _weights(child, part, level + 1)


def _title(node: Node) -> str:
    return node.title.get(get_language() or "fr", node.title["fr"])


def _exceptions(own: Mapping[Absence, Rule], common: Mapping[Absence, Rule]) -> tuple[tuple[str, str], ...]:
    return tuple((wording.absence_words(kind), rule_words(rule)) for kind, rule in own.items() if rule != common[kind])
