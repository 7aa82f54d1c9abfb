"""Keeping what values refer to: schools with their numbers and other names, indicators."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from editorial import audit, rules
from editorial.actions._moving import refuse
from editorial.exceptions import Refused
from editorial.models import User
from schools.models import Indicator, Unit, UnitAlias, UnitIdentifier
from schools.naming import search_key

type Reference = Unit | UnitIdentifier | UnitAlias | Indicator
# What may still be said better once values refer to a definition; all else would change what they mean.
WORDS_OF_AN_INDICATOR = frozenset({"label_fr", "label_en"})


@transaction.atomic
def keep_reference(*, by: User, at: datetime, reference: Reference) -> bool:
    """Save a school, a number or another name of one, or an indicator; whether anything changed.

    The trail keeps each column as it was and as it is. Refused to who may not, when the row breaks its model's rules,
    and for any change but of wording in an indicator that values refer to.
    """
    refuse(rules.why_not_keep(by, reference))
    _complete(reference, at)
    before = type(reference)._default_manager.filter(pk=reference.pk).first() if reference.pk else None
    changes = _changes(before, reference)
    if before is not None and not changes:
        return False
    if isinstance(reference, Indicator) and before is not None:
        refuse(_why_not_reword(reference, set(changes)))
    try:
        reference.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    reference.save()
    verb = "reference.change" if before else "reference.add"
    audit.record(by=by, at=at, verb=verb, on=reference, details=changes)
    return True


def _complete(reference: Reference, at: datetime) -> None:
    """The columns nobody types."""
    if isinstance(reference, Unit):
        reference.search_key = search_key(reference.name)
        reference.created_at = reference.created_at or at
    if isinstance(reference, UnitAlias):
        reference.key = search_key(reference.name)


def _changes(before: Reference | None, after: Reference) -> dict[str, Any]:
    """Column → (before, after), of those that differ."""
    fields = [f.attname for f in after._meta.concrete_fields if not f.primary_key]
    found = {name: (getattr(before, name, None), getattr(after, name)) for name in fields}
    return {name: pair for name, pair in found.items() if pair[0] != pair[1]}


def _why_not_reword(indicator: Indicator, changed: set[str]) -> str | None:
    if changed <= WORDS_OF_AN_INDICATOR or not _is_referred_to(indicator):
        return None
    return _("Des valeurs se réfèrent à cette définition : ouvrez-en une nouvelle version.")


def _is_referred_to(indicator: Indicator) -> bool:
    revisions: models.Manager[Any] = indicator.revisions
    return revisions.exists()
