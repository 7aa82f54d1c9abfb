"""The trail as the newsroom reads it."""

from datetime import date, timedelta

from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from editorial.audit import first_broken_link
from editorial.desks.instants import midnight
from editorial.desks.pages import desk_page, opened_by, page_of
from editorial.desks.words import OBJECTS, VERBS, history
from editorial.models import AuditEvent


class TrailFilter(forms.Form):
    """What of the trail to show; every field may be left empty."""

    qui = forms.CharField(label=_("Qui"), max_length=160, required=False)
    acte = forms.ChoiceField(label=_("Acte"), choices=[("", _("tous")), *VERBS.items()], required=False)
    objet = forms.ChoiceField(label=_("Objet"), choices=[("", _("tous")), *OBJECTS.items()], required=False)
    intitule = forms.CharField(label=_("Intitulé"), max_length=160, required=False)
    depuis = forms.DateField(label=_("Depuis le"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    jusque = forms.DateField(
        label=_("Jusqu’au"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=[MaxValueValidator(date(2200, 1, 1))],
    )

    def apply(self, events: "QuerySet[AuditEvent]") -> "QuerySet[AuditEvent]":
        """The events that every readable field keeps; a field that cannot be read keeps all, and says so."""
        asked = self.cleaned_data
        plain = {
            "actor_name__icontains": "qui",
            "verb": "acte",
            "object_type": "objet",
            "object_label__icontains": "intitule",
        }
        events = events.filter(**{lookup: asked[name] for lookup, name in plain.items() if asked.get(name)})
        if asked.get("depuis"):
            events = events.filter(at__gte=midnight(asked["depuis"]))
        if asked.get("jusque"):
            events = events.filter(at__lt=midnight(asked["jusque"] + timedelta(days=1)))
        return events


@opened_by("editorial.view_auditevent")
def trail(request: HttpRequest) -> HttpResponse:
    """What was done, the latest first; with `verifier`, whether the chain is whole."""
    form = TrailFilter(request.GET)
    form.is_valid()
    page = page_of(request, form.apply(AuditEvent.objects.all()))
    checked = "verifier" in request.GET
    context = {
        "form": form,
        "page_obj": page,
        "query": request.GET,
        "events": history(page.object_list, with_object=True, with_hash=True),
        "checked": checked,
        "broken": first_broken_link() if checked else None,
        "total": AuditEvent.objects.count(),
    }
    return desk_page(request, "desk/trail.html", context, desk="trail")
