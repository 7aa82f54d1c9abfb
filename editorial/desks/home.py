"""The first page of the newsroom, where a login leads: what waits for this person in each of her roles."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from editorial.desks.pages import desk_page, opened_by, person
from editorial.desks.todo.cell import of_cell
from editorial.desks.todo.chief import of_chief
from editorial.desks.todo.journalist import of_journalist
from editorial.desks.todo.verifier import of_verifier
from editorial.desks.words import history
from editorial.models import AuditEvent

LAST_ACTS = 12


@opened_by("")
def home(request: HttpRequest) -> HttpResponse:
    """What waits, by right; a person without any role is told so and sees nothing else."""
    user, at = person(request), timezone.now()
    context: dict[str, object] = {
        "known": bool(user.get_all_permissions()),
        "verifier": of_verifier(user),
        "cell": of_cell(user),
        "chief": of_chief(user, at),
        "journalist": of_journalist(user, at),
    }
    if user.has_perm("editorial.view_auditevent"):
        context["events"] = history(AuditEvent.objects.all()[:LAST_ACTS], with_object=True)
    return desk_page(request, "desk/home.html", context)
