"""Correcting a published article: proposed by one person, approved by another, public at that instant."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from editorial import article_rules as rules
from editorial import audit
from editorial.actions._moving import change_state, hold, refuse
from editorial.actions._telling import refuse_unknown_facts, said_otherwise
from editorial.exceptions import Stale
from editorial.models import Article, ArticleCorrection, ArticleState, CorrectionState, User
from editorial.rendering import freeze
from rankings.facts import Facts
from rankings.models import Release

_NOTES = ("note_fr", "note_en")


@dataclass(frozen=True)
class Corrected:
    """What an article says once corrected, as in a `Draft`, and the public notes that say what was wrong."""

    title_fr: str
    summary_fr: str
    body_fr: str
    note_fr: str
    note_en: str
    title_en: str = ""
    summary_en: str = ""
    body_en: str = ""

    def changes(self, text: Article | ArticleCorrection) -> bool:
        """Whether it says something else than this text; the ends of lines are not something."""
        said = {name: words for name, words in asdict(self).items() if name not in _NOTES}
        return any(words.splitlines() != getattr(text, name).splitlines() for name, words in said.items())


@transaction.atomic
def propose_correction(
    *, by: User, at: datetime, article: Article, seen_version: int, release: Release, corrected: Corrected
) -> ArticleCorrection:
    """Begin the next correction of a published article, as a draft; `Stale` when it was corrected since it was read."""
    # Two proposals take turns, so that the second finds the first.
    article = Article.objects.select_for_update().get(pk=article.pk)
    refuse(rules.why_not_correct(by, article, at=at))
    if article.version != seen_version:
        raise Stale(_("L’article a changé depuis que vous l’avez ouvert : relisez-le."))
    _refuse_texts(article, release, corrected)
    number = 1 + article.every_correction.filter(state=CorrectionState.APPROVED).count()
    made = ArticleCorrection.objects.create(
        article=article, number=number, release=release, author=by, created_at=at, edited_at=at, **asdict(corrected)
    )
    audit.record(by=by, at=at, verb="correction.propose", on=made)
    return made


@transaction.atomic
def edit_correction(
    *,
    by: User,
    at: datetime,
    correction: ArticleCorrection,
    seen_version: int,
    release: Release,
    corrected: Corrected,
) -> None:
    """Change one's own draft of a correction."""
    refuse(rules.why_not_edit_correction(by, correction))
    _refuse_texts(correction.article, release, corrected)
    drafts, said = ArticleCorrection.objects.filter(state=CorrectionState.DRAFT), asdict(corrected)
    as_seen = drafts.filter(pk=correction.pk, version=seen_version)
    before = as_seen.values(*said).first() or {}
    if as_seen.update(version=seen_version + 1, release=release, edited_at=at, **said) != 1:
        raise Stale(_("La correction a changé depuis que vous l’avez ouverte : relisez-la."))
    audit.record(by=by, at=at, verb="correction.edit", on=correction, details=said_otherwise(before, said))
    correction.refresh_from_db()


def _refuse_texts(article: Article, release: Release, corrected: Corrected) -> None:
    said = article.correction or article
    changes = release.pk != said.release_id or corrected.changes(said)
    notes = (corrected.note_fr, corrected.note_en)
    refuse(rules.why_not_correct_with(article, release, notes=notes, changes=changes))


@transaction.atomic
def submit_correction(*, by: User, at: datetime, correction: ArticleCorrection, seen_version: int) -> None:
    """Ask for the review of one's own correction. Refused while a figure it asks for is not in its release."""
    refuse(rules.why_not_edit_correction(by, correction))
    refuse_unknown_facts(correction)
    _move("correction.submit", by, at, correction, seen_version)


@transaction.atomic
def send_back_correction(
    *, by: User, at: datetime, correction: ArticleCorrection, seen_version: int, reason: str
) -> None:
    """Give a correction back to who proposed it, with the reason."""
    refuse(rules.why_not_review_correction(by, correction))
    refuse(None if reason.strip() else _("Dites à l’auteur ce qu’il y a à reprendre."))
    _move("correction.send_back", by, at, correction, seen_version, reason.strip())


@transaction.atomic
def abandon_correction(*, by: User, at: datetime, correction: ArticleCorrection, seen_version: int) -> None:
    """Drop a draft of a correction: the article stays as it is, and another may be proposed."""
    refuse(rules.why_not_abandon_correction(by, correction))
    _move("correction.abandon", by, at, correction, seen_version)


def _move(
    verb: str, by: User, at: datetime, correction: ArticleCorrection, seen_version: int, reason: str = ""
) -> None:
    change_state(ArticleCorrection, correction.pk, verb=verb, seen_version=seen_version)
    audit.record(by=by, at=at, verb=verb, on=correction, reason=reason)
    correction.refresh_from_db()


@transaction.atomic
def approve_correction(*, by: User, at: datetime, correction: ArticleCorrection, seen_version: int) -> None:
    """Approve a correction: its figures are frozen as its release says them, and the public reads it from now on.

    Refused to who proposed it, before the instant of the release it quotes, and while a figure is not in the release.
    """
    refuse(rules.why_not_approve_correction(by, correction, at=at))
    refuse_unknown_facts(correction)
    hold(ArticleCorrection, correction.pk, verb="correction.approve", seen_version=seen_version)
    frozen = freeze(correction.body_fr, correction.body_en, Facts(correction.release))
    correction.rests_on.set(frozen.editions - {correction.release})
    change_state(
        ArticleCorrection,
        correction.pk,
        verb="correction.approve",
        seen_version=seen_version,
        approved_by=by,
        corrected_at=at,
        rendered_fr=frozen.rendered_fr,
        rendered_en=frozen.rendered_en,
        facts=frozen.facts,
    )
    _put_in_force(correction)
    details = {"number": correction.number, "facts": [fact["token"] for fact in frozen.facts]}
    audit.record(by=by, at=at, verb="correction.approve", on=correction, reason=correction.note_fr, details=details)
    correction.refresh_from_db()


def _put_in_force(correction: ArticleCorrection) -> None:
    """Have the article say it. Its version moves, and with it what every cache holds of it."""
    article = Article.objects.filter(pk=correction.article_id, state=ArticleState.APPROVED)
    if article.update(correction=correction, version=F("version") + 1) != 1:
        raise Stale(_("L’article a été retiré entre-temps : rien n’est publié."))
