"""How an action says no. Both carry a sentence for the person who asked, in her language."""


class Refused(Exception):
    """The rules say no; nothing was written. `reason` is the sentence the page shows."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = str(reason)


class Stale(Refused):
    """What the person saw has changed since: somebody was faster. Nothing was written; look again and decide."""
