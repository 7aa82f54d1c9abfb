"""Five wrong passwords close the door to that name from that address, and to nothing else."""

import pytest
from django.urls import reverse

from palmares.lockout import client_address

PASSWORD = "une phrase assez longue"
OFFICE, ELSEWHERE = "192.0.2.1", "192.0.2.2"


@pytest.fixture
def people(db, django_user_model):
    for name in ("agathe", "bruno"):
        django_user_model.objects.create_user(name, password=PASSWORD)


def attempt(client, name, password, address=OFFICE, **headers):
    return client.post(reverse("login"), {"username": name, "password": password}, REMOTE_ADDR=address, headers=headers)


def fail(client, times, **where):
    return [attempt(client, "agathe", "wrong", **where).status_code for _ in range(times)]


@pytest.mark.usefixtures("people")
def test_the_right_password_enters(client):
    response = attempt(client, "agathe", PASSWORD)
    assert response.status_code == 302
    assert response.headers["Location"] == "/redaction/"
    assert client.session["_auth_user_id"]


@pytest.mark.usefixtures("people")
def test_the_fifth_failure_locks_and_says_how_long(client):
    assert fail(client, 5) == [200, 200, 200, 200, 429]
    response = attempt(client, "agathe", PASSWORD)
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "900"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert '<html lang="fr"' in response.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("people")
def test_a_lock_holds_neither_another_name_nor_another_address(client):
    fail(client, 5)
    assert attempt(client, "bruno", PASSWORD).status_code == 302
    assert attempt(client, "agathe", PASSWORD, address=ELSEWHERE).status_code == 302


@pytest.mark.usefixtures("people")
def test_a_success_forgets_the_failures_before_it(client):
    assert fail(client, 4) == [200] * 4
    assert attempt(client, "agathe", PASSWORD).status_code == 302
    assert fail(client, 4) == [200] * 4


@pytest.mark.usefixtures("people")
def test_a_client_cannot_choose_its_address(client):
    statuses = [
        attempt(client, "agathe", "wrong", **{"x-forwarded-for": f"198.51.100.{n}"}).status_code for n in range(5)
    ]
    assert statuses[-1] == 429


def test_the_admin_has_no_login_of_its_own(client):
    response = client.post("/redaction/admin/login/", {"username": "agathe", "password": "wrong"})
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("login"))


def test_somebody_known_without_the_right_gets_a_403_and_no_loop(client, db, django_user_model):
    client.force_login(django_user_model.objects.create_user("carla"))
    assert client.get("/redaction/admin/login/").status_code == 403


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.7", OFFICE),
        (1, "", OFFICE),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "10.0.0.9, 198.51.100.7", "198.51.100.7"),
        (2, "10.0.0.9, 198.51.100.7, 203.0.113.5", "198.51.100.7"),
        (2, "198.51.100.7", OFFICE),
    ],
)
def test_client_address_goes_back_as_far_as_our_proxies(rf, settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert client_address(rf.get("/", REMOTE_ADDR=OFFICE, headers=headers)) == address
