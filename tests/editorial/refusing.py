"""How the tests ask that a refusal is said, and that nothing at all was written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps

from editorial.exceptions import Refused
from editorial.models import AuditEvent

OURS = ("schools", "rankings", "editorial")


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of ours."""
    models = [model for label in OURS for model in apps.get_app_config(label).get_models(include_auto_created=True)]
    return {m._meta.label: sorted(m._default_manager.values_list(), key=repr) for m in models}


@contextmanager
def nothing_written() -> Iterator[None]:
    before = everything()
    yield
    assert everything() == before


def refusal(action: Callable[..., Any], *, kind: type[Refused] = Refused, **said: Any) -> str:
    """The reason of this very kind with which the action refuses; not a row has moved."""
    with nothing_written(), pytest.raises(Refused) as caught:
        action(**said)
    assert type(caught.value) is kind
    assert caught.value.reason
    return caught.value.reason


def last_event() -> AuditEvent:
    return AuditEvent.objects.order_by("-number")[0]
