"""The fields several desks share."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schools.importing import NotANumber, Problem, parse_number
from schools.importing.limits import MAX_FILE_BYTES
from schools.models import Source


class FigureField(forms.CharField):
    """A number as people write it, read by the strict grammar of the imports; None when left empty."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """The exact number; the same words as the preview of an import when it is not one."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_number(text)
        except NotANumber as error:
            problem = Problem("", "", "", "", error.code, {}, text[:80], "refused")
            raise forms.ValidationError(problem.message) from error

    def run_validators(self, value: Any) -> None:
        """None: the length was looked at by the grammar, the bounds are the rules'."""


class CertifiedFile(forms.FileField):
    """A file to be read; empty or not, its content is the readers' to judge."""

    def __init__(self, **kwargs: Any) -> None:
        help_text = _("CSV ou XLSX, 10 Mo au plus. Il est gardé tel quel, sous son empreinte.")
        said: dict[str, Any] = {"label": _("Fichier"), "help_text": help_text, "max_length": 255}
        super().__init__(allow_empty_file=True, **(said | kwargs))

    def clean(self, data: Any, initial: Any = None) -> Any:
        """A file within the limit."""
        file = super().clean(data, initial)
        if file and file.size > MAX_FILE_BYTES:
            raise forms.ValidationError(_("Ce fichier dépasse 10 Mo."))
        return file


class DocumentFields(forms.Form):
    """What is known of a document: who made it, what its licence lets out."""

    title = forms.CharField(label=_("Titre du document"), max_length=200)
    publisher = forms.CharField(label=_("Producteur"), max_length=160)
    licence = forms.CharField(label=_("Licence"), max_length=120)
    leaves = forms.ChoiceField(label=_("Ce que la licence laisse sortir"), choices=Source.Leaves.choices)
    document_date = forms.DateField(
        label=_("Date du document"), required=False, widget=forms.DateInput(attrs={"type": "date", "class": "short"})
    )
    url = forms.URLField(label=_("Adresse"), required=False, max_length=200, assume_scheme="https")
