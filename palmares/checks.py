"""What a site ready for the public says of its publisher: `check --deploy` names what is missing."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register

# Setting, its variable, and what to write there. The order numbers the warnings: add at the end.
WANTED = (
    ("PUBLISHER", "PALMARES_PUBLISHER", "the name of the person or company that publishes the site"),
    (
        "PUBLISHER_DETAILS",
        "PALMARES_PUBLISHER_DETAILS",
        "its legal form, capital, registered office, registration number and telephone",
    ),
    ("PUBLICATION_DIRECTOR", "PALMARES_PUBLICATION_DIRECTOR", "the name of the director of publication"),
    ("HOSTING", "PALMARES_HOSTING", "the name, address and telephone of the host"),
    ("CONTACT_EMAIL", "PALMARES_CONTACT_EMAIL", "the address at which the public reports an error"),
)


@register(Tags.compatibility, deploy=True)
def publisher_is_named(**_said: Any) -> list[CheckMessage]:
    """One warning for each legal notice that a reader of the site would find empty."""
    return [
        Warning(
            f"{variable} is not set: the legal notes of the site say that it is missing.",
            hint=f"Set it to {meaning} (docs/deployment.md).",
            id=f"palmares.W{number:03}",
        )
        for number, (name, variable, meaning) in enumerate(WANTED, start=1)
        if not getattr(settings, name)
    ]
