"""Django's admin, as a window on the reference data: read mostly, and every write goes through an action."""

from editorial.admin import articles, people, preparing, provenance, rankings, schools, sealed, trail, values

__all__ = ["articles", "people", "preparing", "provenance", "rankings", "schools", "sealed", "trail", "values"]
