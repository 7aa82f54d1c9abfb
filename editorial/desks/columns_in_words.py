"""The columns of a row as the trail names them, in words."""

from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _


def _field(kind: str, name: str) -> "models.Field[Any, Any] | None":
    """The column of this name of this kind of row; None when it is of another time, or no column of ours."""
    try:
        found = apps.get_model(kind)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None
    return found if isinstance(found, models.Field) else None


def column_words(kind: str, name: str) -> str:
    """What a column is called; its own name when it is of another time."""
    field = _field(kind, name)
    return str(field.verbose_name) if field else name


def text_words(kind: str, name: str, value: Any) -> str:
    """What a column holds; empty for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    field = _field(kind, name)
    return str(dict(field.flatchoices).get(value, value)) if field else str(value)
