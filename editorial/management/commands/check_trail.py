"""Check that nobody rewrote the trail, nor a sealed release."""

from django.core.management.base import BaseCommand, CommandError

from editorial.audit import first_broken_link
from editorial.models import AuditEvent
from rankings.models import Release
from rankings.seal import seal_digest


class Command(BaseCommand):
    """Reads the whole trail and every sealed release; fails on the first that is not what was written."""

    help = "Check the hash chain of the trail and the seals of the releases."

    def handle(self, *args: object, **options: object) -> str:
        broken = first_broken_link()
        if broken:
            raise CommandError(f"The trail is broken at event {broken.number} ({broken}).")
        sealed = Release.objects.filter(sealed_at__isnull=False)
        for release in sealed:
            if seal_digest(release) != release.seal_digest:
                raise CommandError(f"{release} is no longer what was sealed.")
        return f"{AuditEvent.objects.count()} events and {sealed.count()} sealed releases are as they were written."
