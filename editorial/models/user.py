"""Who works in the newsroom."""

from django.contrib.auth.models import AbstractUser

# A top-level domain that no mail server can ever have (RFC 2606): nobody real bears such an address.
DEMO_DOMAIN = "@demo.invalid"


class User(AbstractUser):
    """A person of the newsroom. Her roles are the groups of `editorial.roles`; accounts are disabled, never deleted."""

    @property
    def display_name(self) -> str:
        """The name as the desks and the trail write it: full name, or login when she has none."""
        return self.get_full_name() or self.get_username()

    @property
    def is_demo(self) -> bool:
        """Whether this account, whose password everybody knows, belongs to the demonstration."""
        return self.email.endswith(DEMO_DOMAIN)
