"""What of the trail to show: by person, act, thing, words and days, all of it in the address."""

from datetime import date, timedelta

from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.desks.instants import midnight
from editorial.desks.words import OBJECTS, VERBS
from editorial.models import AuditEvent, User

# The word in the address for acts that no account did.
SYSTEM = "systeme"


def people() -> list[tuple[str, str]]:
    """Everybody who has an account, disabled ones included, and the system. One query."""
    accounts = sorted(User.objects.all(), key=lambda user: user.display_name.casefold())
    named = [(str(user.pk), user.display_name) for user in accounts]
    return [("", _("tout le monde")), *named, (SYSTEM, _("le système"))]


class TrailFilter(forms.Form):
    """Every field may be left empty."""

    qui = forms.ChoiceField(label=gettext_lazy("Qui"), choices=people, required=False)
    acte = forms.ChoiceField(
        label=gettext_lazy("Acte"), choices=[("", gettext_lazy("tous")), *VERBS.items()], required=False
    )
    objet = forms.ChoiceField(
        label=gettext_lazy("Objet"), choices=[("", gettext_lazy("tous")), *OBJECTS.items()], required=False
    )
    intitule = forms.CharField(label=gettext_lazy("Intitulé"), max_length=160, required=False)
    depuis = forms.DateField(
        label=gettext_lazy("Depuis le"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    jusque = forms.DateField(
        label=gettext_lazy("Jusqu’au"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=[MaxValueValidator(date(2200, 1, 1))],
    )

    def apply(self, events: "QuerySet[AuditEvent]") -> "QuerySet[AuditEvent]":
        """The events that every readable field keeps; a field that cannot be read keeps all, and says so."""
        asked = self.cleaned_data
        plain = {"verb": "acte", "object_type": "objet", "object_label__icontains": "intitule"}
        events = events.filter(**{lookup: asked[name] for lookup, name in plain.items() if asked.get(name)})
        if asked.get("qui"):
            events = events.filter(actor_id=None if asked["qui"] == SYSTEM else int(asked["qui"]))
        if asked.get("depuis"):
            events = events.filter(at__gte=midnight(asked["depuis"]))
        if asked.get("jusque"):
            events = events.filter(at__lt=midnight(asked["jusque"] + timedelta(days=1)))
        return events
