"""The only door by which the environment enters the settings.

Every reader notes what is wrong and goes on with a harmless value; `finish` then refuses to start with all of it in one
message, so that nobody repairs a deployment one variable at a time.
"""

import difflib
import os
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

# Every variable of ours, those of the Makefile and of the tests included: a PALMARES_… that is not here is a slip
# of the pen, and a slip of the pen must not silently leave a setting at its default. docs/deployment.md describes each.
KNOWN = frozenset(
    {
        "PALMARES_ALLOWED_HOSTS",
        "PALMARES_ALLOW_SQLITE",
        "PALMARES_CHROMIUM",
        "PALMARES_CONTACT_EMAIL",
        "PALMARES_DATA_LICENCE",
        "PALMARES_ENV",
        "PALMARES_FUNDING",
        "PALMARES_FUNDING_EN",
        "PALMARES_HOSTING",
        "PALMARES_LOG_FORMAT",
        "PALMARES_LOG_LEVEL",
        "PALMARES_PRIVATE_DIR",
        "PALMARES_PROXIES",
        "PALMARES_PUBLICATION_DIRECTOR",
        "PALMARES_PUBLISHER",
        "PALMARES_PUBLISHER_DETAILS",
        "PALMARES_REQUIRE_BROWSER",
        "PALMARES_SECRET_KEY",
        "PALMARES_SECRET_KEY_FALLBACKS",
        "PALMARES_SHARED_DATA",
        "PALMARES_SITE_NAME",
        "PALMARES_STATIC_ROOT",
        "PALMARES_TRUSTED_ORIGINS",
        "PALMARES_VAR_DIR",
    }
)


class Environment:
    """Readers of variables that refuse odd values. A variable that is set but empty counts as not set."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self.problems: list[str] = []
        for name in sorted(variables):
            if name.startswith("PALMARES_") and name not in KNOWN:
                near = difflib.get_close_matches(name, KNOWN, n=1)
                remedy = f"did you mean {near[0]}?" if near else "see docs/deployment.md, or unset it."
                self.refuse(name, f"is not a setting; {remedy}")

    def refuse(self, name: str, problem: str) -> None:
        """Note that the variable is wrong, and how to mend it."""
        self.problems.append(f"{name} {problem}")

    def is_refused(self, name: str) -> bool:
        """Whether a problem with the variable is noted already: a second one, about its stand-in, would confuse."""
        return any(problem.startswith(f"{name} ") for problem in self.problems)

    def finish(self) -> None:
        """Raise ImproperlyConfigured with every problem noted so far; answer nothing when there is none."""
        if self.problems:
            lines = "".join(f"\n  - {problem}" for problem in self.problems)
            raise ImproperlyConfigured(f"The environment does not make a valid configuration:{lines}")

    def text(self, name: str, default: str = "") -> str:
        return self._variables.get(name, "").strip() or default

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """One of the choices; the first one when the variable is absent."""
        value = self.text(name, choices[0])
        if value in choices:
            return value
        self.refuse(name, f"is {value!r}; it must be one of: {', '.join(choices)}.")
        return choices[0]

    def flag(self, name: str) -> bool:
        """Whether the variable is `1`; absent or `0` is false, and anything else is refused rather than guessed."""
        return self.choice(name, ("0", "1")) == "1"

    def integer(self, name: str, default: int, *, least: int, most: int) -> int:
        value = self.text(name, str(default))
        if value.isascii() and value.isdigit() and least <= int(value) <= most:
            return int(value)
        self.refuse(name, f"is {value!r}; it must be a whole number from {least} to {most}.")
        return default

    def words(self, name: str) -> list[str]:
        """The parts between commas, without blanks around them; an empty part is refused."""
        value = self.text(name)
        parts = [part.strip() for part in value.split(",")] if value else []
        if "" in parts:
            self.refuse(name, f"is {value!r}; there is an empty part between two commas.")
        return [part for part in parts if part]

    def folder(self, name: str, default: Path) -> Path:
        """An absolute path. It need not exist."""
        path = Path(self.text(name, str(default)))
        if path.is_absolute():
            return path
        self.refuse(name, f"is {str(path)!r}; it must be an absolute path.")
        return default


env = Environment(os.environ)
