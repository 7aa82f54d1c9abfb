"""Rules that every template and style sheet keeps: nothing inline, readable colours, bases that stand alone."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.template import loader
from django.test import RequestFactory

from palmares.styleguide import TOKENS, styleguide

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "palmares/static/palmares/css"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
BASES = ["base_public.html", "base_desk.html", "400.html", "403.html", "404.html", "429.html", "500.html"]
# Text colour, what it lies on, the least ratio: 4.5 for text, 3 for edges and drawings (WCAG 1.4.3, 1.4.11).
CONTRASTS = [
    *[(ink, ground, "4.5") for ink in ("ink", "ink-2", "violet") for ground in ("paper", "sheet", "violet-wash")],
    *[(sign, ground, "4.5") for sign in ("vu", "warn", "no") for ground in ("paper", "sheet", "violet-wash")],
    *[(sign, f"{sign}-wash", "4.5") for sign in ("vu", "warn", "no")],
    ("sheet", "violet", "4.5"),
    ("sheet", "vu", "4.5"),
    ("on-marker", "marker", "4.5"),
    ("on-desk", "desk", "4.5"),
    ("on-desk-2", "desk", "4.5"),
    *[(edge, ground, "3") for edge in ("rule-2", "margin") for ground in ("paper", "sheet")],
    ("bar", "bar-track", "3"),
    *[(series, "sheet", "3") for series in ("d1", "d2", "d3", "d4")],
]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_templates_hold_nothing_inline(path: Path) -> None:
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("path", sorted(CSS.glob("*.css")), ids=lambda path: path.name)
def test_sheets_stay_short_and_at_home(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    assert text.count("{") == text.count("}")
    for address in re.findall(r"url\(\"?([^\")]+)", text):
        assert (path.parent / address).is_file()


def test_every_variable_used_is_defined() -> None:
    sheets = "".join(path.read_text(encoding="utf-8") for path in CSS.glob("*.css"))
    used, defined = set(re.findall(r"var\(--([\w-]+)", sheets)), set(re.findall(r"--([\w-]+):", sheets))
    assert used - defined == set()
    assert set(TOKENS) <= defined


def _palettes() -> dict[str, dict[str, str]]:
    """Scheme → token → colour, as the sheet gives them to a browser with light-dark()."""
    text = (CSS / "tokens.css").read_text(encoding="utf-8")
    light = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", text))
    pairs = re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{3,6}), (#[0-9a-f]{3,6})\);", text)
    assert {name: day for name, day, _night in pairs}.items() <= light.items(), "the fallback is another light page"
    return {"light": light, "dark": light | {name: night for name, _day, night in pairs}}


def _luminance(colour: str) -> Decimal:
    """Relative luminance of a colour, as WCAG 2.2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(sign * 2 for sign in colour[1:])
    total = Decimal(0)
    for start, share in ((0, "0.2126"), (2, "0.7152"), (4, "0.0722")):
        channel = Decimal(int(digits[start : start + 2], 16)) / 255
        linear = channel / Decimal("12.92")
        if channel > Decimal("0.04045"):
            linear = ((channel + Decimal("0.055")) / Decimal("1.055")) ** Decimal("2.4")
        total += Decimal(share) * linear
    return total


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), CONTRASTS)
def test_colours_can_be_read(scheme: str, ink: str, ground: str, least: str) -> None:
    palette = _palettes()[scheme]
    one, other = sorted((_luminance(palette[ink]), _luminance(palette[ground])))
    assert (other + Decimal("0.05")) / (one + Decimal("0.05")) >= Decimal(least)


@pytest.mark.parametrize("name", BASES)
def test_bases_stand_without_any_context(name: str) -> None:
    html = loader.render_to_string(name)
    assert html.count("<main") == 1
    assert 'href="#main"' in html
    assert 'lang="fr"' in html


def test_public_base_says_the_edition_and_the_other_language() -> None:
    html = loader.render_to_string(
        "base_public.html",
        {
            "edition_line": [{"strong": "Édition 2023", "text": "publiée"}, {"kind": "vu", "text": "tout est vu"}],
            "alternates": [("fr", "/x"), ("en", "/en/x")],
            "languages": [("fr", "/x?q=1"), ("en", "/en/x?q=1")],
            "theme": "dark",
        },
    )
    assert "<b>Édition 2023</b>, publiée" in html
    assert '<link rel="alternate" hreflang="en" href="/en/x">' in html
    assert 'lang="en" hreflang="en">English</a>' in html
    assert 'data-theme="dark"' in html


def test_desk_base_shows_the_person_and_a_logout_by_post() -> None:
    class Person:
        is_authenticated = True
        display_name = "Lise Ferrand"

    nav = [{"label": "Vérification", "url": "/v", "current": True}]
    html = loader.render_to_string("base_desk.html", {"user": Person(), "desk_role": "vérificatrice", "desk_nav": nav})
    assert "<b>Lise Ferrand</b>, vérificatrice" in html
    assert '<form method="post" action="/redaction/deconnexion/">' in html
    assert '<a href="/v" aria-current="page">Vérification</a>' in html
    assert 'aria-live="polite"' in html


def test_the_style_guide_draws_every_component() -> None:
    used = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").glob("styleguide*/*.html"))
    used += (ROOT / "templates/styleguide.html").read_text(encoding="utf-8")
    used += "".join(
        (ROOT / f"templates/components/{name}.html").read_text() for name in ("stamp", "form_field", "pagination")
    )
    used += (ROOT / "templates/base_desk.html").read_text() + (ROOT / "templates/base_public.html").read_text()
    missing = [p.stem for p in (ROOT / "templates/components").glob("*.html") if f"components/{p.name}" not in used]
    assert missing == []
    html = styleguide(RequestFactory().get("/redaction/charte/")).content.decode()
    assert html.count('class="rank"') >= 7
