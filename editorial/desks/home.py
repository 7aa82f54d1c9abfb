"""The first page of the newsroom: what waits for this person, and what was done last."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse

from editorial.desks.pages import desk_page, opened_by, person
from editorial.desks.stages import Stage, stage_of
from editorial.desks.words import history
from editorial.models import Article, ArticleState, AuditEvent, User
from rankings.blocks import blocks
from rankings.models import Edition
from schools.models import ImportBatch, ValueRevision, ValueState

SHOWN = 6
LAST_ACTS = 12


@opened_by("")
def home(request: HttpRequest) -> HttpResponse:
    """What waits, by right; a person without any role is told so and sees nothing else."""
    user = person(request)
    context: dict[str, object] = {"known": bool(user.get_all_permissions())}
    if user.has_perm("schools.verify_value"):
        context["to_verify"] = ValueRevision.objects.decidable_by(user.pk).count()
    if user.has_perm("schools.enter_value"):
        context["rejected"] = rejected_of(user)
        context["own_waiting"] = ValueRevision.objects.pending().filter(author=user).count()
    if user.has_perm("schools.import_file"):
        previewed = ImportBatch.objects.filter(state=ImportBatch.State.PREVIEWED)
        context["open_imports"] = previewed.select_related("source", "created_by")[:SHOWN]
    if user.has_perm("rankings.change_edition"):
        context["editions"] = _editions()
    if user.has_perm("editorial.approve_article"):
        to_review = Article.objects.filter(state=ArticleState.SUBMITTED).exclude(author=user)
        context["to_review"] = to_review.select_related("author", "release")[:SHOWN]
    if user.has_perm("editorial.write_article"):
        mine = Article.objects.filter(state=ArticleState.DRAFT, author=user)
        context["drafts"] = mine.select_related("release")[:SHOWN]
    if user.has_perm("editorial.view_auditevent"):
        context["events"] = history(AuditEvent.objects.all()[:LAST_ACTS], with_object=True)
    return desk_page(request, "desk/home.html", context)


def rejected_of(user: User) -> list[ValueRevision]:
    """This person's rejected values that nobody entered again since, the latest first. One query."""
    again = ValueRevision.objects.filter(
        unit=OuterRef("unit"),
        indicator=OuterRef("indicator"),
        reference_year=OuterRef("reference_year"),
        pk__gt=OuterRef("pk"),
    )
    rejected = ValueRevision.objects.filter(~Exists(again), author=user, state=ValueState.REJECTED)
    return list(rejected.select_related("unit", "indicator", "decided_by").order_by("-decided_at")[:SHOWN])


def _editions() -> list[dict[str, object]]:
    """The latest editions with their stage and what blocks them. Six queries for each."""
    latest = Edition.objects.select_related("ranking", "method").order_by("-year", "-pk")[:4]
    return [_edition(edition) for edition in latest]


def _edition(edition: Edition) -> dict[str, object]:
    stage = stage_of(edition)
    # Once published as it stands, an edition waits for nothing: what would block the next version is on its own page.
    settled = stage.code in {Stage.SEALED, Stage.PUBLISHED}
    return {"edition": edition, "stage": stage, "blocks": () if settled else blocks(edition)}
