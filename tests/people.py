"""The cast: who works in the newsroom of the tests, and what each may do.

Hugo enters, Lise and Vera verify, Jean writes, Claire and Marc are editors in chief (two, so that one can sign what
the other seals), Paul has an account and no role, Alice administers the site and is above no rule.
"""

from dataclasses import dataclass, fields
from functools import cache

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from editorial.models import User
from editorial.roles import DATA_CELL, EDITOR_IN_CHIEF, JOURNALIST, VERIFIER

PASSWORD = "mot de passe des essais"

_NAMES = {
    "hugo": ("Hugo", "Ferrand", DATA_CELL),
    "nadia": ("Nadia", "Kessel", DATA_CELL),
    "lise": ("Lise", "Aubry", VERIFIER),
    "vera": ("Vera", "Moulin", VERIFIER),
    "jean": ("Jean", "Castel", JOURNALIST),
    "claire": ("Claire", "Vasseur", EDITOR_IN_CHIEF),
    "marc": ("Marc", "Delorme", EDITOR_IN_CHIEF),
    "paul": ("Paul", "Sansrole", ""),
    "alice": ("Alice", "Roche", ""),
}


@dataclass(frozen=True)
class Cast:
    """Everybody. `nadia` is a second person of the data cell: two authors can disagree on one value."""

    hugo: User
    nadia: User
    lise: User
    vera: User
    jean: User
    claire: User
    marc: User
    paul: User
    alice: User


@cache
def _hashed_password() -> str:
    return make_password(PASSWORD)


def cast() -> Cast:
    """Everybody, made on the first call in a database and found again on the next ones."""
    known = {user.username: user for user in User.objects.filter(username__in=_NAMES)}
    return Cast(**{f.name: known.get(f.name) or _person(f.name) for f in fields(Cast)})


def _person(name: str) -> User:
    first, last, role = _NAMES[name]
    user = User.objects.create(
        username=name,
        first_name=first,
        last_name=last,
        email=f"{name}@palmares.example",
        password=_hashed_password(),
        is_staff=name != "paul",
        is_superuser=name == "alice",
    )
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def again(user: User) -> User:
    """The same person, read again: Django keeps permissions on the object it has once asked."""
    return User.objects.get(pk=user.pk)
