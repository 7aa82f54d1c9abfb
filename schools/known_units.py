"""The schools of the base, as the matching knows them."""

from schools.matching import Alias, Identifier, Known, KnownUnit, Place
from schools.models import Unit


def known_units() -> Known:
    """All schools, with their names and numbers of all times. Three queries."""
    return Known(known_unit(unit) for unit in Unit.objects.prefetch_related("identifiers", "aliases"))


def known_unit(unit: Unit) -> KnownUnit:
    """One school; no query when its identifiers and aliases are at hand."""
    return KnownUnit(
        id=unit.pk,
        name=unit.name,
        aliases=tuple(Alias(alias.name, (alias.valid_from, alias.valid_to)) for alias in unit.aliases.all()),
        identifiers=tuple(
            Identifier(number.scheme, number.value, (number.valid_from, number.valid_to))
            for number in unit.identifiers.all()
        ),
        place=Place(unit.city, unit.academie, unit.region),
    )
