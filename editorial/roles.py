"""The roles of a newsroom, as groups whose permissions are set again after every migrate.

An administrator gives people roles; what a role may do is decided here, in one table, and nowhere else.
"""

from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext_lazy as _

DATA_CELL = "data_cell"
VERIFIER = "verifier"
JOURNALIST = "journalist"
EDITOR_IN_CHIEF = "editor_in_chief"

LABELS = {
    DATA_CELL: _("cellule data"),
    VERIFIER: _("vérificatrice"),
    JOURNALIST: _("journaliste"),
    EDITOR_IN_CHIEF: _("rédaction en chef"),
}

_READ = [
    "schools.view_unit",
    "schools.view_unitidentifier",
    "schools.view_unitalias",
    "schools.view_indicator",
    "schools.view_source",
    "schools.view_sourcecell",
    "schools.view_importbatch",
    "schools.view_anomaly",
    "schools.view_matchdecision",
    "schools.view_valuerevision",
    "rankings.view_ranking",
    "rankings.view_methodversion",
    "rankings.view_edition",
    "rankings.view_editionunit",
    "rankings.view_editionindicator",
    "rankings.view_editionsetaside",
    "rankings.view_editionprint",
    "rankings.view_editionplace",
    "rankings.view_release",
    "rankings.view_releaseunit",
    "rankings.view_releasenode",
    "rankings.view_releaseindicator",
    "rankings.view_releasepoints",
    "rankings.view_releasevalue",
    "rankings.view_releaseseries",
    "rankings.view_releasesetaside",
    "rankings.view_releaseprint",
    "rankings.view_releasewithdrawal",
    "editorial.view_auditevent",
    "editorial.view_article",
    "editorial.view_articlecorrection",
    "editorial.view_articlewithdrawal",
]
PERMISSIONS: dict[str, list[str]] = {
    DATA_CELL: [
        *_READ,
        "schools.import_file",
        "schools.enter_value",
        "schools.add_unit",
        "schools.change_unit",
        "schools.add_indicator",
        "schools.change_indicator",
        "rankings.add_ranking",
        "rankings.add_edition",
        "rankings.change_edition",
        "rankings.add_methodversion",
        "rankings.compute_release",
        "rankings.sign_release",
    ],
    VERIFIER: [*_READ, "schools.verify_value"],
    JOURNALIST: [*_READ, "editorial.write_article"],
    EDITOR_IN_CHIEF: [
        *_READ,
        "editorial.write_article",
        "editorial.approve_article",
        "rankings.change_edition",
        "rankings.compute_release",
        "rankings.sign_release",
        "rankings.seal_release",
        "rankings.withdraw_release",
    ],
}


def synchronise_roles(**_signal: object) -> None:
    """Make the four groups have exactly their permissions. Runs after every migrate; idempotent.

    While migrations are half done some permissions do not exist yet: they are given by the last run.
    """
    by_name = {f"{p.content_type.app_label}.{p.codename}": p for p in Permission.objects.select_related("content_type")}
    for role, names in PERMISSIONS.items():
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.set([by_name[name] for name in names if name in by_name])


def roles_of(user: object) -> list[str]:
    """The labels of a user's roles, in the order of the table; one query."""
    names = set(user.groups.values_list("name", flat=True))  # type: ignore[attr-defined]
    return [str(label) for role, label in LABELS.items() if role in names]
