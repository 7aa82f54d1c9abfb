"""What blocks an edition, each with the page that settles it."""

from dataclasses import dataclass

from django.urls import reverse

from editorial.models import User
from rankings.blocks import Block, blocks
from rankings.models import Edition

# The part of the edition's page where each obstacle is settled.
PLACES = {"texts": "#textes", "method": "#methode", "columns": "#annees", "perimeter": "#ecoles", "places": "#places"}


@dataclass(frozen=True)
class Settled:
    """One obstacle and the address where it is settled; empty when its sentence says all there is to do."""

    block: Block
    url: str


def settled_blocks(edition: Edition, user: User) -> tuple[Settled, ...]:
    """Everything that blocks this edition, in the order to settle it. Five queries at most.

    What waits is settled in the queue by who verifies, and seen value by value by everybody else.
    """
    return tuple(Settled(block, _url(edition, block.code, user)) for block in blocks(edition))


def _url(edition: Edition, code: str, user: User) -> str:
    if code == "waiting" and user.has_perm("schools.verify_value"):
        return f"{reverse('desk:queue')}?edition={edition.pk}"
    if code == "waiting":
        return reverse("desk:edition-aside", args=[edition.pk])
    place = PLACES.get(code)
    return reverse("desk:edition", args=[edition.pk]) + place if place else ""
