"""The forms in which articles, and what corrects them, are written."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from editorial.actions.articles import Draft
from editorial.actions.corrections import Corrected
from editorial.models import Article, ArticleCorrection
from rankings.models import Release


def _text(label: Any, rows: int, most: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class TextForm(forms.Form):
    """What is said, and of which release."""

    release = forms.ModelChoiceField(label=_("Version citée"), queryset=Release.objects.all())
    title_fr = forms.CharField(label=_("Titre"), max_length=200)
    summary_fr = _text(_("Chapeau"), 2, 400)
    body_fr = _text(
        _("Texte"), 14, 60_000, help_text=_("En Markdown. Un chiffre s’écrit par son repère, entre doubles crochets.")
    )
    title_en = forms.CharField(label=_("Titre anglais"), max_length=200, required=False)
    summary_en = _text(_("Chapeau anglais"), 2, 400, required=False)
    body_en = _text(_("Texte anglais"), 8, 60_000, required=False)

    @property
    def quoted(self) -> Release | None:
        """The release it is filled with; None without any."""
        value = self["release"].value()
        return Release.objects.filter(pk=value).first() if str(value or "").isdigit() else None

    @property
    def said(self) -> dict[str, str]:
        """Every text it was given."""
        return {name: text for name, text in self.cleaned_data.items() if name != "release"}

    @classmethod
    def of(cls, text: Article | ArticleCorrection) -> dict[str, Any]:
        """What it begins with to change this text."""
        said = {name: getattr(text, name, "") for name in cls.base_fields}
        return said | {"release": text.release_id}


class DraftForm(TextForm):
    """An article."""

    genre = forms.ChoiceField(label=_("Genre"), choices=Article.Genre.choices)
    signature = forms.CharField(
        label=_("Signature"),
        max_length=120,
        required=False,
        help_text=_("Telle que le public la lira ; vide : la rédaction."),
    )
    field_order = ("release", "genre", "signature")

    @property
    def draft(self) -> Draft:
        """What was said, without the release."""
        return Draft(**self.said)


class CorrectionForm(TextForm):
    """What an article says once corrected, and what was wrong; of a release of the same edition."""

    note_fr = _text(_("Ce qui était faux"), 3, 1000, help_text=_("Public : au pied du titre et au registre."))
    note_en = _text(_("Ce qui était faux, en anglais"), 3, 1000)
    field_order = ("note_fr", "note_en", "release")

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        same = Release.objects.filter(edition=article.release.edition_id, sealed_at__isnull=False, withdrawal=None)
        self.fields["release"].queryset = same.order_by("-number")  # type: ignore[attr-defined]

    @property
    def corrected(self) -> Corrected:
        """What was said, without the release."""
        return Corrected(**self.said)
