"""What the trail is worth: how far it reaches, what protects it, and whether that holds now."""

from django import forms
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from editorial.desks.pages import desk_page, opened_by
from editorial.proof import act_with_hash, extent, prove


class KeptForm(forms.Form):
    """A hash that somebody kept outside the site, to be found again in the trail."""

    empreinte = forms.CharField(
        label=_("Empreinte gardée"),
        required=False,
        validators=[RegexValidator(r"\A[0-9A-Fa-f]{64}\Z", _("Une empreinte a 64 signes, de 0 à 9 et de a à f."))],
        help_text=_("Celle d’un acte, notée ailleurs un autre jour. Sans elle, seule la chaîne est vérifiée."),
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off", "maxlength": "64"}),
    )


@opened_by("editorial.view_auditevent", "GET", "HEAD", "POST")
def proof(request: HttpRequest) -> HttpResponse:
    """How many acts, from when to when, and what protects them; a post checks all of it now. Writes nothing."""
    form = KeptForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form, "extent": extent(), "desk_page": "proof"}
    if not form.is_bound:
        return desk_page(request, "desk/trail_proof.html", context, desk="trail")
    if not form.is_valid():
        return desk_page(request, "desk/trail_proof.html", context | {"errors": [form]}, desk="trail", status=422)
    kept = form.cleaned_data["empreinte"]
    checked, act = prove(), act_with_hash(kept) if kept else None
    found = {"proof": checked, "kept": kept, "kept_act": act, "sound": checked.holds and bool(act or not kept)}
    return desk_page(request, "desk/trail_proof.html", context | found, desk="trail")
