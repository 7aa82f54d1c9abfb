"""The forms of a print: what it says of itself, and the file of its places."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from editorial.actions.prints import PlaceColumns, PrintWords
from editorial.desks.fields import CertifiedFile, DocumentFields
from rankings.models import EditionPrint
from schools.models import Source, UnitIdentifier

MOST_SCHOOLS = 9999
MOST_ROWS_ABOVE = 100
COLUMNS = ("header_row", "sheet", "name", "key", "scheme", "rank", "tied", "points")
WORDS = ("ranked_count", "out_of", "method_fr", "method_en")
DOCUMENT = ("title", "publisher", "licence", "leaves", "document_date", "url")


def _header(label: Any, initial: str = "", help_text: Any = "") -> forms.CharField:
    """The header of a column, as the file writes it."""
    return forms.CharField(label=label, required=False, max_length=200, initial=initial, help_text=help_text)


def _words(label: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=4000, widget=widget, help_text=help_text)


class WordsForm(forms.Form):
    """What a print says of itself; its method is public."""

    ranked_count = forms.IntegerField(
        label=_("Écoles classées à l’imprimé"),
        min_value=1,
        max_value=MOST_SCHOOLS,
        help_text=_("Toutes celles qu’il classe, même si le fichier n’en donne que quelques-unes."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    out_of = forms.CharField(
        label=_("Points, sur"),
        required=False,
        max_length=20,
        help_text=_("Le plus haut nombre de points, si l’imprimé en donne."),
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    method_fr = _words(_("Méthode de l’imprimé"), _("Telle qu’il la décrit ; elle sera publique."))
    method_en = _words(_("Méthode de l’imprimé, en anglais"))

    @property
    def words(self) -> PrintWords:
        """What was said, as the action wants it."""
        return PrintWords(**{name: self.cleaned_data[name] for name in WORDS})


def words_of(record: EditionPrint | None) -> dict[str, object]:
    """What an edition's print said until now, to begin from."""
    return {name: getattr(record, name) for name in WORDS} if record else {}


class PlacesForm(WordsForm, DocumentFields):
    """A file of printed places: the document, the columns, and what the print says. The file comes apart."""

    header_row = forms.IntegerField(
        label=_("Ligne des titres"),
        initial=1,
        min_value=1,
        max_value=MOST_ROWS_ABOVE,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    sheet = _header(_("Feuille"), help_text=_("Vide : la seule du classeur."))
    name = _header(_("Colonne des noms"), "École")
    key = _header(
        _("Colonne des identifiants"), help_text=_("Un nom ou un identifiant suffit ; l’identifiant l’emporte.")
    )
    scheme = forms.ChoiceField(
        label=_("Répertoire des identifiants"), choices=UnitIdentifier.Scheme.choices, initial=UnitIdentifier.Scheme.UAI
    )
    rank = _header(_("Colonne des rangs"), "Rang", _("« 16 », « 1re » ou « 16e ex aequo »."))
    tied = _header(_("Colonne des ex aequo"), help_text=_("Vide : le rang le dit, ou deux rangs égaux."))
    points = _header(_("Colonne des points"))

    def clean(self) -> dict[str, Any]:
        """A column of ranks, and one at least that names schools."""
        said = super().clean() or self.cleaned_data
        if not said.get("rank") and "rank" not in self.errors:
            self.add_error("rank", _("Dites sous quel titre sont les rangs."))
        if not (said.get("name") or said.get("key")) and not {"name", "key"} & set(self.errors):
            self.add_error("name", _("Dites sous quel titre sont les noms, ou les identifiants."))
        return said

    @property
    def columns(self) -> PlaceColumns:
        """The columns, as the reader wants them."""
        return PlaceColumns(**{name: self.cleaned_data[name] for name in COLUMNS})

    @property
    def document(self) -> dict[str, Any]:
        """What is known of the document."""
        return {name: self.cleaned_data[name] for name in DOCUMENT}


class SendForm(PlacesForm):
    """The same with the file, to be read."""

    field_order = ("file", *COLUMNS, *WORDS, *DOCUMENT)
    file = CertifiedFile()


def document_of(source: Source | None) -> dict[str, object]:
    """What the last document of an edition's places was, to begin from."""
    return {name: getattr(source, name) for name in DOCUMENT} if source else {}
