"""The forms of an edition: its texts, method, years, schools, and the instant of a publication."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial import rules
from editorial.desks.instants import NoSuchInstant, instant_in_paris
from rankings.models import Edition, MethodVersion, Ranking
from schools.models import Unit

MOST_METHOD_TEXT = 100_000


def _long(label: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}), **kwargs
    )


class RankingForm(forms.Form):
    """A palmarès to open."""

    slug = forms.SlugField(label=gettext_lazy("Adresse"), max_length=80, help_text=gettext_lazy("ecoles-d-ingenieurs"))
    title_fr = forms.CharField(label=gettext_lazy("Titre"), max_length=160)
    title_en = forms.CharField(label=gettext_lazy("Titre anglais"), max_length=160)

    def clean_slug(self) -> str:
        """An address nobody uses yet."""
        slug: str = self.cleaned_data["slug"]
        if Ranking.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("Un palmarès a déjà cette adresse."))
        return slug


class OpenForm(forms.Form):
    """A year of a palmarès to open."""

    ranking = forms.ModelChoiceField(label=gettext_lazy("Palmarès"), queryset=Ranking.objects.all())
    year = forms.IntegerField(
        label=gettext_lazy("Millésime"),
        min_value=rules.FIRST_YEAR,
        max_value=rules.LAST_YEAR,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    archival = forms.BooleanField(
        label=gettext_lazy("Une archive : ses rangs sont ceux d’un imprimé, jamais calculés"),
        required=False,
        help_text=gettext_lazy("Se dit en l’ouvrant, une fois pour toutes."),
    )


class TextsForm(forms.Form):
    """What an edition says of itself, in both languages."""

    purpose_fr = _long(gettext_lazy("Objet"), help_text=gettext_lazy("Ce que ce palmarès mesure, et ne mesure pas."))
    purpose_en = _long(gettext_lazy("Objet, en anglais"))
    audience_fr = _long(gettext_lazy("Public visé"), help_text=gettext_lazy("Pour qui il est fait."))
    audience_en = _long(gettext_lazy("Public visé, en anglais"))


class MethodForm(forms.Form):
    """A method to choose among those filed, or to file from a text or a file."""

    filed = forms.ModelChoiceField(
        label=gettext_lazy("Méthode déposée"),
        queryset=MethodVersion.objects.none(),
        required=False,
        empty_label=gettext_lazy("une nouvelle, que je dépose"),
    )
    file = forms.FileField(label=gettext_lazy("Fichier de méthode"), required=False, allow_empty_file=True)
    text = forms.CharField(
        label=gettext_lazy("Texte de la méthode"),
        required=False,
        strip=False,
        max_length=MOST_METHOD_TEXT,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "class": "code"}),
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        methods = MethodVersion.objects.filter(ranking=edition.ranking).select_related("ranking")
        self.fields["filed"].queryset = methods  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One method: chosen, or one text, pasted or sent."""
        said = super().clean() or self.cleaned_data
        if said.get("filed"):
            return said
        if said.get("file"):
            said["text"] = self._read(said["file"])
        if not said.get("text", "").strip() and not self.errors:
            self.add_error("filed", _("Choisissez une méthode, envoyez son fichier ou collez son texte."))
        return said

    def _read(self, file: Any) -> str:
        if file.size > MOST_METHOD_TEXT:
            self.add_error("file", _("Ce fichier est trop long pour une méthode."))
            return ""
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            self.add_error("file", _("Ce fichier n’est pas un texte en UTF-8."))
            return ""


class PerimeterForm(forms.Form):
    """A school to leave out, with the reason in both languages; both reasons are due, as the public reads them."""

    unit = forms.ModelChoiceField(label=gettext_lazy("École"), queryset=Unit.objects.all(), to_field_name="slug")
    reason_fr = forms.CharField(label=gettext_lazy("Raison"), max_length=300)
    reason_en = forms.CharField(label=gettext_lazy("Raison, en anglais"), max_length=300)


class InstantForm(forms.Form):
    """Now, or a day and a time of Paris."""

    when = forms.ChoiceField(
        label=gettext_lazy("Publication"),
        choices=[("later", gettext_lazy("à l’instant choisi")), ("now", gettext_lazy("maintenant"))],
        widget=forms.RadioSelect,
        initial="later",
    )
    day = forms.DateField(
        label=gettext_lazy("Jour"), required=False, widget=forms.DateInput(attrs={"type": "date", "class": "short"})
    )
    clock = forms.TimeField(
        label=gettext_lazy("Heure de Paris"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time", "class": "short"}),
    )

    def clean(self) -> dict[str, Any]:
        """A day and a time when it is for later, and a time that the clocks of Paris do show, once."""
        said = super().clean() or self.cleaned_data
        if said.get("when") != "later" or self.errors:
            return said
        for name in ("day", "clock"):
            if said.get(name) is None:
                self.add_error(name, _("À remplir, ou choisissez « maintenant »."))
        if not self.errors:
            try:
                said["instant"] = instant_in_paris(said["day"], said["clock"])
            except NoSuchInstant as problem:
                self.add_error("clock", problem.reason)
        return said

    def publish_at(self, at: datetime) -> datetime:
        """The instant that was said; `at` for now."""
        instant: datetime = self.cleaned_data.get("instant") or at
        return instant
