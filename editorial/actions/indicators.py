"""Defining what is measured."""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from editorial import audit, rules
from editorial.actions._moving import refuse
from editorial.exceptions import Refused
from editorial.models import User
from schools.models import Indicator


@dataclass(frozen=True)
class Definition:
    """What an indicator measures, in which unit, between which bounds."""

    code: str
    label_fr: str
    label_en: str
    definition_fr: str
    definition_en: str
    measure: str
    decimals: int = 0
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    direction: str = ""
    ranking: bool = True
    inherited_by_cursus: bool = False


@transaction.atomic
def define_indicator(*, by: User, at: datetime, definition: Definition) -> Indicator:
    """Write a definition: the first of its code, or the next version when one exists and differs.

    The same definition twice is one row. Values keep the definition they were taken under.
    """
    refuse(rules.why_not_define(by))
    wanted = asdict(definition)
    last = Indicator.objects.filter(code=definition.code).order_by("-version").first()
    if last and all(getattr(last, name) == value for name, value in wanted.items()):
        return last
    indicator = Indicator(version=last.version + 1 if last else 1, **wanted)
    try:
        indicator.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    indicator.save(force_insert=True)
    audit.record(by=by, at=at, verb="indicator.define", on=indicator, details=wanted | {"version": indicator.version})
    return indicator
