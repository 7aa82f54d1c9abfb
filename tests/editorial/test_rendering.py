"""From an article's Markdown to HTML: what stays out, what French asks, where the figures come from."""

import pytest

from editorial.rendering import render, tokens_of, unsayable
from rankings.facts import Facts, UnknownFact
from tests.rankings.handmade import facts_of


@pytest.fixture
def facts() -> Facts:
    return facts_of(1, 2)


def html(text: str, facts: Facts, language: str = "fr") -> str:
    return render(text, facts, language).html


def test_tokens_in_order_each_once() -> None:
    assert tokens_of("[[b]] et [[ a ]] puis [[b]]") == ["b", "a"]
    assert tokens_of("[[]] [[a\nb]] [[[c]]]") == ["c"]
    assert tokens_of("[[" + "x" * 161 + "]]") == []


def test_what_cannot_be_said_comes_with_its_reason(facts: Facts) -> None:
    (refused,) = unsayable("[[rang:ecole-1]] [[rang:nulle-part]]", facts)
    assert refused.token == "rang:nulle-part"
    assert refused.reason("fr") == "Elle ne figure pas dans l’édition 2026."


def test_a_figure_is_its_fact(facts: Facts) -> None:
    rendered = render("Elle est [[rang:ecole-1]] sur [[classees]], oui [[ rang:ecole-1 ]].", facts, "fr")
    assert rendered.html == (
        '<p>Elle est <data value="rang:ecole-1">1re</data> sur <data value="classees">2</data>, '
        'oui <data value="rang:ecole-1">1re</data>.</p>\n'
    )
    assert [fact.token for fact in rendered.facts] == ["rang:ecole-1", "classees"]


def test_a_figure_in_english(facts: Facts) -> None:
    assert html("[[rang:ecole-1]], [[score:ecole-1]]", facts, "en") == (
        '<p><data value="rang:ecole-1">1st</data>, <data value="score:ecole-1">7.5</data></p>\n'
    )


def test_an_unknown_token_stops_everything(facts: Facts) -> None:
    with pytest.raises(UnknownFact) as caught:
        render("[[rang:nulle-part]]", facts, "fr")
    assert caught.value.token == "rang:nulle-part"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<iframe src='https://exemple.fr'></iframe>",
        "<style>*{display:none}</style>",
        "<div onclick='x'>",
    ],
)
def test_raw_html_is_text(facts: Facts, hostile: str) -> None:
    shown = html(f"Avant {hostile} après", facts)
    assert "&lt;" in shown
    for tag in ("<script", "<img", "<svg", "<iframe", "<style", "<div"):
        assert tag not in shown


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"]
)
def test_links_go_to_safe_addresses_only(facts: Facts, address: str) -> None:
    assert "href" not in html(f"[lien]({address})", facts)
    assert "href" not in html(f"<{address}>", facts)


@pytest.mark.parametrize("address", ["https://exemple.fr/a", "http://exemple.fr", "mailto:a@exemple.fr", "/articles/"])
def test_good_links_stay(facts: Facts, address: str) -> None:
    assert f'href="{address}"' in html(f"[lien]({address})", facts)


def test_links_carry_no_opener(facts: Facts) -> None:
    assert 'rel="noopener noreferrer"' in html("[lien](https://exemple.fr)", facts)


def test_french_typography_leaves_tokens_and_addresses_alone(facts: Facts) -> None:
    shown = html("Voici : l'école « [[rang:ecole-1]] » ! Voir [x](https://exemple.fr/?a=b;c).", facts)
    assert "Voici&nbsp;: l’école «&nbsp;<data" in shown
    assert "</data>&nbsp;»\u202f!" in shown
    assert 'href="https://exemple.fr/?a=b;c"' in shown


def test_english_is_left_as_typed(facts: Facts) -> None:
    assert html("It's here: yes!", facts, "en") == "<p>It's here: yes!</p>\n"


def test_markdown_of_the_newsroom(facts: Facts) -> None:
    shown = html("## Titre\n\n- un\n- **deux**\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", facts)
    for tag in ("<h2>Titre</h2>", "<li>un</li>", "<strong>deux</strong>", "<table>", "<td>1</td>"):
        assert tag in shown


def test_the_marks_of_a_table_are_not_taken_for_french(facts: Facts) -> None:
    assert "<th>b</th>" in html("a | b\n--|--:\n1 | 2\n", facts)


def test_pictures_are_left_out(facts: Facts) -> None:
    assert "<img" not in html("![x](https://exemple.fr/x.png)", facts)


def test_a_token_in_a_link_or_a_code_breaks_nothing(facts: Facts) -> None:
    shown = html('[a](https://exemple.fr/[[rang:ecole-1]] "[[classees]]") `[[classees]]`', facts)
    assert "<script" not in shown
    assert shown.count("<p>") == 1
    assert '"<data' not in shown


def test_template_code_is_inert(facts: Facts) -> None:
    assert "{{ settings.SECRET_KEY }}" in html("{{ settings.SECRET_KEY }} {% load x %}", facts)
