"""Preparing an edition, computing it, signing it, sealing it with its instant, taking it back."""

from editorial.actions.editions.computing import STOPPING, compute_release, computed
from editorial.actions.editions.opening import Texts, file_method, open_edition, open_ranking
from editorial.actions.editions.preparing import (
    LeftOut,
    change_edition,
    choose_method,
    set_columns,
    set_perimeter,
    write_texts,
)
from editorial.actions.editions.releasing import seal_release, sign_release, withdraw_release

__all__ = [
    "STOPPING",
    "LeftOut",
    "Texts",
    "change_edition",
    "choose_method",
    "compute_release",
    "computed",
    "file_method",
    "open_edition",
    "open_ranking",
    "seal_release",
    "set_columns",
    "set_perimeter",
    "sign_release",
    "withdraw_release",
    "write_texts",
]
