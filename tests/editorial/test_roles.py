"""What each role may do, as the database has it after a migrate."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from editorial import roles
from tests.people import Cast

pytestmark = pytest.mark.django_db


def names(group: Group) -> set[str]:
    return {f"{app}.{code}" for app, code in group.permissions.values_list("content_type__app_label", "codename")}


def test_every_role_has_exactly_its_permissions() -> None:
    assert {group.name: names(group) for group in Group.objects.all()} == {
        role: set(permissions) for role, permissions in roles.PERMISSIONS.items()
    }


def test_a_migrate_gives_back_what_was_taken_and_takes_what_was_added() -> None:
    group = Group.objects.get(name=roles.VERIFIER)
    group.permissions.remove(Permission.objects.get(codename="verify_value"))
    group.permissions.add(Permission.objects.get(codename="seal_release"))
    call_command("migrate", verbosity=0)
    assert names(group) == set(roles.PERMISSIONS[roles.VERIFIER])


def test_a_lost_role_comes_back() -> None:
    Group.objects.all().delete()
    roles.synchronise_roles()
    assert set(Group.objects.values_list("name", flat=True)) == set(roles.LABELS)


def test_nobody_both_enters_and_verifies() -> None:
    for permissions in roles.PERMISSIONS.values():
        assert not {"schools.enter_value", "schools.verify_value"} <= set(permissions)


def test_roles_of_a_person(people: Cast) -> None:
    assert roles.roles_of(people.lise) == ["vérificatrice"]
    assert roles.roles_of(people.paul) == []
    people.lise.groups.add(Group.objects.get(name=roles.DATA_CELL))
    assert roles.roles_of(people.lise) == ["cellule data", "vérificatrice"]
