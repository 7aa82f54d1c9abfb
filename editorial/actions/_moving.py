"""Changing a state: the conditional UPDATE that only one of two simultaneous deciders can win."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from editorial.exceptions import Refused, Stale
from editorial.models import User
from editorial.states import move


def refuse(reason: str | None) -> None:
    """Raise `Refused` when there is a reason."""
    if reason:
        raise Refused(reason)


def change_state(model: type[models.Model], pk: int, *, verb: str, seen_version: int, **fields: Any) -> None:
    """Move one row along the arrow of this verb, if it still is as it was seen; `Stale` otherwise. One query.

    This is the only guard against two deciders that held in every race on both databases: the row is found by its
    state and version, and the database counts how many it changed.
    """
    arrow = move(verb)
    moved = model._default_manager.filter(pk=pk, state=arrow.source, version=seen_version).update(
        state=arrow.target, version=seen_version + 1, **fields
    )
    if moved != 1:
        raise Stale(_("Quelqu’un a été plus rapide : la fiche a changé depuis que vous l’avez ouverte. Relisez-la."))


def hold(model: type[models.Model], pk: int, *, verb: str, seen_version: int) -> None:
    """Keep others from moving one row until this transaction ends, if it still is as it was seen; `Stale` otherwise.

    For what must be written beside it before it moves. One query, which changes nothing.
    """
    arrow = move(verb)
    held = model._default_manager.filter(pk=pk, state=arrow.source, version=seen_version).update(version=seen_version)
    if held != 1:
        raise Stale(_faster())


def _faster() -> str:
    return _("Quelqu’un a été plus rapide : la fiche a changé depuis que vous l’avez ouverte. Relisez-la.")


def decided(by: User, at: Any) -> dict[str, Any]:
    """The two columns of a decision, who and when, always set together."""
    return {"decided_by": by, "decided_at": at}
