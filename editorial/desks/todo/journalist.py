"""What waits for who writes: articles sent back with their reason, drafts, those to come, and what to write on."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from editorial.models import Article, ArticleCorrection, ArticleState, AuditEvent, User
from editorial.models.corrections import OPEN
from rankings.models import Release

SHOWN = 6
RELEASES = 4


def of_journalist(user: User, at: datetime) -> dict[str, Any] | None:
    """The block of who writes."""
    if not user.has_perm("editorial.write_article"):
        return None
    mine = Article.objects.filter(author=user).select_related("release")
    drafts = list(mine.filter(state=ArticleState.DRAFT).order_by("-edited_at", "-pk")[: 2 * SHOWN])
    reasons = sent_back(drafts)
    return {
        "sent_back": [{"article": one, "event": reasons[one.pk]} for one in drafts if one.pk in reasons],
        "drafts": [one for one in drafts if one.pk not in reasons][:SHOWN],
        "waiting": list(mine.filter(state=ArticleState.SUBMITTED).order_by("-edited_at")[:SHOWN]),
        "scheduled": list(mine.filter(state=ArticleState.APPROVED, publish_at__gt=at).order_by("publish_at")[:SHOWN]),
        "corrections": list(
            ArticleCorrection.objects.filter(author=user, state__in=OPEN).order_by("-edited_at")[:SHOWN]
        ),
        "releases": writable()[:RELEASES],
    }


def sent_back(drafts: Iterable[Article]) -> dict[int, AuditEvent]:
    """The drafts that came back from a review, each with the act that says why. One query."""
    events = AuditEvent.objects.filter(
        object_type=Article._meta.label_lower,
        object_id__in=[str(article.pk) for article in drafts],
        verb="article.send_back",
    )
    return {int(event.object_id): event for event in events.order_by("number")}


def writable() -> list[Release]:
    """The releases one may write on today: the highest sealed version of each edition, not taken back. One query."""
    sealed = Release.objects.filter(sealed_at__isnull=False, withdrawal=None).defer("document", "method_text")
    latest: dict[int, Release] = {}
    for release in sealed.order_by("-publish_at", "-number"):
        latest.setdefault(release.edition_id, release)
    return list(latest.values())
