"""Creating the schools that a file names and nobody knows, with all it knows them by."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from editorial.exceptions import Refused
from schools.import_plan import Plan
from schools.importing import Mapping, NameRead
from schools.models import Unit, UnitAlias, UnitIdentifier
from schools.naming import free_slug, search_key
from schools.planned_units import PlannedUnit
from schools.resolving import day_of

# Rows written by one INSERT: SQLite's limit on variables is far above.
CHUNK = 1000
type Number = tuple[str, str]


def known_units(plan: Plan) -> dict[str, Unit]:
    """Group of rows → its unit, for the schools of the file that we know."""
    return {str(planned.unit.pk): planned.unit for planned in plan.units if planned.unit}


def units_of(plan: Plan, mapping: Mapping, at: datetime) -> dict[str, Unit]:
    """Group of rows → its unit: the known ones, and the unknown ones newly made.

    Two cells of unknown keys that share one are one school. Raises `Refused` when another number of a new school is
    already somebody else's.
    """
    units = known_units(plan)
    if not plan.unknown_units:
        return units
    maker = _Maker(mapping, at)
    for planned in plan.unknown_units:
        units[planned.group] = maker.unit_of(planned)
    maker.keep()
    return units


class _Maker:
    """Makes units one by one, and knows which addresses and numbers are taken."""

    def __init__(self, mapping: Mapping, at: datetime) -> None:
        self.mapping, self.at = mapping, at
        self.slugs = set(Unit.objects.values_list("slug", flat=True))
        open_ones = UnitIdentifier.objects.filter(valid_to=None).select_related("unit")
        self.holders: dict[Number, Unit] = {(each.scheme, each.value): each.unit for each in open_ones}
        self.made: dict[str, Unit] = {}
        self.identifiers: dict[Number, UnitIdentifier] = {}
        self.aliases: dict[tuple[int, str], UnitAlias] = {}

    def unit_of(self, planned: PlannedUnit) -> Unit:
        """The new unit of this school of the file: made now, or a moment ago under one of the same keys."""
        unit = next((self.made[key] for key in planned.record.keys if key in self.made), None)
        if unit is None:
            unit = self._unit(planned)
        self.made |= dict.fromkeys(planned.record.keys, unit)
        self._add_numbers(unit, planned)
        self._add_names(unit, planned)
        return unit

    def keep(self) -> None:
        """Write the numbers and the other names of all that was made."""
        UnitIdentifier.objects.bulk_create(self.identifiers.values(), batch_size=CHUNK)
        UnitAlias.objects.bulk_create(self.aliases.values(), batch_size=CHUNK)

    def _unit(self, planned: PlannedUnit) -> Unit:
        attributes = planned.record.attributes
        slug = free_slug(planned.name, self.slugs)
        self.slugs.add(slug)
        return Unit.objects.create(
            slug=slug,
            name=planned.name,
            sector=attributes.get("sector", ""),
            entry=attributes.get("entry", ""),
            duration_years=int(attributes["duration_years"]) if attributes.get("duration_years") else None,
            region=attributes.get("region", ""),
            academie=attributes.get("academie", ""),
            city=attributes.get("city", ""),
            website=attributes.get("website", ""),
            search_key=search_key(planned.name),
            created_at=self.at,
        )

    def _add_numbers(self, unit: Unit, planned: PlannedUnit) -> None:
        record = planned.record
        numbers: list[Number] = [(record.scheme, key) for key in record.keys]
        numbers += [(scheme, value) for scheme, values in record.numbers.items() for value in values]
        for scheme, value in numbers:
            holder = self.holders.setdefault((scheme, value), unit)
            if holder.pk != unit.pk:
                said = {"scheme": UnitIdentifier.Scheme(scheme).label, "value": value}
                raise Refused(
                    _("Le numéro %(scheme)s %(value)s de « %(name)s » est déjà celui de « %(holder)s ».")
                    % {**said, "name": unit.name, "holder": holder.name}
                )
            self.identifiers[scheme, value] = UnitIdentifier(unit=unit, scheme=scheme, value=value)

    def _add_names(self, unit: Unit, planned: PlannedUnit) -> None:
        for name, since, until in self._names(planned):
            key = search_key(name)
            if key and key != unit.search_key:
                alias = UnitAlias(unit=unit, name=name, key=key, valid_from=since, valid_to=until)
                self.aliases.setdefault((unit.pk, key), alias)

    def _names(self, planned: PlannedUnit) -> Iterator[tuple[str, date | None, date | None]]:
        """Every name but the unit's, and from when to when: by the years of the rows, or as the mapping says."""
        for name in planned.record.names:
            yield (name.text, *(_span(name) if self.mapping.year_column else (None, None)))
        for name in planned.record.other_names:
            yield name.text, self.mapping.names_from, self.mapping.names_to


def _span(name: NameRead) -> tuple[date, date]:
    """From the first autumn of a name to the eve of the one after its last."""
    return day_of(name.first_year), day_of(name.last_year + 1) - timedelta(days=1)
