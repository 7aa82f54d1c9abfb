"""The families and criteria of two methods beside each other, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palmares.public.changes.rules import counting_changes, rounding_or_none
from palmares.public.changes.said import Change, WeightRow, percent_of, points_words
from palmares.public.changes.scales import scale_words
from palmares.public.composition import mean_words
from palmares.public.method_words import rounding_words
from palmares.public.preparation_words import preparation_words
from palmares.public.quotients import Indicators, formula_words
from palmares.public.weights import title_of
from rankings.engine import Leaf, Node, Rounding
from rankings.engine.exact import shown_decimal
from rankings.engine.method import is_bonus
from rankings.method_changes import Kept, MethodChanges, Place
from rankings.models import ReleaseIndicator, ReleaseNode
from schools.typography import percent


@dataclass(frozen=True)
class Rows:
    """The nodes, by key, and the indicators, by code, of one release: what its method's codes are called."""

    nodes: Mapping[str, ReleaseNode]
    indicators: Mapping[str, ReleaseIndicator]


@dataclass(frozen=True)
class NodeWords:
    """The changes of the nodes, in the words of the releases that applied the two methods."""

    changes: MethodChanges
    before: Rows
    after: Rows

    @property
    def said(self) -> list[Change]:
        """Families and criteria that came, left, moved, changed their name or what they measure."""
        return [
            *(_added(place) for place in self.changes.added),
            *(_removed(place) for place in self.changes.removed),
            *(change for kept in self.changes.kept for change in self._kept(kept)),
        ]

    def _kept(self, kept: Kept) -> Iterator[Change]:
        before, after = title_of(kept.before.node), title_of(kept.after.node)
        if before != after:
            text = _("« %(before)s » s’appelle désormais « %(after)s ».") % {"before": before, "after": after}
            yield Change("renamed", kept.after.node.key, text, before, after)
        if kept.moved:
            yield _moved(kept)
        if kept.bonus_changed:
            text = _("« %(title)s » devient un bonus : ses points s’ajoutent au score.")
            if is_bonus(kept.before.node):
                text = _("« %(title)s » n’est plus un bonus : il compte comme les autres critères.")
            yield Change("bonus", kept.after.node.key, text % {"title": after})
        yield from _branch(kept)
        yield from _rounded(kept)
        if kept.measure_changed:
            text = _("« %(title)s » n’est plus calculé de la même façon.") % {"title": after}
            old, new = _measured(self.before, kept.before.node), _measured(self.after, kept.after.node)
            yield Change("measure", kept.after.node.key, text, old, new)

    @property
    def scales(self) -> list[Change]:
        """The criteria whose values become points in another way, with both scales."""
        found = []
        for kept in self.changes.kept:
            if kept.leaves is None or not kept.scale_changed:
                continue
            old, new = kept.leaves
            before = scale_words(old, self.before.nodes[old.key], self.before.indicators)
            after = scale_words(new, self.after.nodes[new.key], self.after.indicators)
            found.append(Change("scale", new.key, title_of(new), before, after))
        return found

    @property
    def weights(self) -> list[WeightRow]:
        """Every node with what it was and is out of, in the order of the later method; those that left come last."""
        old = {kept.after.node.key: kept.before for kept in self.changes.kept}
        places = [*self.changes.added, *(kept.after for kept in self.changes.kept)]
        order = {key: position for position, key in enumerate(self.after.nodes)}
        places.sort(key=lambda place: order[place.node.key])
        return [
            *(_weight(place, old.get(place.node.key), place) for place in places),
            *(_weight(place, place, None) for place in self.changes.removed),
        ]


def _branch(kept: Kept) -> Iterator[Change]:
    """What changed in how a family makes its points from those below."""
    if kept.families is None:
        return
    before, after = kept.families
    said = {"title": title_of(after)}
    if before.aggregate != after.aggregate:
        texts = {
            ("sum", "mean"): _(
                "« %(title)s » fait désormais la moyenne de ses critères ; auparavant, leurs points s’additionnaient."
            ),
            ("mean", "sum"): _(
                "« %(title)s » additionne désormais les points de ses critères, au lieu d’en faire la moyenne."
            ),
        }
        means = {"before": mean_words(before), "after": mean_words(after)}
        other = _("« %(title)s » est désormais une %(after)s ; auparavant, une %(before)s.")
        text = texts.get((before.aggregate, after.aggregate), other)
        yield Change("aggregate_of", after.key, text % (said | means), before.aggregate, after.aggregate)
    yield from counting_changes(before, after)
    if before.minimum_coverage != after.minimum_coverage:
        shares = [percent(family.minimum_coverage * 100, 0, get_language()) for family in (before, after)]
        text = _("« %(title)s » : une école doit y avoir %(after)s du poids connu ; auparavant, %(before)s.")
        yield Change(
            "minimum_coverage_of", after.key, text % {**said, "before": shares[0], "after": shares[1]}, *shares
        )


