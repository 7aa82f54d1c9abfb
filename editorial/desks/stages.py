"""Where an edition stands, read from its releases: a word, a stamp, and who is awaited."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _

from rankings.models import Edition, Release


@dataclass(frozen=True)
class Stage:
    """`code` is stable; `kind` is that of components/stamp.html; `release` the one it is about, if any."""

    OPEN: ClassVar[str] = "open"
    COMPUTED: ClassVar[str] = "computed"
    SIGNED: ClassVar[str] = "signed"
    SEALED: ClassVar[str] = "sealed"
    PUBLISHED: ClassVar[str] = "published"
    WITHDRAWN: ClassVar[str] = "withdrawn"

    code: str
    kind: str
    words: str
    release: Release | None = None


def stage_of(edition: Edition) -> Stage:
    """The stage of an edition's latest release. One query."""
    latest = edition.releases.select_related("withdrawal").order_by("-number").first()
    return stage_of_release(latest) if latest else Stage(Stage.OPEN, "off", _("En préparation"))


def stage_of_release(release: Release) -> Stage:
    """The stage of one release, by the clock."""
    if hasattr(release, "withdrawal"):
        return Stage(Stage.WITHDRAWN, "no", _("Retirée"), release)
    if release.publish_at is not None and release.sealed_at is not None:
        if release.publish_at <= timezone.now():
            return Stage(Stage.PUBLISHED, "vu", _("Publiée"), release)
        return Stage(Stage.SEALED, "wait", _("Scellée, sous embargo"), release)
    if release.signed_at is not None:
        return Stage(Stage.SIGNED, "wait", _("Signée, à sceller"), release)
    return Stage(Stage.COMPUTED, "wait", _("Calculée, à signer"), release)
