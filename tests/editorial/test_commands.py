"""The commands: the demonstration, an import from the shell, the checks of trail, seals and digests."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from editorial import triggers
from editorial.demo.cast import PASSWORD
from editorial.models import User
from rankings.models import Release
from schools.models import ImportBatch, Unit, ValueRevision
from tests.factories import edition, entered_value, published_release
from tests.small import demonstration as small

pytestmark = pytest.mark.django_db


def said(name: str, *args: object, **options: object) -> str:
    out = StringIO()
    call_command(name, *args, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_the_demonstration_wants_an_empty_base_and_no_production(people: object, settings: LazySettings) -> None:
    entered_value()
    with pytest.raises(CommandError, match="already holds values"):
        said("demo_data")
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="never in production"):
        said("demo_data")
    assert not Release.objects.exists()


def test_accounts_of_the_demonstration_are_refused_in_production(client: Client, settings: LazySettings) -> None:
    person = User.objects.create_user("hugo", "hugo@demo.invalid", PASSWORD)
    client.force_login(person, backend="editorial.backends.NewsroomBackend")
    assert client.get(reverse("desk:home")).status_code == 200
    settings.PRODUCTION = True
    # The session that was open before is refused too.
    assert client.get(reverse("desk:home")).status_code == 302
    answer = client.post(reverse("login"), {"username": "hugo", "password": PASSWORD})
    assert answer.status_code == 200
    assert "sessionid" not in answer.cookies
    settings.PRODUCTION = False
    assert client.post(reverse("login"), {"username": "hugo", "password": PASSWORD}).status_code == 302


def shell_import(path: Path, *flags: str, mapping: Path = small.MAPPING_FILE) -> str:
    source = ["--title", "Formations", "--publisher", "Essai", "--licence", "Licence Ouverte 2.0"]
    return said("import_file", str(path), "--mapping", str(mapping), "--by", "hugo", *source, *flags)


@pytest.fixture
def defined(people: object) -> None:
    from editorial.actions.indicators import define_indicator
    from editorial.demo.catalogue import definitions_in

    hugo = User.objects.get(username="hugo")
    for definition in definitions_in(small.INDICATORS):
        define_indicator(by=hugo, at=timezone.now(), definition=definition)


def test_an_import_from_the_shell_is_the_desk_s(defined: None) -> None:
    printed = shell_import(small.FORMATIONS)
    assert "rien n’est enregistré" in printed
    assert not ValueRevision.objects.exists()
    with pytest.raises(CommandError, match="sont inconnues"):
        shell_import(small.FORMATIONS, "--commit")
    with pytest.raises(CommandError, match=r"refusée\(s\)"):
        shell_import(small.FORMATIONS, "--commit", "--create-unknown")
    assert not Unit.objects.exists()
    printed = shell_import(small.FORMATIONS, "--commit", "--create-unknown", "--leave-out", "faute de frappe")
    assert "131" in printed
    assert (Unit.objects.count(), ValueRevision.objects.pending().count()) == (40, 279)


def test_a_bad_file_from_the_shell_names_the_place_and_writes_nothing(defined: None, tmp_path: Path) -> None:
    short = tmp_path / "court.csv"
    short.write_text("UAI;Établissement\r\n0991001A;Vaucelles\r\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"court\.csv"):
        shell_import(short)
    with pytest.raises(CommandError, match="ne s’ouvre pas"):
        shell_import(tmp_path / "absent.csv")
    broken = tmp_path / "mapping.toml"
    broken.write_text("format = 1\n", encoding="utf-8")
    with pytest.raises(CommandError, match="key"):
        shell_import(small.FORMATIONS, mapping=broken)
    assert not ImportBatch.objects.exists()


def test_what_was_tampered_with_is_found(people: object) -> None:
    published_release(edition(5))
    triggers.uninstall()
    try:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE rankings_releaseunit SET score = '49' WHERE rank = 1")
        with pytest.raises(CommandError, match="no longer what was sealed"):
            said("check_trail")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE editorial_auditevent SET actor_name = 'personne' WHERE number = 7")
        with pytest.raises(CommandError, match="broken at event 7"):
            said("check_trail")
    finally:
        triggers.install()


def test_recompute_tells_a_base_that_moved_and_an_edition_that_is_not(people: object) -> None:
    with pytest.raises(CommandError, match="No computed edition"):
        said("recompute", "ecoles-d-ingenieurs", "2026")