def _rounded(kept: Kept) -> Iterator[Change]:
    """What its points become before they count above, for a family or a criterion that says it."""
    before, after = kept.before.node, kept.after.node
    if before.rounding == after.rounding:
        return
    none = _("comme ceux des autres critères") if isinstance(after, Leaf) else rounding_or_none(None)
    rounded = [rounding_words(node.rounding) if node.rounding else none for node in (before, after)]
    text = _("« %(title)s » : points arrondis %(after)s ; auparavant, %(before)s.")
    said = {"title": title_of(after), "before": rounded[0], "after": rounded[1]}
    yield Change("rounding_of", after.key, text % said, *rounded)


def _measured(rows: Rows, measured: Node) -> str:
    node, indicators = rows.nodes[measured.key], rows.indicators
    words = formula_words(node, indicators) or _label(indicators, node.indicator)
    if node.ratio_digits is not None:
        words = f"{words}{_(', ')}{_('arrondi %s') % rounding_words(Rounding(node.ratio_digits, 'half_up'))}"
    if not isinstance(measured, Leaf):
        return words
    return " ".join([words, *preparation_words(measured, node, indicators)])


def _label(indicators: Indicators, code: str) -> str:
    return indicators[code].label if code in indicators else code


def _added(place: Place) -> Change:
    said = {
        "title": title_of(place.node),
        "parent": title_of(place.parent),
        "points": points_words(place.node.out_of),
        "share": _share(place),
    }
    if is_bonus(place.node):
        kind, text = "bonus_added", _("« %(title)s » : nouveau bonus, qui ajoute %(points)s au plus au score.")
    elif not isinstance(place.node, Leaf):
        kind, text = "family_added", _("« %(title)s » : nouvelle famille, %(share)s du score.")
    elif place.parent.key:
        kind = "criterion_added"
        text = _("« %(title)s » : nouveau critère de « %(parent)s », sur %(points)s points, %(share)s du score.")
    else:
        kind, text = "criterion_added", _("« %(title)s » : nouveau critère, sur %(points)s points, %(share)s du score.")
    return Change(kind, place.node.key, text % said)


def _removed(place: Place) -> Change:
    kind, text = "family_removed", _("« %(title)s » n’est plus une famille ; elle faisait %(share)s du score.")
    if isinstance(place.node, Leaf):
        kind, text = "criterion_removed", _("« %(title)s » ne compte plus ; ce critère faisait %(share)s du score.")
    if is_bonus(place.node):
        kind, text = "bonus_removed", _("« %(title)s » n’est plus un bonus : il ne compte plus.")
    return Change(kind, place.node.key, text % {"title": title_of(place.node), "share": _share(place)})


def _moved(kept: Kept) -> Change:
    # The root has no name to be called by.
    before = title_of(kept.before.parent) if kept.before.parent.key else ""
    after = title_of(kept.after.parent) if kept.after.parent.key else ""
    text = _("« %(title)s » passe de « %(before)s » à « %(after)s ».")
    if not before:
        text = _("« %(title)s » entre dans « %(after)s ».")
    elif not after:
        text = _("« %(title)s » sort de « %(before)s » et compte à part.")
    said = {"title": title_of(kept.after.node), "before": before, "after": after}
    return Change("moved", kept.after.node.key, text % said, before, after)


def _weight(place: Place, before: Place | None, after: Place | None) -> WeightRow:
    return WeightRow(
        place.node.key,
        title_of(place.node),
        place.level,
        shown_decimal(before.node.out_of) if before else None,
        _percent(before),
        shown_decimal(after.node.out_of) if after else None,
        _percent(after),
    )


def _percent(place: Place | None) -> Decimal | None:
    return percent_of(place.share) if place and not is_bonus(place.node) else None


def _share(place: Place) -> str:
    return percent(percent_of(place.share), None, get_language())
