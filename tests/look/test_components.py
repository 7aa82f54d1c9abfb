"""Components and filters, rendered by the real template engine."""

from datetime import UTC, datetime
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import engines
from django.utils import translation
from django.utils.safestring import mark_safe

from palmares.templatetags.palmares_charts import bar_geometry, interval_geometry, strip_geometry
from schools.typography import NBSP, NNBSP


def render(source: str, **context: object) -> str:
    """The text of a template, spaces at its ends left out."""
    return engines["django"].from_string("{% load palmares_text %}" + source).render(context).strip()


def component(name: str, **context: object) -> str:
    return render(f'{{% include "components/{name}.html" %}}', **context)


def words(html: str) -> str:
    """What is read of an HTML text, spaces drawn together."""
    pieces: list[str] = []
    parser = HTMLParser()
    parser.handle_data = pieces.append  # type: ignore[method-assign]
    parser.feed(html)
    return " ".join(" ".join(pieces).split())


def test_filters_follow_the_language_of_the_page() -> None:
    source = '{{ n|ordinal }} {{ "41200.5"|number:1 }} {% value_with_unit "41200" "euros" 0 %} {{ "Oui !"|french }}'
    assert render(source, n=16) == f"16<sup>e</sup> 41{NNBSP}200,5 41{NNBSP}200{NBSP}€ Oui{NNBSP}!"
    with translation.override("en"):
        assert render(source, n=16) == "16<sup>th</sup> 41,200.5 €41,200 Oui !"


def test_french_filter_escapes_what_was_not_safe() -> None:
    assert render("{{ text|french }}", text="<script> !") == f"&lt;script&gt;{NNBSP}!"
    assert render("{{ text|french }}", text=mark_safe("<b>a</b> !")) == f"<b>a</b>{NNBSP}!"


@pytest.mark.parametrize(
    "filtered",
    [
        *("n|ordinal", "n|ordinal_text", "n|rank_words", "n|rank_text", "n|number", "n|signed", "n|percent"),
        *("n|date_words", "n|instant_words", "n|clock_words", "n|instant_iso"),
    ],
)
def test_filters_say_nothing_of_nothing(filtered: str) -> None:
    assert render("{{ " + filtered + " }}", n=None) == ""


def test_filters_of_instants() -> None:
    at = datetime(2023, 1, 12, 15, 20, tzinfo=UTC)
    assert render("{{ at|instant_iso }}", at=at) == "2023-01-12T16:20:00+01:00"
    assert render("{{ at|instant_words:'long' }}", at=at) == f"12{NBSP}janvier 2023 à 16{NBSP}h{NBSP}20"


def test_rank_says_the_tie_and_how_many() -> None:
    assert component("rank", rank=16, tied=True, of=169) == f"16<sup>e</sup><small>ex{NBSP}aequo sur 169</small>"
    assert component("rank", rank=1, tied=False) == "1<sup>re</sup>"
    assert words(component("rank", rank=None)) == "non classée"


@pytest.mark.parametrize(
    ("places", "said"),
    [(11, "gagne 11 places"), (1, "gagne 1 place"), (-3, "perd 3 places"), (0, "= stable"), (None, "nouvelle")],
)
def test_move_is_said_in_words(places: int | None, said: str) -> None:
    assert words(component("move", places=places)) == said


@pytest.mark.parametrize("kind", ["vu", "warn", "no", "wait", "off"])
def test_stamp_has_a_shape_and_a_word(kind: str) -> None:
    html = component("stamp", kind=kind, text="Mot & <b>")
    assert "<svg" in html
    assert "Mot &amp; &lt;b&gt;" in html


def test_bar_geometry_stays_on_its_track() -> None:
    assert bar_geometry("25", 30, "17") == {"width": "83.3", "median": "56.7"}
    assert bar_geometry("140", 100) == {"width": "100.0", "median": ""}
    assert bar_geometry("-1", 100)["width"] == "0.0"
    assert bar_geometry(None, 100)["width"] == ""
    with pytest.raises(ValueError, match="above zero"):
        bar_geometry("1", 0)


