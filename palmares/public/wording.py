"""What codes of a release are called, in the reader's language."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from rankings.models import ReleaseValue
from schools.models import WITH_VALUE, Entry, Kind, Sector, VerifiedMeaning

_KINDS: Mapping[str, str] = {
    "missing": gettext_noop("manquante"),
    "not_communicated": gettext_noop("non communiquée"),
    "not_applicable": gettext_noop("sans objet"),
    "secret": gettext_noop("secret statistique"),
    "carried_over": gettext_noop("reprise d’une année antérieure"),
    "estimated": gettext_noop("estimée"),
}
_MEANINGS: Mapping[str, str] = {
    VerifiedMeaning.TRUE_TO_SOURCE: gettext_noop(
        "Conforme à la source : une personne qui n’a pas saisi la valeur l’a comparée à la cellule du document."
    ),
    VerifiedMeaning.PLAUSIBLE: gettext_noop(
        "Plausible : une personne qui n’a pas saisi la valeur l’a jugée vraisemblable, sans rouvrir le document."
    ),
    VerifiedMeaning.CONFIRMED: gettext_noop(
        "Confirmée : l’école a confirmé la valeur à une personne qui ne l’avait pas saisie."
    ),
}
_LEAVES: Mapping[str, str] = {
    "display": gettext_noop("La licence de la source la laisse voir ici, et ne la laisse pas sortir en fichier."),
    "points": gettext_noop("La licence de la source ne laisse sortir que les points : la valeur n’est pas publiée."),
}

# The value itself needs no word.
_ROLES: Mapping[str, str] = {
    "weight": gettext_noop("pondération"),
    "factor": gettext_noop("facteur"),
    "condition": gettext_noop("condition"),
}


def kind_words(kind: str) -> str:
    """What is to be said of a value that is not plainly known: « secret statistique »; empty when it is."""
    return _(_KINDS[kind]) if kind in _KINDS else ""


def used_words(value: ReleaseValue) -> str:
    """What is to be said of a value beside it: « reprise de 2019 », « estimée »; empty when it is plainly known."""
    if not value.carried_over or not has_figure(value.kind):
        return kind_words(value.kind)
    return carried_words([value.year], estimated=value.kind == "estimated")


def carried_words(years: Iterable[int], *, estimated: bool) -> str:
    """What is said of a figure, or of a quotient, that is of these earlier years."""
    listed = ", ".join(str(year) for year in sorted(set(years)))
    said = _("estimée, reprise de %(years)s") if estimated else _("reprise de %(years)s")
    return said % {"years": listed}


def waiting_words() -> str:
    """What is said in place of a figure that nobody has verified yet."""
    return _("en attente de vérification")


def unverified_words() -> str:
    """What is said of a year for which the release holds nothing: its source is silent, or what it says waits."""
    return _("sans valeur vérifiée")


def withheld_words() -> str:
    """What is said in place of a figure that its licence keeps back."""
    return _("non publiable")


def has_figure(kind: str) -> bool:
    """Whether a value of this kind is a figure rather than an absence."""
    return kind in WITH_VALUE


def meaning_words(meaning: str) -> str:
    """What the verifier of a value vouched for, as a sentence; empty for an unknown code."""
    return _(_MEANINGS[meaning]) if meaning in _MEANINGS else ""


def leaves_words(leaves: str) -> str:
    """What a source's licence keeps back, as a sentence; empty when it lets values leave."""
    return _(_LEAVES[leaves]) if leaves in _LEAVES else ""


def sector_words(sector: str) -> str:
    """A status in words: « publique »."""
    return str(Sector(sector).label)


def entry_words(entry: str) -> str:
    """After which studies students enter, in words: « après le bac »."""
    return str(Entry(entry).label)


def duration_words(years: int) -> str:
    """How long the course lasts: « en 5 ans »."""
    return ngettext("en %(years)s an", "en %(years)s ans", years) % {"years": years}


def years_words(years: int) -> str:
    """A number of years: « 5 ans »."""
    return ngettext("%(years)s an", "%(years)s ans", years) % {"years": years}


def absence_words(absence: str) -> str:
    """A kind of absence as the method lists it: « non communiquée »."""
    return str(Kind(absence).label)


def role_words(role: str) -> str:
    """What a cell served for beside giving the value; empty for the value itself."""
    return _(_ROLES[role]) if role in _ROLES else ""
