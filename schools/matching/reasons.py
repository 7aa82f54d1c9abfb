"""Why a subject is this school, or why nobody can be sure of it: codes that stay, and their sentences."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from schools.matching.known import KnownUnit

# What links; what forbids to be sure; what only brings near.
SENTENCES = {
    "identifier": _("même identifiant : {number}"),
    "name": _("même nom : « {name} »"),
    "alias": _("autre nom connu : « {name} »"),
    "decision": _("décidé : {reason}"),
    "keys_apart": _("ses identifiants sont ceux de plusieurs écoles : {units}"),
    "identifier_against_name": _("l’identifiant est celui de {held}, le nom celui de {named}"),
    "names_apart": _("ses noms sont ceux de plusieurs écoles : {units}"),
    "homonyms": _("« {name} » est le nom de {count} écoles : {units}"),
    "name_twice": _("« {name} » est aussi le nom d’un autre établissement du fichier : {other}"),
    "wider": _("établissement plus large : ce n’est l’école que si quelqu’un le dit"),
    "other_academie": _("autre académie : {read} dans le fichier, {known} pour l’école"),
    "sigle_alone": _("un sigle seul, « {name} », sans lieu qui le confirme"),
    "wrong_letter": _("{key} seul le relie à l’école, et sa lettre devrait être {letter}"),
    "number_alone": _("{number} seul le relie à l’école, sans que l’identifiant ni le nom le disent"),
    "name_unlike": _("l’identifiant est celui de {unit}, mais le nom lu n’a rien des siens"),
    "key_twice": _("{key} est aussi dans une autre cellule du fichier, sous le nom « {other} »"),
    "other_dates": _("{key} est celui de {unit} à d’autres dates seulement"),
    "several_keys": _("l’école a déjà un autre identifiant dans ce fichier ({keys}) : un site, ou un homonyme ?"),
    "partly_decided": _("les décisions ne disent rien de : {years}"),
    "near_name": _("nom voisin ({score}/100) : « {name} »"),
    "same_town": _("même ville : {town}"),
    "same_academie": _("même académie : {academie}"),
    "sigle": _("contient « {sigle} »"),
    "shared_sigle": _("contient « {sigle} », commun à {count} écoles"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason; `params`: what its sentence names, as pairs."""

    code: str
    params: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """The sentence in the reader's language, with neither capital nor full stop."""
        return gettext(SENTENCES[self.code]).format(**dict(self.params))


def because(code: str, **params: object) -> Reason:
    """The reason with this code, about these things."""
    return Reason(code, tuple((name, str(value)) for name, value in params.items()))


def listed(units: tuple[KnownUnit, ...] | list[KnownUnit]) -> str:
    """Schools in a row, in the order of their ids."""
    return " ; ".join(unit.label for unit in sorted(units, key=lambda unit: unit.id))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A school this may be, for a person to decide; score: 0 to 99, only good for an order."""

    unit: KnownUnit
    score: int
    reasons: tuple[Reason, ...]
