"""What a cache keeps, and when a reader is told that nothing moved."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rankings.models import Edition
from tests import factories
from tests.public.reading import API, EDITION, FILES, PAGES
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene(factories.published_release)
def test_reader_who_has_the_page_gets_304_without_body(client: Client, subtests: pytest.Subtests) -> None:
    for address in (*PAGES, *FILES, *API):
        with subtests.test(address):
            first = client.get(address)
            again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
            assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
            assert again.headers["ETag"] == first.headers["ETag"]
            assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
            assert not first.headers["ETag"].startswith("W/")


@scene(factories.published_release)
def test_304_costs_less_than_the_page(client: Client) -> None:
    with CaptureQueriesContext(connection) as whole:
        etag = client.get(EDITION).headers["ETag"]
    with CaptureQueriesContext(connection) as unchanged:
        client.get(EDITION, headers={"If-None-Match": etag})
    assert len(unchanged) == 2 < len(whole)


@scene(factories.edition, 6)
def test_etag_moves_with_language_query_address_and_release(client: Client) -> None:
    edition = Edition.objects.get()
    factories.published_release(edition)
    addresses = [EDITION, f"/en{EDITION}", f"{EDITION}?per=25", f"{EDITION}methode/"]
    first = [client.get(address).headers["ETag"] for address in addresses]
    factories.published_release(edition)
    second = [client.get(address).headers["ETag"] for address in addresses]
    assert len({*first, *second}) == 2 * len(addresses)


@scene(factories.published_release)
def test_etag_does_not_move_with_the_order_of_the_query(client: Client) -> None:
    one, other = client.get(f"{EDITION}?per=25&q=mines"), client.get(f"{EDITION}?q=mines&per=25")
    assert one.headers["ETag"] == other.headers["ETag"]


@scene(factories.published_release)
def test_reader_with_a_session_gets_a_page_no_cache_keeps(client: Client) -> None:
    from django.conf import settings

    client.cookies[settings.SESSION_COOKIE_NAME] = "anything"
    assert client.get(EDITION).headers["Cache-Control"] == "private, no-store"