def test_a_bar_has_no_decimal_comma_in_its_attributes() -> None:
    assert "h83.3v" in component("bar", value=Decimal(25), max=30, median="17")


def test_strip_geometry_puts_the_best_on_the_right() -> None:
    values = ["10", "20", "20", "30"]
    strip = strip_geometry(values, median="20", mine="30")
    assert strip == {"sticks": "M6.0 6.5v13.5M100.0 6.5v13.5M194.0 6.5v13.5", "median": "100.0", "mine": "194.0"}
    assert strip_geometry(values, mine="30", lower_is_better=True)["mine"] == "6.0"
    assert strip_geometry(["5", "5"], mine="5")["mine"] == "100.0"
    assert component("strip", values=[]) == ""


def test_interval_geometry() -> None:
    assert interval_geometry(12, 16, 21, 41) == {"start": "27.5", "at": "37.5", "end": "50.0"}
    assert interval_geometry(1, 1, 1, 41)["end"] == "1.0"
    with pytest.raises(ValueError, match="out of order"):
        interval_geometry(5, 4, 6, 10)


class Sample(forms.Form):
    value = forms.DecimalField(label="Valeur", help_text="En pour cent.", max_value=100)
    kind = forms.ChoiceField(label="Genre", choices=[("a", "A")], widget=forms.RadioSelect, required=False)


def test_form_field_ties_help_and_errors_to_the_control() -> None:
    html = component("form_field", field=Sample({"value": "140"})["value"])
    assert 'aria-describedby="id_value_helptext id_value_error"' in html
    assert 'id="id_value_helptext"' in html
    assert 'id="id_value_error"' in html
    assert 'aria-invalid="true"' in html


def test_form_field_of_choices_is_a_fieldset_with_its_legend() -> None:
    html = component("form_field", field=Sample()["kind"])
    assert "<legend>Genre" in html
    assert "(facultatif)" in html


def test_errors_summary_links_each_field() -> None:
    assert '<a href="#id_value">Valeur</a>' in component("errors_summary", form=Sample({"value": "140"}))
    assert component("errors_summary", form=Sample({"value": "14"})) == ""


def test_pagination_keeps_the_filters() -> None:
    page = Paginator(range(480), 50).get_page(3)
    html = component("pagination", page_obj=page, query=QueryDict("region=Bretagne&region=Corse&page=9"))
    assert 'href="?region=Bretagne&amp;region=Corse&amp;page=4"' in html
    assert words(html).endswith("101 à 150 sur 480")
    assert component("pagination", page_obj=Paginator(range(10), 50).get_page(1)) == ""


def test_sheet_extract_says_what_is_marked() -> None:
    cells = [{"text": "#N/A", "status": "err", "says": "erreur"}, {"text": "52300", "on": True}, {"text": ""}]
    html = component(
        "sheet_extract", title="Voisinage", columns=[{"letter": "D"}], rows=[{"number": 47, "cells": cells}]
    )
    assert words(html) == "Voisinage D 47 #N/A erreur la cellule regardée, 52300 vide"


def test_a_refused_action_keeps_its_reason_and_sends_nothing() -> None:
    refused = component("action", id="a", label="Approuver", url="/x", reason="Vous l’avez saisie.")
    assert 'aria-disabled="true" aria-describedby="a-why"' in refused
    assert "<form" not in refused
    allowed = component("action", id="a", label="Approuver", url="/x", key="A", hidden=[("version", 3)])
    assert '<form method="post" action="/x">' in allowed
    assert '<input type="hidden" name="version" value="3">' in allowed
    assert 'data-key="A"' in allowed


def test_timeline_tells_when_who_and_what() -> None:
    event = {"at": datetime(2023, 1, 12, 15, 20, tzinfo=UTC), "what": "Approuvée", "who": "Lise"}
    assert words(component("timeline", events=[event])) == "12 janv. 2023 à 16 h 20 Approuvée , Lise"
    assert words(component("timeline", events=[])) == "Rien au journal."
