"""The API keeps the promises of its description, whatever is asked of it: every check of schemathesis, in process."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis import Case, Config
from schemathesis.specs.openapi import checks

from palmares.public.api.base import Throttle
from palmares.wsgi import application
from tests import factories
from tests.scenes import scene

pytestmark = pytest.mark.django_db
# The same questions every time, so that a failure is one of the change being tried.
GIVEN = settings(
    max_examples=20, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
DESCRIPTION = "/api/v1/schema/"
# Addresses that answer, so that queries are tried where they matter.
KNOWN = {"ranking": "ecoles-ingenieurs", "year": 2026, "number": 1, "slug": "ecole-des-mines-de-brezac"}
ARTICLE = "l-ecole-des-mines-de-brezac-au-palmares"


def known_addresses() -> Config:
    """The parts of an address that are given, not drawn."""
    said = {f"path.{name}": value for name, value in KNOWN.items()}
    article = {"include-operation-id": "article", "parameters": {"path.slug": ARTICLE}}
    return Config.from_dict({"parameters": said, "operations": [article]})


# The description depends on the code alone: it is read before there is any base.
any_address = schemathesis.openapi.from_wsgi(DESCRIPTION, application)
addresses_that_exist = schemathesis.openapi.from_wsgi(DESCRIPTION, application, config=known_addresses())


@pytest.fixture(autouse=True)
def _no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Throttle, "get_rate", lambda self: None)


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The application ends each request by closing connections past their age; the test's own must outlive it."""
    ends = (request_started, request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield
    for end in ends:
        end.connect(close_old_connections)


@scene(factories.approved_article)
@any_address.parametrize()
@GIVEN
def test_any_address_is_answered_as_described(case: Case) -> None:
    case.call_and_validate()


# The parts of an address being given, a case meant to be wrong there is right; and the choices of a filter are those of
# the edition, which the description does not hold, so that a text it allows can be refused.
NOT_ASKED = [checks.negative_data_rejection, checks.positive_data_acceptance]


@scene(factories.approved_article)
@addresses_that_exist.parametrize()
@GIVEN
def test_any_query_is_answered_as_described(case: Case) -> None:
    case.call_and_validate(excluded_checks=NOT_ASKED)
