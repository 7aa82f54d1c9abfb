"""One computation of an edition: read it whole, sign it, seal it with its instant, check it, take it back."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial import audit, rules
from editorial.actions import editions as actions
from editorial.desks.differences import differences, previous_of
from editorial.desks.edition_forms import InstantForm
from editorial.desks.editions_before import edition_before, moves_since
from editorial.desks.pages import desk_page, opened_by, person
from editorial.desks.settling import settled_blocks
from editorial.desks.stages import stage_of_release
from editorial.desks.words import history
from editorial.exceptions import Refused
from editorial.models import User
from rankings.models import Release, ReleasePoints
from rankings.seal import seal_digest


def release_or_404(pk: int) -> Release:
    """The release with its people and its edition."""
    whole = Release.objects.select_related(
        "edition__ranking", "edition__method", "withdrawal__by", "computed_by", "signed_by", "sealed_by"
    )
    return get_object_or_404(whole, pk=pk)


@opened_by("rankings.view_release")
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """The release as the public will read it, and what may be done with it. `verifier` asks to compute it again."""
    return _page(request, release_or_404(pk))


def _page(
    request: HttpRequest,
    release: Release,
    *,
    refusal: Refused | None = None,
    instant: InstantForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user = person(request)
    settled = settled_blocks(release.edition, user) if release.sealed_at is None else ()
    before = previous_of(release)
    context: dict[str, Any] = {
        "release": release,
        "stage": stage_of_release(release),
        "blocks": settled,
        "instant_form": instant or InstantForm(),
        "errors": [instant] if instant is not None and instant.errors else [],
        "before": before,
        "differences": differences(before, release) if before else [],
        "preview": reverse("preview-release", args=[release.pk]) + f"{release.ranking_slug}/{release.year}/",
        "moves": moves_since(edition_before(release), release),
        "check": _check(release) if "verifier" in request.GET else None,
        "typed": request.POST,
        "events": history(audit.trail_of(release)[:20]),
        **_table(release),
        **_reasons(user, release, len(settled)),
    }
    return desk_page(request, "desk/release.html", context, desk="editions", refusal=refusal, status=status)


def _table(release: Release) -> dict[str, object]:
    """The ranking as lines: school, score and the points of each family; then those without a rank. Three queries."""
    families = list(release.nodes.filter(level=0))
    points = ReleasePoints.objects.filter(node__level=0).order_by("node__position")
    units = release.units.prefetch_related(Prefetch("points", queryset=points, to_attr="families"))
    lines: list[dict[str, Any]] = []
    for unit in units:
        by_node = {point.node_id: point for point in unit.families}
        lines.append({"unit": unit, "points": [by_node.get(family.pk) for family in families]})
    return {
        "families": families,
        "ranked": [line for line in lines if line["unit"].rank is not None],
        "unranked": [line["unit"] for line in lines if line["unit"].rank is None],
    }


def _reasons(user: User, release: Release, obstacles: int) -> dict[str, str | None]:
    """Why this person may not do each thing. The instant is asked of who seals, so it refuses nothing beforehand."""
    now = timezone.now()
    return {
        "why_not_sign": rules.why_not_sign(user, release, blocks=obstacles),
        "why_not_seal": rules.why_not_seal(user, release, blocks=obstacles, publish_at=now, at=now),
        "why_not_withdraw": rules.why_not_withdraw_release(user, release, reason="…"),
    }


def _check(release: Release) -> dict[str, object]:
    """The digests taken again now: of the sealed rows, and of the edition computed from the base as it stands."""
    found: dict[str, object] = {"rows": seal_digest(release) if release.sealed_at else ""}
    try:
        found["digest"] = actions.computed(release.edition).digest
    except Refused as refusal:
        found["problem"] = refusal.reason
    return found | {
        "rows_same": found["rows"] == release.seal_digest,
        "digest_same": found.get("digest") == release.digest,
    }


@opened_by("rankings.view_release", "POST")
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer for the computation that was looked at."""
    try:
        actions.sign_release(
            by=person(request),
            at=timezone.now(),
            release=release_or_404(pk),
            seen_digest=request.POST.get("digest", ""),
        )
    except Refused as refusal:
        return _page(request, release_or_404(pk), refusal=refusal)
    messages.success(request, _("Calcul signé. Une autre personne peut le sceller."))
    return redirect("desk:release", pk)


@opened_by("rankings.view_release", "POST")
def seal(request: HttpRequest, pk: int) -> HttpResponse:
    """Seal the signed computation, for now or for the instant chosen."""
    form, at = InstantForm(request.POST), timezone.now()
    if not form.is_valid():
        return _page(request, release_or_404(pk), instant=form, status=422)
    try:
        actions.seal_release(
            by=person(request),
            at=at,
            release=release_or_404(pk),
            seen_digest=request.POST.get("digest", ""),
            publish_at=form.publish_at(at),
        )
    except Refused as refusal:
        return _page(request, release_or_404(pk), refusal=refusal, instant=form)
    messages.success(request, _("Version scellée : plus rien n’y change."))
    return redirect("desk:release", pk)


@opened_by("rankings.view_release", "POST")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the sealed release back, with reasons the public reads."""
    try:
        actions.withdraw_release(
            by=person(request),
            at=timezone.now(),
            release=release_or_404(pk),
            reason_fr=request.POST.get("reason_fr", "")[:2000],
            reason_en=request.POST.get("reason_en", "")[:2000],
        )
    except Refused as refusal:
        return _page(request, release_or_404(pk), refusal=refusal)
    messages.success(request, _("Version retirée."))
    return redirect("desk:release", pk)
