"""The desk of hand entry: one figure, where it is read, and what becomes of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial import rules
from editorial.actions import values
from editorial.actions.sources import Citation, cite_source
from editorial.desks.fields import DocumentFields, FigureField
from editorial.desks.pages import desk_page, opened_by, page_of, person, seen_version
from editorial.exceptions import Refused
from editorial.models import User
from schools.models import Indicator, Kind, Source, Unit, ValueRevision, ValueState

MOST_FOUND = 40


class Choice(forms.Form):
    """Which indicator of a school, in which year."""

    indicateur = forms.ModelChoiceField(label=gettext_lazy("Indicateur"), queryset=Indicator.objects.all())
    annee = forms.IntegerField(
        label=gettext_lazy("Année de référence"),
        min_value=rules.FIRST_YEAR,
        max_value=rules.LAST_YEAR,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )


class EntryForm(forms.Form):
    """One figure, or why there is none, and where it is read."""

    kind = forms.ChoiceField(label=gettext_lazy("Nature"), choices=Kind.choices, initial=Kind.KNOWN)
    value = FigureField(
        label=gettext_lazy("Valeur"),
        required=False,
        help_text=gettext_lazy("Chiffres seuls, sans unité : 41 200 ou 38,4. Vide si la valeur n’existe pas."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    source = forms.ModelChoiceField(
        label=gettext_lazy("Source"),
        queryset=Source.objects.all(),
        required=False,
        empty_label=gettext_lazy("une autre, que je décris"),
    )
    sheet = forms.CharField(label=gettext_lazy("Feuille"), max_length=120, required=False)
    reference = forms.CharField(
        label=gettext_lazy("Cellule, page ou paragraphe"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Par exemple D47, ou p. 12."),
    )
    text = forms.CharField(
        label=gettext_lazy("Texte lu"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Ce qui est écrit là, mot pour mot."),
    )
    comment = forms.CharField(
        label=gettext_lazy("Commentaire pour la vérificatrice"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@opened_by("schools.enter_value")
def entry(request: HttpRequest) -> HttpResponse:
    """Find a school by name, and follow one's own entries."""
    return _list(request)


def _list(request: HttpRequest, refusal: Refused | None = None) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:120]
    mine = (
        ValueRevision.objects.filter(author=person(request), batch=None)
        .select_related("unit", "indicator", "source", "decided_by")
        .order_by("-pk")
    )
    state = request.GET.get("etat", "")
    if state in ValueState.values:
        mine = mine.filter(state=state)
    context = {
        "words": words,
        "units": Unit.objects.matching(words)[:MOST_FOUND] if words else None,
        "page_obj": page_of(request, mine),
        "query": request.GET,
        "states": ValueState.choices,
        "state": state,
    }
    return desk_page(request, "desk/entry.html", context, desk="entry", refusal=refusal)


@opened_by("schools.enter_value", "GET", "HEAD", "POST")
def entry_unit(request: HttpRequest, slug: str) -> HttpResponse:
    """One school: its values, the choice of an indicator and year, and the form to enter a figure there."""
    unit = get_object_or_404(Unit, slug=slug)
    choice = Choice(request.GET) if "indicateur" in request.GET else Choice(initial={"annee": timezone.now().year})
    if not (choice.is_bound and choice.is_valid()):
        if request.method == "POST":
            raise Http404
        return _page(request, unit, choice, None)
    if request.method != "POST":
        return _page(request, unit, choice, EntryForm(initial=_said_before(person(request))))
    form, document = EntryForm(request.POST), None
    if not request.POST.get("source"):
        document = DocumentFields(request.POST, prefix="doc")
    readable = form.is_valid()
    if not (readable and (document is None or document.is_valid())):
        return _page(request, unit, choice, form, document, status=422)
    try:
        revision = _enter(person(request), unit, choice, form, document)
    except Refused as refusal:
        return _page(request, unit, choice, form, document, refusal=refusal)
    messages.success(request, _("Entrée : %(value)s. Une autre personne la vérifiera.") % {"value": revision})
    return redirect(_back_to(request.GET.get("retour", ""), revision))


def _back_to(word: str, revision: ValueRevision) -> str:
    """Where she came from: the grid of the school or of the indicator, at its line; else the list of her entries."""
    if word == "ecole":
        return reverse("desk:grid-unit", args=[revision.unit.slug]) + f"#{revision.indicator.code}"
    if word == "indicateur":
        return reverse("desk:grid-indicator", args=[revision.indicator.code]) + f"#{revision.unit.slug}"
    return reverse("desk:entry")


def _enter(by: User, unit: Unit, choice: Choice, form: EntryForm, document: DocumentFields | None) -> ValueRevision:
    """The document is cited and the value entered, or neither."""
    at, said = timezone.now(), form.cleaned_data
    with transaction.atomic():
        source = cite_source(by=by, at=at, citation=Citation(**document.cleaned_data)) if document else said["source"]
        entered = values.Entry(
            unit=unit,
            indicator=choice.cleaned_data["indicateur"],
            reference_year=choice.cleaned_data["annee"],
            kind=said["kind"],
            value=said["value"],
            source=source,
            cells=[(said["sheet"], said["reference"], "", said["text"])],
            comment=said["comment"],
        )
        return values.enter_value(by=by, at=at, entry=entered)


def _said_before(by: User) -> dict[str, object]:
    """What to begin with: the source of this person's last entry."""
    last = ValueRevision.objects.filter(author=by, batch=None).order_by("-pk").first()
    return {"source": last.source_id if last else None}


def _page(
    request: HttpRequest,
    unit: Unit,
    choice: Choice,
    form: EntryForm | None,
    document: DocumentFields | None = None,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    live = ValueRevision.objects.filter(unit=unit, state__in=[ValueState.IN_FORCE, ValueState.PENDING])
    known = list(
        live.select_related("indicator", "source", "author").order_by("indicator__code", "-reference_year", "-state")
    )
    context: dict[str, Any] = {"unit": unit, "choice": choice, "known": known, "form": form}
    if form is not None:
        indicator, year = choice.cleaned_data["indicateur"], choice.cleaned_data["annee"]
        context |= {
            "indicator": indicator,
            "year": year,
            "here_now": [r for r in known if (r.indicator_id, r.reference_year) == (indicator.pk, year)],
            "before": [r for r in known if r.indicator.code == indicator.code and r.reference_year < year],
            "back_to": request.GET.get("retour", ""),
            "document": document or DocumentFields(prefix="doc"),
            "errors": [f for f in (form, document) if f is not None and f.errors],
        }
    return desk_page(request, "desk/entry_unit.html", context, desk="entry", refusal=refusal, status=status)


@opened_by("schools.enter_value", "POST")
def entry_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back one's own waiting value, from the list of one's entries."""
    revision = get_object_or_404(ValueRevision.objects.select_related("unit", "indicator"), pk=pk)
    try:
        values.withdraw_value(
            by=person(request),
            at=timezone.now(),
            revision=revision,
            seen_version=seen_version(request),
        )
    except Refused as refusal:
        return _list(request, refusal)
    messages.success(request, _("Retirée : %(value)s.") % {"value": revision})
    return redirect("desk:entry")
