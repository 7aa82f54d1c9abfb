from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    """Who decides: people, actions, rules, the trail."""

    name = "editorial"
    verbose_name = _("Rédaction")

    def ready(self) -> None:
        """After every migrate the roles and what the database refuses, both idempotent; before it, that steps aside."""
        from editorial.roles import synchronise_roles
        from editorial.triggers import install_after_migrate, step_aside_before_migrate

        pre_migrate.connect(step_aside_before_migrate, sender=self, dispatch_uid="palmares-triggers-aside")
        post_migrate.connect(install_after_migrate, sender=self, dispatch_uid="palmares-triggers")
        post_migrate.connect(synchronise_roles, dispatch_uid="palmares-roles")
