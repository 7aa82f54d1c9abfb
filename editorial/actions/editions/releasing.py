"""Signing a computation, sealing it with its instant, taking it back."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from editorial import audit, rules
from editorial.actions._moving import refuse
from editorial.actions.editions.computing import computed, take_turns
from editorial.exceptions import Stale
from editorial.models import User
from rankings.blocks import blocks
from rankings.models import Release, ReleaseWithdrawal
from rankings.seal import seal_digest


@transaction.atomic
def sign_release(*, by: User, at: datetime, release: Release, seen_digest: str) -> None:
    """Answer for a computation: it is complete, and nothing blocks. Another person will seal it.

    `seen_digest` is the digest of the computation the person looked at; `Stale` when it was computed again since.
    """
    refuse(rules.why_not_sign(by, release, blocks=len(blocks(release.edition))))
    signed = Release.objects.filter(pk=release.pk, digest=seen_digest, signed_at=None, sealed_at=None).update(
        signed_by=by, signed_at=at, seal_digest=seal_digest(release)
    )
    if signed != 1:
        raise Stale(_("Ce calcul a été refait ou signé depuis que vous l’avez ouvert : relisez-le."))
    audit.record(by=by, at=at, verb="release.sign", on=release, details={"digest": seen_digest})
    release.refresh_from_db()


@transaction.atomic
def seal_release(*, by: User, at: datetime, release: Release, seen_digest: str, publish_at: datetime) -> None:
    """Seal a signed release with the instant at which the public will read it; nothing in it changes after.

    The edition is computed again and its rows read again first: `Stale` when the base no longer gives the digest that
    was signed, or when a row is not what was signed. Refused to the person who signed. `publish_at` may be `at`: then
    it is published at once.
    """
    take_turns(release.edition)
    found = rules.why_not_seal(by, release, blocks=len(blocks(release.edition)), publish_at=publish_at, at=at)
    refuse(found)
    if computed(release.edition).digest != seen_digest:
        raise Stale(_("Depuis ce calcul, des valeurs en vigueur ont changé : recalculez, relisez, signez."))
    as_signed = Release.objects.filter(
        pk=release.pk, digest=seen_digest, seal_digest=seal_digest(release), sealed_at=None, signed_at__isnull=False
    ).exclude(signed_by=by)
    if as_signed.update(sealed_by=by, sealed_at=at, publish_at=publish_at) != 1:
        raise Stale(_("Cette version a été refaite ou scellée depuis que vous l’avez ouverte : relisez-la."))
    details = {"digest": seen_digest, "publish_at": publish_at.isoformat()}
    audit.record(by=by, at=at, verb="release.seal", on=release, details=details)
    release.refresh_from_db()


@transaction.atomic
def withdraw_release(*, by: User, at: datetime, release: Release, reason_fr: str, reason_en: str) -> ReleaseWithdrawal:
    """Take a sealed release back, before its instant or after. The reason is public; the release itself stays whole."""
    refuse(rules.why_not_withdraw_release(by, release, reason=reason_fr))
    refuse(rules.why_not_withdraw_release(by, release, reason=reason_en))
    try:
        withdrawal = ReleaseWithdrawal.objects.create(
            release=release, by=by, at=at, reason_fr=reason_fr.strip(), reason_en=reason_en.strip()
        )
    except IntegrityError as error:
        raise Stale(_("Cette version vient d’être retirée par quelqu’un d’autre.")) from error
    audit.record(by=by, at=at, verb="release.withdraw", on=release, reason=reason_fr.strip())
    return withdrawal
