"""What a branch of the method makes of the nodes below it, in the reader's words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palmares.public.method_words import rounding_words
from rankings.engine import Branch, Leaf
from rankings.engine.counting import Counting


def composition_words(branch: Branch) -> str:
    """What a branch makes of its children: « moyenne de 4 indicateurs, arrondie à l’unité, le demi… »."""
    children = [child for child, _share in branch.shares]
    leaves = all(isinstance(child, Leaf) for child in children)
    what = ngettext("%(n)s critère", "%(n)s critères", len(children))
    if leaves:
        what = ngettext("%(n)s indicateur", "%(n)s indicateurs", len(children))
    told = _of(branch, what % {"n": len(children)})
    if branch.rounding is not None:
        told = _("%(made)s, arrondie %(how)s") % {"made": told, "how": rounding_words(branch.rounding)}
    missing = missing_words(branch.counting)
    return f"{told}{_(' ; ')}{missing}" if missing else told


def mean_words(branch: Branch) -> str:
    """How a branch is made, in a word or three: « somme », « moyenne géométrique pondérée »."""
    if branch.aggregate == "sum":
        return _("somme")
    same = same_weights(branch)
    if branch.aggregate == "geometric":
        return _("moyenne géométrique") if same else _("moyenne géométrique pondérée")
    if branch.aggregate == "harmonic":
        return _("moyenne harmonique") if same else _("moyenne harmonique pondérée")
    return _("moyenne") if same else _("moyenne pondérée")


def best_words(counting: Counting) -> str:
    """How many children count, when not all do: « seuls les 3 meilleurs comptent »; empty otherwise."""
    if counting.best is None:
        return ""
    said = ngettext("seul le meilleur compte", "seuls les %(n)s meilleurs comptent", counting.best)
    return said % {"n": counting.best}


def missing_words(counting: Counting) -> str:
    """What becomes of a child left out, unless its weight goes to the others; empty then."""
    if counting.missing == "zero":
        return _("ce qui manque compte pour zéro")
    if counting.missing == "unranked":
        if counting.best is None:
            return _("une école à qui il en manque un n’est pas classée")
        return _("une école qui en a moins n’est pas classée")
    return ""


def root_words(branch: Branch) -> str:
    """How the score is made, where it is no plain mean or sum, as a sentence without its period; empty otherwise."""
    if branch.aggregate in {"mean", "sum"} and not branch.counting.written():
        return ""
    made = _("le score est la %(mean)s de ce que chacun obtient") % {"mean": mean_words(branch)}
    return _(" ; ").join(part for part in (made, best_words(branch.counting), missing_words(branch.counting)) if part)


def same_weights(branch: Branch) -> bool:
    """Whether all the children of a branch count as much as each other."""
    return len({share for _child, share in branch.shares}) <= 1


def _of(branch: Branch, what: str) -> str:
    made = {"mean": mean_words(branch), "what": what, "best": branch.counting.best}
    if branch.counting.best is None:
        return _("%(mean)s de %(what)s") % made
    said = ngettext(
        "%(mean)s du meilleur de %(what)s", "%(mean)s des %(best)s meilleurs de %(what)s", branch.counting.best
    )
    return said % made
