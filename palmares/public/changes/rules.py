"""The rules common to a whole method, beside those of the method before, in words."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palmares.public import wording
from palmares.public.changes.said import Change, points_words
from palmares.public.composition import best_words, mean_words, missing_words
from palmares.public.method_words import rounding_words, rule_words
from palmares.public.placing_words import placing_words
from palmares.public.weights import title_of
from rankings.engine import Branch, Method, Rounding
from rankings.engine.missing import Rule
from rankings.method_changes import Kept, MethodChanges
from schools.typography import percent


def score_changes(changes: MethodChanges) -> list[Change]:
    """The maximum, sums and means, what must be known, roundings."""
    before, after = changes.before, changes.after
    return [
        *_out_of(before, after),
        *_bonus(before, after),
        *_points_of_each(changes),
        *_aggregate(before, after),
        *counting_changes(before.root, after.root),
        *_coverage(before, after),
        *_roundings(before, after),
        *_ranks_on(before, after),
        *_placing(before, after),
    ]


def common_points(changes: MethodChanges) -> tuple[Fraction, Fraction] | None:
    """What every criterion was out of, and is, bonuses aside; None when they were not all alike, or did not change."""
    before = {leaf.out_of for leaf in changes.before.leaves if not leaf.bonus}
    after = {leaf.out_of for leaf in changes.after.leaves if not leaf.bonus}
    if len(before) != 1 or len(after) != 1 or before == after:
        return None
    return before.pop(), after.pop()


def missing_changes(changes: MethodChanges) -> list[Change]:
    """The rules for absences: those common to all, then those of one criterion."""
    common = [
        Change("missing", kind.value, capfirst(_rule(kind.value, before, after)), rule_words(before), rule_words(after))
        for kind, before, after in changes.missing
    ]
    return [*common, *(change for kept in changes.kept for change in _own_rules(changes, kept))]


def _own_rules(changes: MethodChanges, kept: Kept) -> Iterator[Change]:
    """A criterion's own rules, unless they only follow those of all."""
    if kept.leaves is None or kept.leaves[1].bonus:
        return
    old, new = kept.leaves
    followed = {(kind, before, after) for kind, before, after in changes.missing}
    for kind, rule in new.missing.items():
        before = old.missing.get(kind, rule)
        if rule != before and (kind, before, rule) not in followed:
            text = f"{_('« %(title)s »') % {'title': title_of(new)}}{_(', ')}{_rule(kind.value, before, rule)}"
            yield Change("missing_of", new.key, text, rule_words(before), rule_words(rule))


def _rule(kind: str, before: Rule, after: Rule) -> str:
    said = {"kind": wording.absence_words(kind), "before": rule_words(before), "after": rule_words(after)}
    return _("valeur %(kind)s : %(after)s ; auparavant, %(before)s.") % said


def _out_of(before: Method, after: Method) -> Iterator[Change]:
    if before.out_of != after.out_of:
        said = {"before": points_words(before.out_of), "after": points_words(after.out_of)}
        yield Change("out_of", "", _("Le score est sur %(after)s points ; il était sur %(before)s.") % said, **said)


def _bonus(before: Method, after: Method) -> Iterator[Change]:
    if before.bonus_out_of != after.bonus_out_of:
        said = {"before": points_words(before.bonus_out_of), "after": points_words(after.bonus_out_of)}
        text = _("Des bonus ajoutent %(after)s au plus au score ; auparavant, %(before)s.")
        if not before.bonus_out_of:
            text = _("Des bonus ajoutent désormais %(after)s au plus au score.")
        elif not after.bonus_out_of:
            text = _("Plus aucun bonus ne s’ajoute au score ; ils ajoutaient %(before)s au plus.")
        yield Change("bonus_out_of", "", text % said, **said)


def _points_of_each(changes: MethodChanges) -> Iterator[Change]:
    if found := common_points(changes):
        said = {"before": points_words(found[0]), "after": points_words(found[1])}
        text = _("Chaque critère est sur %(after)s points ; il était sur %(before)s.") % said
        yield Change("points_of_each", "", text, **said)


