"""The mappings a person may choose from: the project's own files, and those used before."""

from pathlib import Path

from django.utils.translation import gettext as _

import schools
from schools.anomalies.checks_file import SUFFIX
from schools.importing import MappingRefused, parse_mapping
from schools.models import ImportBatch

FOLDER = Path(schools.__file__).parent / "mappings"
MOST_USED = 30


def mapping_choices() -> list[tuple[str, object]]:
    """Choices of a select: the project's files, then those of past imports, each named by its title. One query."""
    own = [(f"file:{path.stem}", f"{_title(path.read_text())} ({path.name})") for path in _files()]
    used: dict[str, str] = {}
    for digest, text, name in (
        ImportBatch.objects.select_related("source")
        .order_by("-pk")
        .values_list("mapping_digest", "mapping_text", "source__file_name")[:MOST_USED]
    ):
        used.setdefault(f"used:{digest}", f"{_title(text)} ({name}, {digest[:8]})")
    groups: list[tuple[str, object]] = [("", _("le texte collé plus bas"))]
    if own:
        groups.append((_("Du projet"), own))
    if used:
        groups.append((_("Déjà employées"), list(used.items())))
    return groups


def mapping_text(choice: str) -> str:
    """The text of a choice; empty when there is none of this name."""
    kind, _colon, name = choice.partition(":")
    if kind == "file":
        return next((path.read_text() for path in _files() if path.stem == name), "")
    batch = ImportBatch.objects.filter(mapping_digest=name).first() if kind == "used" else None
    return batch.mapping_text if batch else ""


def _files() -> list[Path]:
    return sorted(path for path in FOLDER.glob("*.toml") if not path.name.endswith(SUFFIX))


def _title(text: str) -> str:
    try:
        return parse_mapping(text).title
    except MappingRefused:
        return _("illisible")
