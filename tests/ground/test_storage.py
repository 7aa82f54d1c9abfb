"""Private files are this process's alone and have no address."""

import stat
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def test_a_private_file_is_closed_to_others_and_has_no_address():
    name = default_storage.save("imports/2022/file.csv", ContentFile(b"a;b"))
    path = Path(default_storage.path(name))
    assert path.is_relative_to(settings.PRIVATE_DIR)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    with pytest.raises(ValueError, match="not accessible via a URL"):
        default_storage.url(name)


def test_private_files_of_tests_are_not_those_of_the_site():
    assert not Path(settings.PRIVATE_DIR).is_relative_to(settings.BASE_DIR)


def test_nothing_private_is_served():
    assert not settings.MEDIA_URL.strip("/")
    assert not Path(settings.PRIVATE_DIR).is_relative_to(settings.STATIC_ROOT)