def _aggregate(before: Method, after: Method) -> Iterator[Change]:
    if before.root.aggregate == after.root.aggregate:
        return
    texts = {
        ("mean", "sum"): _("Les points s’additionnent ; auparavant, on en faisait la moyenne."),
        ("sum", "mean"): _("On fait la moyenne des points, selon les poids ; auparavant, ils s’additionnaient."),
    }
    said = {"before": mean_words(before.root), "after": mean_words(after.root)}
    other = _("Le score est une %(after)s ; auparavant, une %(before)s.") % said
    text = texts.get((before.root.aggregate, after.root.aggregate), other)
    yield Change("aggregate", "", text, before.root.aggregate, after.root.aggregate)


def counting_changes(before: Branch, after: Branch) -> Iterator[Change]:
    """Which children of a branch count, and what becomes of those left out, when it is no longer the same."""
    if before.counting == after.counting:
        return
    said = {"title": title_of(after), "before": _counting_words(before), "after": _counting_words(after)}
    text = _("Pour le score, %(after)s ; auparavant, %(before)s.")
    if after.key:
        text = _("Dans « %(title)s », %(after)s ; auparavant, %(before)s.")
    yield Change("counting_of" if after.key else "counting", after.key, text % said, said["before"], said["after"])


def _counting_words(branch: Branch) -> str:
    best = best_words(branch.counting) or _("tous les critères comptent")
    missing = missing_words(branch.counting) or _("le poids de ce qui manque va aux autres")
    return f"{best}{_(', ')}{missing}"


def _coverage(before: Method, after: Method) -> Iterator[Change]:
    old, new = before.root.minimum_coverage, after.root.minimum_coverage
    if old == new:
        return
    lang = get_language()
    said = {"before": percent(old * 100, 0, lang), "after": percent(new * 100, 0, lang)}
    text = _("Pour être classée, une école doit avoir %(after)s du poids de la méthode connu ; %(before)s auparavant.")
    yield Change("minimum_coverage", "", text % said, **said)


def _roundings(before: Method, after: Method) -> Iterator[Change]:
    named = {
        "points": _("Les points d’un critère"),
        "score": _("Le score"),
        "shown": _("Les chiffres affichés"),
    }
    for name, title in named.items():
        old, new = getattr(before.rounding, name), getattr(after.rounding, name)
        if old != new:
            said = {"before": rounding_or_none(old), "after": rounding_or_none(new)}
            text = _("%(what)s : arrondi %(after)s ; auparavant, %(before)s.") % {"what": title, **said}
            yield Change(f"rounding_{name}", "", text, **said)


def rounding_or_none(rounding: Rounding | None) -> str:
    """A declared rounding in words, or that there is none."""
    return rounding_words(rounding) if rounding else _("aucun arrondi")


def _ranks_on(before: Method, after: Method) -> Iterator[Change]:
    if before.ranks_on != after.ranks_on:
        texts = {
            "rounded": _("Les rangs se prennent sur le score arrondi, et non plus sur le score exact."),
            "unrounded": _("Les rangs se prennent sur le score exact, et non plus sur le score arrondi."),
        }
        yield Change("ranks_on", "", texts[after.ranks_on], before.ranks_on, after.ranks_on)


def _placing(before: Method, after: Method) -> Iterator[Change]:
    """What is said of ranks beyond scores: one sentence, then what was said and what is."""
    old, new = (replace(method.placing, information=()) for method in (before, after))
    if old != new:
        texts = [
            " ".join(placing_words(replace(method, placing=one), {})) for method, one in ((before, old), (after, new))
        ]
        text = _("Au-delà des scores, les rangs ne se disent plus de la même façon.")
        if not texts[1]:
            text = _("Les rangs se lisent seuls : ni départage, ni tranche, ni niveau, ni groupe.")
        yield Change("placing", "", text, *(text or _("Des rangs, et rien de plus.") for text in texts))
