"""The problems of a method file in the reader's language: the engine says them in English, with stable codes."""

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rankings.engine import MethodProblem

SENTENCES: dict[str, str | Promise] = {
    "syntax": _("le texte n’est pas du TOML : {detail}"),
    "too-long": _("le texte a {read} signes, le maximum est de {expected}"),
    "too-deep": _("les nœuds s’emboîtent au-delà de {expected} niveaux"),
    "missing-key": _("la clé « {key} » manque ; attendu : {expected}"),
    "unknown-key": _("la clé « {key} » est inconnue ; attendu : {expected}"),
    "unknown-word": _("lu « {read} » ; attendu : {expected}"),
    "wrong-type": _("lu {read} ; attendu : {expected}"),
    "wrong-text": _("lu « {read} » ; attendu : {expected}"),
    "out-of-range": _("lu {read} ; attendu : {expected}"),
    "wrong-length": _("lu une liste de {read} ; attendu : {expected}"),
    "wrong-order": _("lu {read} après {previous} ; attendu : {expected}"),
    "duplicate-key": _("la clé « {read} » est déjà celle de {first} ; prenez-en une autre"),
    "two-natures": _("un nœud a des enfants (« node ») ou un indicateur (« indicator »), pas les deux"),
    "no-nature": _("il faut des enfants (« node ») ou un indicateur (« indicator »)"),
    "points-of-a-sum": _("un nœud qui additionne ses enfants n’a pas de « points » : son maximum en découle"),
    "misplaced-bonus": _("un bonus est un critère du premier niveau : il ne se met ni dans une famille ni sur elle"),
    "key-of-a-bonus": _("un bonus n’a pas de « {key} » : ses points s’ajoutent tels quels, une absence n’ajoute rien"),
    "idle-limits": _("« points » avec « clamp = false » : rien ne borne alors les points, dites l’un ou l’autre"),
    "fitted-bonus": _("le barème « {read} » dépend des données ; celui d’un bonus a des bornes déclarées"),
    "unclamped-bonus": _("« clamp = false » sur un bonus : un bonus n’ôte de points à personne"),
    "bonuses-alone": _("il n’y a que des bonus : il faut au moins un nœud qui n’en soit pas un"),
    "tie-breaker-of-what": _("une façon de départager a « node » ou « indicator », l’un des deux"),
    "common-carry-over": _("une règle commune ne reprend rien (« carry_over ») : dites-le de chaque critère"),
    "derived-later": _("« {read} » est dérivé plus bas : écrivez-le au-dessus"),
    "two-logarithms": _("une fonction (« transform ») ou des extrêmes dont le logarithme peut être pris, pas les deux"),
    "bounds-of-a-logarithm": _("le logarithme des extrêmes dépend des données : le barème ne déclare pas de borne"),
    "rounded-away": _("lu {read} décimales ; il en faut autant qu’en a son maximum de {points} points"),
}
# What the engine expects, in its words; the longest are tried first. Keys and figures need no translation.
PHRASES: dict[str, str | Promise] = {
    "a greater number: from the easiest bound to the hardest": _(
        "un nombre plus grand : de la borne la plus facile à la plus difficile"
    ),
    "a smaller number: from the easiest bound to the hardest": _(
        "un nombre plus petit : de la borne la plus facile à la plus difficile"
    ),
    "at least as many points: from the worst value to the best": _(
        "au moins autant de points : de la moins bonne valeur à la meilleure"
    ),
    "more points: the least, then the most": _("plus de points : les moindres, puis les plus hauts"),
    "the least points and the most": _("les moindres points et les plus hauts"),
    "one more than “from”": _("un de plus que « from »"),
    "as many as “values”": _("autant que « values »"),
    "as many as “points”": _("autant que « points »"),
    "a number above “low”": _("un nombre au-dessus de « low »"),
    "a number above 0 and below 1": _("un nombre entre 0 et 1, exclus"),
    "a rank, a whole number from": _("un rang, nombre entier à partir de"),
    "a greater rank": _("un rang plus grand"),
    "a smaller number: from the best level to the last": _("un nombre plus petit, du meilleur niveau au dernier"),
    "a greater number: from the best level to the last": _("un nombre plus grand, du meilleur niveau au dernier"),
    "the name of a level": _("le nom d’un niveau"),
    "the name of a grouping": _("le nom d’un groupement"),
    "the key of a node": _("la clé d’un nœud"),
    "a number above 0": _("un nombre au-dessus de 0"),
    "a number of points, 0 or more": _("un nombre de points, 0 ou plus"),
    "a number of points": _("un nombre de points"),
    "a whole number from": _("un nombre entier de"),
    "a number from": _("un nombre de"),
    "a list of numbers": _("une liste de nombres"),
    "a list of tables": _("une liste de tables"),
    "a key such as": _("une clé comme"),
    "small letters without accent, digits, - and _": _("des minuscules sans accent, des chiffres, - et _"),
    "a language code of two letters": _("un code de langue de deux lettres"),
    "a rule for this kind of absence": _("une règle pour cette absence"),
    "a declared bound, as for any bonus": _("une borne déclarée, comme pour tout bonus"),
    "a number of 0 or more": _("un nombre de 0 ou plus"),
    "a number above -1": _("un nombre au-dessus de −1"),
    ", for its “": _(", pour son « "),
    "rules in a row": _("règles à la suite"),
    "at most ": _("au plus "),
    "a rule for when this one finds nothing": _("une règle pour quand celle-ci ne trouve rien"),
    "the code of a new indicator": _("le code d’un nouvel indicateur"),
    "the code of an indicator": _("le code d’un indicateur"),
    "the function whose domain it is": _("la fonction dont c’est le domaine"),
    "a cap, “low” or “high”": _("un plafond « high » ou un plancher « low »"),
    " texts": _(" textes"),
    "true or false": _("true ou false"),
    "at least 2 nodes to choose from": _("au moins 2 nœuds entre lesquels choisir"),
    "a number": _("un nombre"),
    "a table": _("une table"),
    "a title": _("un titre"),
    "a list": _("une liste"),
    "one of:": _("l’un de :"),
    "at least 1": _("au moins 1"),
    " numbers": _(" nombres"),
    " to ": _(" à "),
}


def problem_words(problem: MethodProblem) -> str:
    """Where, what was read and what was expected, in the language of the page; the engine's sentence in English."""
    if get_language() == "en":
        return problem.message
    params = {name: _phrase(text) if name in {"expected", "read"} else text for name, text in problem.params.items()}
    place = f"{problem.where}\u00a0: " if problem.where else ""
    near = f" («\u00a0{problem.params['nearest']}\u00a0»\u202f?)" if "nearest" in problem.params else ""
    return place + str(SENTENCES[problem.code]).format_map(params) + near


def _phrase(text: str) -> str:
    for english in sorted(PHRASES, key=len, reverse=True):
        text = text.replace(english, str(PHRASES[english]))
    return text
