"""Letting an edition go out without values that nobody has verified yet, and saying so."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from editorial import audit, rules
from editorial.actions._moving import refuse
from editorial.actions.values import Seen
from editorial.exceptions import Refused, Stale
from editorial.models import User
from rankings.blocks import waiting_values
from rankings.models import Edition, EditionSetAside
from schools.models import ValueRevision

# Values asked for by one query, and rows written by one INSERT: SQLite's limit on variables is above.
CHUNK = 500


@transaction.atomic
def set_aside(*, by: User, at: datetime, edition: Edition, seen: Sequence[Seen], reason_fr: str, reason_en: str) -> int:
    """Let this edition go out without these waiting values, for a public reason; gives how many. All, or none.

    The values are untouched: they still wait, and count again as soon as they are approved. Refused without a reason
    in both languages, for a value that does not block this edition (or is set aside already), `Stale` when one has
    been decided since it was seen.
    """
    refuse(rules.why_not_set_aside(by, reason_fr=reason_fr, reason_en=reason_en))
    wanted = {item.revision.pk: item.version for item in seen}
    if not wanted:
        raise Refused(_("Choisissez les valeurs à mettre de côté."))
    _refuse_changed(wanted)
    strangers = set(wanted) - {revision.pk for revision in waiting_values(edition)}
    if strangers:
        raise Refused(
            _("%(count)s de ces valeurs ne bloquent pas cette édition, ou sont déjà mises de côté : relisez la liste.")
            % {"count": len(strangers)}
        )
    reasons = {"reason_fr": reason_fr.strip(), "reason_en": reason_en.strip()}
    EditionSetAside.objects.bulk_create(
        (EditionSetAside(edition=edition, revision_id=pk, by=by, at=at, **reasons) for pk in sorted(wanted)),
        batch_size=CHUNK,
    )
    details = {"values": sorted(wanted), "reason_en": reasons["reason_en"]}
    audit.record(by=by, at=at, verb="edition.set_aside", on=edition, reason=reasons["reason_fr"], details=details)
    return len(wanted)


def _refuse_changed(wanted: dict[int, int]) -> None:
    pks = sorted(wanted)
    found: dict[int, int] = {}
    for start in range(0, len(pks), CHUNK):
        pending = ValueRevision.objects.pending().filter(pk__in=pks[start : start + CHUNK])
        found.update(pending.values_list("pk", "version"))
    if found != wanted:
        raise Stale(_("Une de ces valeurs a été décidée depuis que vous avez ouvert la page : relisez la liste."))


@transaction.atomic
def take_back(*, by: User, at: datetime, edition: Edition, revision: ValueRevision) -> None:
    """Make a value that was set aside block this edition again; `Stale` when it is not set aside any more."""
    refuse(rules.why_not_change_edition(by))
    gone, _kinds = EditionSetAside.objects.filter(edition=edition, revision=revision).delete()
    if gone != 1:
        raise Stale(_("Cette valeur n’est plus mise de côté : relisez la liste."))
    audit.record(by=by, at=at, verb="edition.take_back", on=edition, details={"value": revision.pk})
