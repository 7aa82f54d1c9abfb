"""What waits for the editors in chief: editions and what blocks them, what to sign and to seal, instants to come."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.utils.translation import ngettext

from editorial.desks.settling import Settled, settled_blocks
from editorial.desks.stages import Stage, stage_of_release
from editorial.models import Article, ArticleCorrection, ArticleState, CorrectionState, User
from rankings.models import Edition, EditionIndicator, EditionUnit, Release
from rankings.waiting import blocks_an_edition, in_preparation
from schools.models import ValueRevision

SHOWN = 6
EDITIONS = 4


@dataclass(frozen=True)
class Prepared:
    """An edition in preparation: where it stands, and what blocks it."""

    edition: Edition
    stage: Stage | None
    blocks: tuple[Settled, ...]


@dataclass(frozen=True)
class Overtaken:
    """A sealed release of which values have changed since, or are about to: a correction may be due."""

    release: Release
    changed: int
    waiting: int


def of_chief(user: User, at: datetime) -> dict[str, Any] | None:
    """The block of who prepares editions or reviews articles; each part to who has the right."""
    block: dict[str, Any] = {}
    if user.has_perm("rankings.change_edition"):
        block |= _editions(user, at)
    if user.has_perm("editorial.approve_article"):
        to_review = Article.objects.filter(state=ArticleState.SUBMITTED).exclude(author=user)
        block["to_review"] = list(to_review.select_related("author", "release").order_by("edited_at")[:SHOWN])
        corrections = ArticleCorrection.objects.filter(state=CorrectionState.SUBMITTED).exclude(author=user)
        block["corrections"] = list(corrections.select_related("author").order_by("edited_at")[:SHOWN])
        scheduled = Article.objects.filter(state=ArticleState.APPROVED, publish_at__gt=at)
        block["articles"] = list(scheduled.select_related("author").order_by("publish_at")[:SHOWN])
    return block or None


def _editions(user: User, at: datetime) -> dict[str, Any]:
    latest = in_preparation().select_related("ranking", "method").prefetch_related("releases__withdrawal")
    sealed = Release.objects.filter(sealed_at__isnull=False, withdrawal=None).defer("document", "method_text")
    unsealed = list(Release.objects.filter(sealed_at=None).values_list("signed_at", flat=True))
    to_sign, to_seal = unsealed.count(None), len(unsealed) - unsealed.count(None)
    scheduled = list(sealed.filter(publish_at__gt=at).order_by("publish_at")[:SHOWN])
    return {
        "counts": [
            {"n": to_sign, "label": ngettext("calcul à signer", "calculs à signer", to_sign)},
            {"n": to_seal, "label": ngettext("version à sceller", "versions à sceller", to_seal)},
            {
                "n": len(scheduled),
                "label": ngettext("version sous embargo", "versions sous embargo", len(scheduled)),
            },
        ],
        "editions": [_prepared(edition, user) for edition in latest.order_by("-year", "-pk")[:EDITIONS]],
        "scheduled": scheduled,
        "overtaken": _overtaken(at),
    }


def _prepared(edition: Edition, user: User) -> Prepared:
    """One edition in preparation. Five queries, for what blocks it."""
    latest = max(edition.releases.all(), key=lambda release: release.number, default=None)
    return Prepared(edition, stage_of_release(latest) if latest else None, settled_blocks(edition, user))


def _overtaken(at: datetime) -> list[Overtaken]:
    """The latest published releases that no longer say what is in force. Two queries for each looked at."""
    current = Release.objects.current(at=at).defer("document", "method_text").order_by("-publish_at")
    found = [
        Overtaken(
            release,
            _of_edition(release.edition_id).in_force().filter(decided_at__gt=release.computed_at).count(),
            ValueRevision.objects.pending().filter(blocks_an_edition(release.edition_id)).count(),
        )
        for release in current[:EDITIONS]
    ]
    return [one for one in found if one.changed or one.waiting]


def _of_edition(edition: int) -> Any:
    """The values of an edition's schools, in the years it reads."""
    read = EditionIndicator.objects.filter(
        edition=edition,
        indicator=OuterRef("indicator"),
        reference_year__gte=OuterRef("reference_year"),
        reference_year__lte=OuterRef("reference_year") + F("carry_over_years"),
    )
    included = EditionUnit.objects.filter(edition=edition, unit=OuterRef("unit"), status=EditionUnit.Status.INCLUDED)
    return ValueRevision.objects.filter(Exists(read), Exists(included))
