"""The glossary binds the reader's words to the code: every name in it exists, and every choice of a model is in it."""

import re

from django.apps import apps

from tests.ground.running import ROOT

PACKAGES = ("schools", "rankings", "editorial", "palmares")


def names():
    """The identifiers of the glossary."""
    rows = re.findall(r"^\|[^|]*\|([^|]*)\|", (ROOT / "docs/glossary.md").read_text(), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`(\w+)`", row)}


def test_every_identifier_exists():
    code = "\n".join(path.read_text() for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
    assert sorted(name for name in names() if not re.search(rf"\b{name}\b", code)) == []


def test_every_choice_of_a_model_is_explained():
    fields = [
        field for label in PACKAGES for model in apps.get_app_config(label).get_models() for field in model._meta.fields
    ]
    choices = {str(value) for field in fields for value, _label in field.choices or () if value != ""}
    explained = set(re.findall(r"`(\w+)`", (ROOT / "docs/glossary.md").read_text()))
    assert choices
    assert sorted(choices - explained) == []
