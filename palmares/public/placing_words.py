"""What a method says of ranks beyond scores, in the reader's words: ties, bands, levels, groups, information."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palmares.public import wording
from palmares.public.weights import title_of
from rankings.engine import Band, Levels, Method, TieBreaker
from rankings.engine.exact import shown_decimal
from rankings.models import ReleaseIndicator
from schools.typography import number, ordinal, percent


def placing_words(method: Method, indicators: Mapping[str, ReleaseIndicator]) -> Iterator[str]:
    """All that it says, a sentence each; nothing when ranks are plain ranks."""
    placing = method.placing
    if placing.tie_breakers:
        listed = _(" ; ").join(tie_breaker_words(one, method, indicators) for one in placing.tie_breakers)
        yield _("Des écoles de même score sont départagées, dans cet ordre, par : %(listed)s.") % {"listed": listed}
        yield _("Une école dont ce chiffre n’est pas connu vient après ; celles que rien ne distingue sont ex aequo.")
    if placing.bands:
        first = {"first": ordinal(placing.bands[0], get_language())}
        listed = _(", ").join(band_words(band) for first_of in placing.bands if (band := placing.band(first_of)))
        yield _("À partir de la %(first)s place, les rangs se lisent par tranches : %(listed)s.") % {
            **first,
            "listed": listed,
        }
    if placing.levels:
        yield _("Chaque école classée a un niveau : %(levels)s.") % {"levels": levels_words(placing.levels)}
    if placing.groups:
        listed = _(", ").join(grouping_words(name) for name in placing.groups)
        yield _("Chaque école a aussi un rang parmi les écoles classées de même groupe (%(listed)s).") % {
            "listed": listed
        }
    if placing.information:
        listed = _(" », « ").join(_label(code, indicators) for code in placing.information)
        yield _("Donné pour information, sans compter dans le score : « %(listed)s ».") % {"listed": listed}


def tie_breaker_words(one: TieBreaker, method: Method, indicators: Mapping[str, ReleaseIndicator]) -> str:
    """What a tie-breaker compares, and what comes first of it."""
    if one.indicator:
        said = {"title": _label(one.indicator, indicators)}
        higher, lower = _("« %(title)s », le plus haut d’abord"), _("« %(title)s », le plus bas d’abord")
    else:
        said = {"title": next((title_of(node) for node in method.root.walk() if node.key == one.node), one.node)}
        higher = _("les points de « %(title)s », le plus haut d’abord")
        lower = _("les points de « %(title)s », le plus bas d’abord")
    return (higher if one.better == "higher" else lower) % said


def band_words(band: Band) -> str:
    """A band of ranks: « de 101 à 150 », « 151 et au-delà »."""
    if band.last is None:
        return _("%(first)s et au-delà") % {"first": band.first}
    return _("de %(first)s à %(last)s") % {"first": band.first, "last": band.last}


def levels_words(levels: Levels) -> str:
    """Every level with what it takes: « A+ à partir de 90 points, A au-dessous »."""
    said = []
    for label, bound in zip(levels.labels, levels.bounds, strict=False):
        if levels.by == "score":
            points = number(bound, None, get_language())
            said.append(_("%(label)s à partir de %(points)s points") % {"label": label, "points": points})
        else:
            share = percent(shown_decimal(Fraction(bound) * 100), None, get_language())
            said.append(_("%(label)s dans les %(share)s les mieux classées") % {"label": label, "share": share})
    last = _("%(label)s au-dessous") if levels.by == "score" else _("%(label)s ensuite")
    return _(", ").join([*said, last % {"label": levels.labels[-1]}])


def grouping_words(name: str) -> str:
    """What the schools of a group share; the name that the method gives when the site has none."""
    named = {
        "region": _("région"),
        "academie": _("académie"),
        "city": _("ville"),
        "sector": _("statut"),
        "entry": _("niveau d’entrée"),
        "duration_years": _("durée des études"),
    }
    return named.get(name, name)


def group_words(name: str, group: str) -> str:
    """A group, as it is called on the site: « Bretagne », « publique », « en 5 ans »."""
    if name == "sector":
        return wording.sector_words(group)
    if name == "entry":
        return wording.entry_words(group)
    return wording.duration_words(int(group)) if name == "duration_years" else group


def _label(code: str, indicators: Mapping[str, ReleaseIndicator]) -> str:
    return indicators[code].label if code in indicators else code
