"""What the tests of the desks share: somebody at her desk, and what she reads there."""

import html
import re
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from editorial.models import User
from tests.people import Cast, cast


def at_desk(user: User) -> Client:
    """A browser in which this person is logged in."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


class Read(str):
    """What is read on a page; looked into whatever the kind of space, so that a test may write either."""

    def __contains__(self, part: object) -> bool:
        return super().__contains__(" ".join(str(part).split()))


def words(response: HttpResponse) -> Read:
    """The page as it is read: no tags, entities and unbreakable spaces made plain."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return Read(" ".join(html.unescape(text).split()))


def people() -> Cast:
    """The cast."""
    return cast()


def said(response: HttpResponse) -> Any:
    """The context of the page, as its view made it."""
    return response.context  # type: ignore[attr-defined]
