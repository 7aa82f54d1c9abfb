"""Every page of Django's admin in a real browser."""

import re

import pytest

from tests.browser.looking import Lookers, assert_well_made
from tests.browser.pages import Shown, admin_forms, admin_pages

pytestmark = pytest.mark.browser
# A nonce, a token, and the address of the page itself.
OF_ONE_ANSWER = re.compile(r'(nonce|value|csrf-token|content)="[^"]{30,}"')


@pytest.mark.parametrize("page", admin_pages(), ids=str)
def test_page_is_accessible_fits_and_is_quiet(lookers: Lookers, page: Shown) -> None:
    assert_well_made(lookers.look(page))


def test_forms_to_add_are_accessible_and_the_refused_ones_are_one_page(
    lookers: Lookers, subtests: pytest.Subtests
) -> None:
    refused: dict[str, Shown] = {}
    for page in admin_forms():
        with subtests.test(str(page)):
            answer = lookers.sit(page.who, page.lang).context.request.get(page.address(lookers.parts))
            assert answer.status in page.status
            if answer.status == 403:
                refused[OF_ONE_ANSWER.sub("", answer.text())] = page
            else:
                assert_well_made(lookers.look(page))
    assert refused
    # Word for word the same page: one look at it is a look at all of them.
    for page in refused.values():
        assert_well_made(lookers.look(page))
