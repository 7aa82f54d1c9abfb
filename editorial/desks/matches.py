"""Which of our schools the sources speak of: what was decided, why and by whom, and what each school is known by."""

from collections.abc import Sequence
from typing import cast

from django import forms
from django.db.models import Count, F
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from editorial import audit
from editorial.desks.pages import desk_page, opened_by, page_of
from editorial.desks.words import history
from schools.models import MatchDecision, Unit
from schools.models.matches import Verdict
from schools.naming import search_key

# Schools shown beside the decisions when words are looked for.
MOST_SCHOOLS = 12
# Databases do not agree on where an unknown beginning stands.
SINCE = F("valid_from").asc(nulls_first=True)


class MatchFilter(forms.Form):
    """What to show of the decisions; every field may be left empty."""

    jeu = forms.ChoiceField(label=_("Jeu de données"), required=False)
    verdict = forms.ChoiceField(label=_("Verdict"), choices=[("", _("tous")), *Verdict.choices], required=False)
    mots = forms.CharField(
        label=_("Nom, numéro ou motif"), max_length=160, required=False, widget=forms.TextInput({"type": "search"})
    )

    def __init__(self, data: QueryDict, datasets: Sequence[str]) -> None:
        super().__init__(data)
        choices = [("", _("tous")), *((dataset, dataset) for dataset in datasets)]
        cast(forms.ChoiceField, self.fields["jeu"]).choices = choices

    def apply(self, decisions: Sequence[MatchDecision]) -> list[MatchDecision]:
        """The decisions that every readable field keeps; a field that cannot be read keeps all, and says so."""
        asked = self.cleaned_data
        words = search_key(asked.get("mots") or "").split()
        return [
            decision
            for decision in decisions
            if asked.get("jeu") in {None, "", decision.dataset}
            and asked.get("verdict") in {None, "", decision.verdict}
            and all(word in _said(decision) for word in words)
        ]


def _said(decision: MatchDecision) -> str:
    """All the words of a decision as one key: two databases do not agree on accents."""
    unit = decision.unit.name if decision.unit else ""
    return search_key(f"{decision.name_read} {decision.value} {decision.reason} {unit}")


@opened_by("schools.view_matchdecision")
def matches(request: HttpRequest) -> HttpResponse:
    """What was decided, source by source; with words, the schools they name too. Three queries, four with words."""
    datasets = MatchDecision.objects.order_by("dataset").values_list("dataset", flat=True).distinct()
    form = MatchFilter(request.GET, list(datasets))
    form.is_valid()
    every = list(
        MatchDecision.objects.select_related("unit", "decided_by").order_by("dataset", "scheme", "value", SINCE)
    )
    words = form.cleaned_data.get("mots") or ""
    context = {
        "form": form,
        "page_obj": page_of(request, form.apply(every)),
        "query": request.GET,
        "total": len(every),
        "counts": _counts(request, every, form),
        "schools": _schools(words) if words else (),
    }
    return desk_page(request, "desk/matches.html", context, desk="matches")


def _counts(request: HttpRequest, decisions: Sequence[MatchDecision], form: MatchFilter) -> list[dict[str, object]]:
    """How many of each verdict in the source that is looked at, each a link that shows them."""
    dataset, current = form.cleaned_data.get("jeu"), form.cleaned_data.get("verdict")
    found = []
    for verdict in Verdict:
        count = sum(each.verdict == verdict and dataset in {None, "", each.dataset} for each in decisions)
        query = request.GET.copy()
        query.pop("page", None)
        query["verdict"] = "" if current == verdict else verdict.value
        if count:
            found.append(
                {"n": count, "label": verdict.label, "url": f"?{query.urlencode()}", "current": current == verdict}
            )
    return found


def _schools(words: str) -> Sequence[Unit]:
    known = Count("identifiers", distinct=True)
    found = Unit.objects.filter(pk__in=Unit.objects.matching(words).values("pk"))
    return list(
        found.annotate(numbers=known, names=Count("aliases", distinct=True)).order_by("search_key")[:MOST_SCHOOLS]
    )


@opened_by("schools.view_matchdecision")
def match_unit(request: HttpRequest, slug: str) -> HttpResponse:
    """One school: its numbers, its other names, what was decided of it, and what was done. Five queries."""
    unit = get_object_or_404(Unit, slug=slug)
    context = {
        "unit": unit,
        "numbers": unit.identifiers.order_by("scheme", "value", SINCE),
        "names": unit.aliases.order_by("key"),
        "decisions": unit.match_decisions.select_related("decided_by").order_by("dataset", "value", SINCE),
        "events": history(audit.trail_of(unit).order_by("-number")),
    }
    return desk_page(request, "desk/match_unit.html", context, desk="matches")
