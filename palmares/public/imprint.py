"""Who answers for the site: what the settings say, as the pages about it print it."""

from dataclasses import dataclass
from typing import Self

from django.conf import settings
from django.utils.translation import get_language


@dataclass(frozen=True)
class Imprint:
    """The name of the site, its publisher, who directs, who hosts, where to write, who pays, what may be reused.

    A text is empty where the settings do not say. `funding_lang`: the language of the sentence
    on funding, French where nobody translated it.
    """

    site: str
    publisher: str
    details: str
    director: str
    hosting: str
    contact: str
    funding: str
    funding_lang: str
    licence: str

    @classmethod
    def here(cls) -> Self:
        """That of this site, in the language of the page."""
        lang = get_language() or "fr"
        funding = settings.FUNDING.get(lang)
        return cls(
            site=settings.SITE_NAME,
            publisher=settings.PUBLISHER,
            details=settings.PUBLISHER_DETAILS,
            director=settings.PUBLICATION_DIRECTOR,
            hosting=settings.HOSTING,
            contact=settings.CONTACT_EMAIL,
            funding=funding or settings.FUNDING["fr"],
            funding_lang=lang if funding else "fr",
            licence=settings.DATA_LICENCE,
        )

    @property
    def complete(self) -> bool:
        """Whether all that the law wants said is said."""
        return all((self.publisher, self.details, self.director, self.hosting, self.contact))
