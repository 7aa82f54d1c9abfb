"""The people of the demonstration, one or more a role. Their password is known to all: production refuses them."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from editorial.models import User
from editorial.models.user import DEMO_DOMAIN
from editorial.roles import DATA_CELL, EDITOR_IN_CHIEF, JOURNALIST, VERIFIER

PASSWORD = "palmares-demo"  # noqa: S105 — it is meant to be known


@dataclass(frozen=True)
class Person:
    """An account of the demonstration."""

    login: str
    first_name: str
    last_name: str
    role: str


CAST = (
    Person("hugo", "Hugo", "Navarre", DATA_CELL),
    Person("nadia", "Nadia", "Kessel", DATA_CELL),
    Person("lise", "Lise", "Ferrand", VERIFIER),
    Person("vera", "Véra", "Coste", VERIFIER),
    Person("jean", "Jean", "Rivoire", JOURNALIST),
    Person("claire", "Claire", "Aubin", EDITOR_IN_CHIEF),
    Person("marc", "Marc", "Delaunay", EDITOR_IN_CHIEF),
)


def hire() -> dict[str, User]:
    """The cast by login, created when missing; staff, so that Django's admin opens to them too."""
    people = {}
    # Hashing is slow on purpose: once for all of them.
    hashed = make_password(PASSWORD)
    for person in CAST:
        user, _created = User.objects.get_or_create(
            username=person.login,
            defaults={
                "first_name": person.first_name,
                "last_name": person.last_name,
                "email": f"{person.login}{DEMO_DOMAIN}",
                "is_staff": True,
                "password": hashed,
            },
        )
        user.groups.set([Group.objects.get(name=person.role)])
        people[person.login] = user
    return people
