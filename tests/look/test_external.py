"""A link out of the site opens a page of the web and nothing else, and says that it leaves."""

import pytest
from django.template.loader import render_to_string

from palmares.templatetags.palmares_page import web_address
from palmares.templatetags.palmares_public import raised_svg


@pytest.mark.parametrize(
    "address",
    ["", None, "javascript:alert(1)", "data:text/html,x", "ftp://ecole.example/", "//ecole.example/", "ecole.example",
     "https://", "http://[::1", "https://palmares.example@ecole.example/", "\njavascript:alert(1)"],
)  # fmt: skip
def test_what_is_no_page_of_the_web_is_no_link(address: str | None) -> None:
    assert web_address(address) is None
    shown = render_to_string("components/external.html", {"url": address, "text": "École"})
    assert "<a " not in shown
    assert "École" in shown


def test_link_out_is_named_by_its_host_and_says_that_it_leaves() -> None:
    shown = render_to_string("components/external.html", {"url": 'https://www.ecole.example/?a="b&c'})
    assert 'href="https://www.ecole.example/?a=&quot;b&amp;c"' in shown
    assert 'rel="external noopener"' in shown
    assert ">ecole.example<" in shown
    assert "(autre site)" in shown


def test_letters_of_a_place_are_raised_in_a_drawing_and_the_line_comes_back() -> None:
    assert raised_svg("16e ex aequo") == (
        '16<tspan class="sup" dy="-0.5em">e</tspan><tspan dy="0.325em"> ex aequo</tspan>'
    )
    assert raised_svg("1re") == '1<tspan class="sup" dy="-0.5em">re</tspan>'
    assert raised_svg("<b>") == "&lt;b&gt;"
