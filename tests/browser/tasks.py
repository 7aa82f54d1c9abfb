"""What a browser test has done on a base without a browser: a process that does tasks (`tests.race.steady`)."""

from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import Group  # noqa: E402
from django.utils import timezone  # noqa: E402

from editorial.actions import indicators, values  # noqa: E402
from editorial.demo.catalogue import definitions_in  # noqa: E402
from editorial.roles import DATA_CELL  # noqa: E402
from schools.models import ValueRevision  # noqa: E402
from tests.browser.exhibits import exhibit  # noqa: E402
from tests.people import cast  # noqa: E402
from tests.race import steady  # noqa: E402
from tests.race.runner import migrate  # noqa: E402
from tests.small import demonstration as small  # noqa: E402

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def hire() -> None:
    """The cast, and what there is to measure."""
    for definition in definitions_in(small.INDICATORS):
        indicators.define_indicator(by=cast().hugo, at=timezone.now(), definition=definition)


def two_roles(name: str) -> None:
    """Give a person the role of the data cell besides her own."""
    getattr(cast(), name).groups.add(Group.objects.get(name=DATA_CELL))


def approve_rest() -> int:
    """Véra approves all that waits and that she may decide; gives how many.

    The desk approves one value at a time, on purpose: two hundred of them would take a browser minutes.
    """
    waiting = ValueRevision.objects.decidable_by(cast().vera.pk).order_by("pk")
    seen = [values.Seen(revision, revision.version) for revision in waiting]
    return values.approve_values(by=cast().vera, at=timezone.now(), seen=seen)


TASKS: dict[str, Callable[..., Any]] = {
    "hire": hire,
    "two_roles": two_roles,
    "approve_rest": approve_rest,
    "exhibit": exhibit,
    "migrate": migrate,
}

if __name__ == "__main__":
    steady.serve(TASKS)
