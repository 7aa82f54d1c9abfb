"""French typography of running text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.typography import APOSTROPHE, NBSP, NNBSP, french, typeset

# Signs, spaces and openings in every order: what a hurried hand and a spreadsheet leave behind.
MESSY = st.lists(
    st.sampled_from(
        [
            *"abé1 09;!?:%€‰«»'’\"()[]<>&/\\.,…\n\t=-",
            NBSP,
            NNBSP,
            "\u2009",
            "&nbsp;",
            "&#39;",
            "https://a.fr/?q=1",
            "<b>",
            "</b>",
        ]
    ),
    max_size=30,
).map("".join)


@pytest.mark.parametrize(
    ("written", "set_in_french"),
    [
        ("Rien n'est écrit!", f"Rien n{APOSTROPHE}est écrit{NNBSP}!"),
        ("Pourquoi ?", f"Pourquoi{NNBSP}?"),
        ("Vraiment?!", f"Vraiment{NNBSP}?!"),
        ("un ; deux : trois", f"un{NNBSP}; deux{NBSP}: trois"),
        ("38,4% et 41 200€", f"38,4{NBSP}% et 41 200{NBSP}€"),
        ("l'« Emploi »", f"l{APOSTROPHE}«{NBSP}Emploi{NBSP}»"),
        ("«Emploi» ou «   Emploi   »", f"«{NBSP}Emploi{NBSP}» ou «{NBSP}Emploi{NBSP}»"),
        ("« Quoi ? » dit-elle", f"«{NBSP}Quoi{NNBSP}?{NBSP}» dit-elle"),
        (f"déjà{NBSP}! fait{NNBSP}: bien", f"déjà{NNBSP}! fait{NBSP}: bien"),
        ("<b>Fait</b> !", f"<b>Fait</b>{NNBSP}!"),
        ("L'École d'Armor, aujourd'hui", f"L{APOSTROPHE}École d{APOSTROPHE}Armor, aujourd{APOSTROPHE}hui"),
    ],
)
def test_french_sets(written: str, set_in_french: str) -> None:
    assert french(written) == set_in_french


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://exemple.fr/classement?annee=2023&tri=points;x:y!",
        "Voir www.exemple.fr/a?b=1:2 pour la suite",
        "à 16:20",
        "?annee=2023",
        "une &eacute;cole &#233; &#xE9;",
        "(?) [!]",
        '<a href="/x?y=1" title="a : b ; c">lien</a>',
        "<!-- a : b ! -->",
        "5' de pause",
        "%(nom)s",
        "\n! une liste",
    ],
)
def test_french_leaves_alone(text: str) -> None:
    assert french(text) == text


@given(MESSY)
def test_french_twice_is_once(text: str) -> None:
    once = french(text)
    assert french(once) == once


@given(MESSY)
def test_french_changes_spaces_and_apostrophes_only(text: str) -> None:
    def letters(of: str) -> str:
        return "".join(sign for sign in of.replace("'", APOSTROPHE) if sign not in f" {NBSP}{NNBSP}\u2009")

    assert letters(french(text)) == letters(text)


@pytest.mark.parametrize(
    ("lang", "result"), [("fr", f"Oui{NNBSP}!"), ("fr-FR", f"Oui{NNBSP}!"), (None, f"Oui{NNBSP}!")]
)
def test_typeset_in_french(lang: str | None, result: str) -> None:
    assert typeset("Oui !", lang) == result


def test_typeset_leaves_english_alone() -> None:
    assert typeset("Who's first? 38.4%!", "en-gb") == "Who's first? 38.4%!"
