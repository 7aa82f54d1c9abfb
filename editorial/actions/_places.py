"""Where the schools of a register are: what nobody had said yet, and nothing else."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from editorial import audit
from editorial.models import User
from schools.import_plan import Plan
from schools.importing import UnitRecord
from schools.models import MatchDecision, Unit
from schools.models.matches import Verdict

PLACES = ("region", "academie", "city", "website")
_is_address = URLValidator(schemes=["http", "https"])


def place_schools(plan: Plan, *, by: User, at: datetime, dataset: str) -> None:
    """Give the known schools of a register the place and the site it says, where they have none.

    What is there already stays, whoever said it. Two rows of one school that differ say nothing, and the row of a site
    says nothing of its school. Each school is in the trail with what it was given.
    """
    sites = MatchDecision.objects.of(dataset).filter(verdict=Verdict.SITE) if dataset else MatchDecision.objects.none()
    apart = set(sites.values_list("scheme", "value"))
    said: dict[int, dict[str, set[str]]] = {}
    units: dict[int, Unit] = {}
    for planned in plan.units:
        if planned.unit is None or any((planned.record.scheme, key) in apart for key in planned.record.keys):
            continue
        units[planned.unit.pk] = planned.unit
        for name, text in _said(planned.record):
            said.setdefault(planned.unit.pk, {}).setdefault(name, set()).add(text)
    for pk, found in sorted(said.items()):
        given = {name: texts.pop() for name, texts in found.items() if len(texts) == 1 and not getattr(units[pk], name)}
        # Still empty, or somebody else has just said it.
        if given and Unit.objects.filter(pk=pk, **dict.fromkeys(given, "")).update(**given):
            audit.record(by=by, at=at, verb="unit.place", on=units[pk], label=units[pk].name, details=given)


def _said(record: UnitRecord) -> list[tuple[str, str]]:
    """What a row says of the place of a school; an address that is none is not said."""
    return [
        (name, record.attributes[name])
        for name in PLACES
        if record.attributes.get(name) and (name != "website" or _opens(record.attributes[name]))
    ]


def _opens(address: str) -> bool:
    try:
        _is_address(address)
    except ValidationError:
        return False
    return True
