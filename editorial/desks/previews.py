"""What the page of an import shows: before it is recorded, and after."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from editorial import audit, rules
from editorial.desks.extracts import Extract, Mark, document_of, extract, landmarks_of
from editorial.desks.pages import page_of, person
from editorial.desks.words import history
from schools import files
from schools.import_plan import Change, Plan, UnknownIndicators, make_plan
from schools.importing import FileRefused, Problem
from schools.models import ImportBatch, ValueState

# What each filter of the preview is called in the address, and in words.
# The filters of the preview: the change each shows, and how it is called for one and for several.
KINDS = {
    "nouvelles": (Change.NEW, ngettext_lazy("nouvelle", "nouvelles")),
    "modifiees": (Change.CHANGED, ngettext_lazy("modifiée", "modifiées")),
    "inchangees": (Change.UNCHANGED, ngettext_lazy("inchangée", "inchangées")),
    "conflits": (Change.CONFLICT, ngettext_lazy("en conflit", "en conflit")),
    "refusees": (None, ngettext_lazy("refusée", "refusées")),
    "a-confirmer": (None, ngettext_lazy("à confirmer", "à confirmer")),
    "inconnues": (None, ngettext_lazy("école inconnue", "écoles inconnues")),
    "contradictoires": (None, ngettext_lazy("école contradictoire", "écoles contradictoires")),
    "laissees": (None, ngettext_lazy("école laissée de côté", "écoles laissées de côté")),
}

# Those that most files have none of, shown where there are some.
SELDOM = {"contradictoires", "laissees"}


def preview(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    """The plan of an open import as it stands now, one kind at a time; without a plan, why there is none."""
    shared = _shared(request, batch)
    try:
        document = document_of(batch.source)
        plan = make_plan(batch, document)
    except files.FileChanged:
        problem = _(
            "Le fichier gardé n’est plus celui qui a été reçu : abandonnez cet import et envoyez-le de nouveau."
        )
        return shared | {"plan": None, "plan_problem": problem}
    except (FileRefused, UnknownIndicators) as refused:
        return shared | {"plan": None, "plan_problem": str(refused)}
    kind = request.GET.get("voir", "")
    kind = kind if kind in KINDS else _first_kind(plan)
    rows = _rows(plan, kind)
    return shared | {
        "plan": plan,
        "kind": kind,
        "kind_label": KINDS[kind][1] % len(rows),
        "counts": _counts(plan, kind),
        "page_obj": page_of(request, rows),
        "extract": _problem_extract(batch, document, (*plan.refused, *plan.suspicious)),
        "to_record": sum(len(plan.of(change)) for change in (Change.NEW, Change.CHANGED, Change.CONFLICT)),
        "typed": request.POST,
    }


def _shared(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    user = person(request)
    return {
        "batch": batch,
        "query": request.GET,
        "why_not_close": rules.why_not_close_import(user, batch),
        "before": _same_before(batch),
        "events": history(audit.trail_of(batch)[:20]),
        "steps": [_("Fichier"), _("Aperçu"), _("Enregistrement"), _("Vérification")],
    }


def _same_before(batch: ImportBatch) -> ImportBatch | None:
    """The import that already recorded this very file with this very mapping, if any."""
    same = ImportBatch.objects.filter(
        source_id=batch.source_id, mapping_digest=batch.mapping_digest, state=ImportBatch.State.COMMITTED
    )
    return same.exclude(pk=batch.pk).select_related("closed_by").first()


def _first_kind(plan: Plan) -> str:
    """What to show first: what stops the import, then what needs an eye, then what is new."""
    order = ("refusees", "contradictoires", "inconnues", "a-confirmer", "conflits", "modifiees", "nouvelles")
    return next((kind for kind in order if _rows(plan, kind)), "inchangees")


def _rows(plan: Plan, kind: str) -> list[Any]:
    change = KINDS[kind][0]
    if change is not None:
        return list(plan.of(change))
    of_kind = {
        "refusees": plan.refused,
        "a-confirmer": plan.suspicious,
        "inconnues": plan.unknown_units,
        "contradictoires": plan.contradictory_units,
        "laissees": plan.left_out_units,
    }
    return list(of_kind[kind])


def _counts(plan: Plan, current: str) -> list[dict[str, object]]:
    return [
        {"n": n, "label": label % n, "url": f"?voir={kind}", "current": kind == current}
        for kind, (_change, label) in KINDS.items()
        for n in [len(_rows(plan, kind))]
        if n or kind not in SELDOM
    ]


def _problem_extract(batch: ImportBatch, document: Any, problems: Sequence[Problem]) -> Extract | None:
    marks = [
        Mark(
            problem.sheet,
            problem.cell,
            "err" if problem.severity == "refused" else "sus",
            _("refusée") if problem.severity == "refused" else _("à confirmer"),
        )
        for problem in problems
        if problem.cell
    ]
    return extract(document, marks, landmarks_of(batch))


def recorded(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    """What became of the values of a closed import. Four queries and a page of rows."""
    by_state = {
        state: Count("pk", filter=Q(state=state))
        for state in (
            ValueState.PENDING,
            ValueState.IN_FORCE,
            ValueState.REJECTED,
            ValueState.SUPERSEDED,
            ValueState.WITHDRAWN,
        )
    }
    counts = batch.revisions.aggregate(**{str(state.value): count for state, count in by_state.items()})
    wanted = request.GET.get("etat", "")
    rows = batch.revisions.select_related("unit", "indicator").order_by("unit__search_key", "indicator__code")
    if wanted in counts:
        rows = rows.filter(state=wanted)
    return _shared(request, batch) | {
        "counts": [
            {
                "n": counts[state.value],
                "label": state.label,
                "url": f"?etat={state.value}",
                "current": state.value == wanted,
            }
            for state in by_state
        ],
        "page_obj": page_of(request, rows),
        "queue_url": f"{reverse('desk:queue')}?import={batch.pk}",
        "may_verify": person(request).has_perm("schools.verify_value"),
        "why_not_withdraw": rules.why_not_withdraw_import(person(request), batch),
        "typed": request.POST,
    }
