"""The style guide of the newsroom: every component in all its states, with fictional schools."""

from datetime import UTC, datetime
from decimal import Decimal

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

TOKENS = [
    "paper",
    "sheet",
    "ink",
    "ink-2",
    "rule",
    "rule-2",
    "violet",
    "violet-wash",
    "margin",
    "marker",
    "vu",
    "vu-wash",
    "warn",
    "warn-wash",
    "no",
    "no-wash",
    "bar",
    "bar-track",
    "d1",
    "d2",
    "d3",
    "d4",
]
_SCHOOLS = (
    ("École centrale de Vaucelles", "Vaucelles", 1, False, "101", 0, (1, 2), ("30", "38", "28", "5")),
    ("Institut Ampère-Lavoisier", "Courcy-sur-Orge", 2, False, "98", 1, (1, 4), ("29", "37", "27", "5")),
    ("ENSI Montfaucon", "Montfaucon", 3, True, "94", 4, (2, 8), ("28", "33", "27", "6")),
    ("Supérieure des télécoms d’Armor", "Plouvian", 3, True, "94", -3, (2, 8), ("27", "35", "27", "5")),
    ("École des mines de Sauvagnac", "Sauvagnac", 16, True, "83", 11, (12, 21), ("25", "26", "25", "7")),
    ("École de géologie du Forez", "Montrevel", 19, False, "82", None, (15, 26), ("27", "29", "23", None)),
)
_FAMILIES = (
    ("Académique", "Acad.", 30, "17"),
    ("International", "Intern.", 40, "21"),
    ("Entreprises", "Entr.", 30, "18"),
    ("Diversité", "Divers.", 10, "5"),
)


class SampleForm(forms.Form):
    """One field of each kind, to draw them."""

    value = forms.DecimalField(label="Valeur", help_text="En pour cent, avec une décimale.", max_value=100)
    note = forms.CharField(label="Motif", widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(label="Absence", choices=[("", "Aucune"), ("nc", "Non communiqué"), ("so", "Sans objet")])
    file = forms.FileField(label="Fichier certifié", help_text="CSV ou XLSX, 20 Mo au plus.", required=False)
    way = forms.ChoiceField(
        label="Décision", choices=[("a", "Approuver"), ("r", "Rejeter")], widget=forms.RadioSelect, initial="a"
    )
    sure = forms.BooleanField(label="J’ai comparé la valeur à la cellule")


def _ranking_rows() -> list[dict[str, object]]:
    """The lines of the sample ranking, with the parts of each family."""
    rows = []
    for name, town, rank, tied, points, move, (best, worst), parts in _SCHOOLS:
        families = [
            {"short": short, "value": part, "max": most, "median": median}
            for part, (_label, short, most, median) in zip(parts, _FAMILIES, strict=True)
        ]
        rows.append(
            {"name": name, "town": town, "rank": rank, "tied": tied, "points": points, "move": move}
            | {"best": best, "worst": worst, "families": families}
        )
    return rows


def _sheet() -> dict[str, object]:
    """A neighbourhood of cells: one looked at, two refused, one to confirm; the narrow screen keeps B, D, E and F."""
    lines = (
        (4, ("Code UAI", "Établissement", "Diplômés", "Salaire médian", "Hors primes", "Réponse")),
        (46, ("0590XX4", "Polytech Côte-Fauve", "305", "38200", "36000", "#N/A")),
        (47, ("0300XX2", "Mines de Sauvagnac", "241", "52300", "39900", "83,4")),
        (48, ("0690XX9", "Chimie Belerive", "96", "40100", "", "104,2")),
    )
    said = {(46, "F"): ("err", "erreur"), (48, "F"): ("err", "dépasse 100 %"), (48, "B"): ("sus", "nom proche")}
    rows = []
    for line, texts in lines:
        cells = []
        for letter, text in zip("ABCDEF", texts, strict=True):
            status, says = said.get((line, letter), ("", ""))
            on = (line, letter) == (47, "D")
            cells.append(
                {"text": text, "on": on, "status": status, "says": says, "left": letter in "AB", "far": letter in "AC"}
            )
        rows.append({"number": line, "on": line == 47, "head": line == 4, "cells": cells})
    return {
        "columns": [{"letter": letter, "on": letter == "D", "far": letter in "AC"} for letter in "ABCDEF"],
        "rows": rows,
    }


def _events() -> list[dict[str, object]]:
    at = datetime(2023, 1, 12, 15, 20, tzinfo=UTC)
    return [
        {"at": at, "what": "Valeur approuvée", "who": "Lise Ferrand", "detail": "52 300 €, cellule D47"},
        {"at": at, "what": "Valeur rejetée", "who": "Lise Ferrand", "quote": "La colonne E donne 39 900."},
        {"at": at, "what": "Fichier importé", "who": "Hugo Navarre", "digest": "sha256 7f3a09c1" + "d4" * 28},
    ]


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component, drawn. Touches no data."""
    spread = [Decimal(31) + Decimal(i * 37 % 97) / 10 + Decimal(i) / 20 for i in range(120)]
    context = {
        "tokens": TOKENS,
        "families": _FAMILIES,
        "rows": _ranking_rows(),
        "sheet": _sheet(),
        "events": _events(),
        "spread": spread,
        "ranks": (16, 44, 72, 130),
        "empty_form": SampleForm(auto_id="libre_%s"),
        "bad_form": SampleForm({"value": "140", "kind": "zz", "way": "a"}, auto_id="faux_%s"),
        "page_obj": Paginator(range(480), 50).get_page(3),
        "steps": [_("Fichier"), _("Colonnes"), _("Écoles"), _("Aperçu"), _("Enregistrement")],
        "counts": [
            {"n": 5, "label": "à traiter", "url": "#counts", "current": True},
            {"n": 1604, "label": "nouvelles", "url": "#counts"},
            {"n": 31, "label": "modifiées", "url": "#counts"},
            {"n": 318, "label": "inchangées", "url": "#counts"},
        ],
        "chips": [{"label": "Après une prépa", "url": "#chips"}, {"label": "Publique", "url": "#chips"}],
        "crumbs": [("Palmarès 2023", "#ranking"), ("Régions", "#regions")],
        "edition_line": [
            {"strong": "Édition 2023", "text": "publiée le 9 février 2023"},
            {"text": "169 écoles, 5 inclassables"},
            {"kind": "vu", "text": "8 214 valeurs vues sur 8 214"},
            {"text": "Version 3, une correction", "url": "#edition"},
        ],
        "desk_nav": [
            {"label": "Vérification", "url": "#verification", "current": True},
            {"label": "Imports", "url": "#import"},
            {"label": "Journal", "url": "#trail"},
        ],
        "desk_role": "vérificatrice",
    }
    return render(request, "styleguide.html", context)
