"""Why a value is not there (Method § 1)."""

from enum import StrEnum


class Absence(StrEnum):
    """Why a value is not there. None of these is a zero (Method § 4).

    >>> Absence("secret") is Absence.SECRET
    True
    """

    MISSING = "missing"
    NOT_COMMUNICATED = "not_communicated"
    NOT_APPLICABLE = "not_applicable"
    SECRET = "secret"  # noqa: S105  # statistical secrecy, not a password
