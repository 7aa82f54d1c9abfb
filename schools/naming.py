"""Names as keys: what makes two spellings the same name, and a name an address."""

import unicodedata
from functools import lru_cache

from django.utils.text import slugify


# A matching asks it of the same thousand names again and again.
@lru_cache(maxsize=8192)
def search_key(text: str) -> str:
    """The text without accents, case, punctuation or doubled spaces.

    Databases do not agree on what equals « É » (SQLite finds no accent, PostgreSQL does): both are asked on this key.

    >>> search_key("École  d’ingénieurs de Saint-Étienne")
    'ecole d ingenieurs de saint etienne'
    """
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae"))
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(letters.casefold().split())


def free_slug(name: str, taken: set[str]) -> str:
    """An address for this name that is not in `taken`: the name, then the name and a number from 2 on.

    >>> free_slug("École du Lac", {"ecole-du-lac"})
    'ecole-du-lac-2'
    """
    base = slugify(search_key(name))[:110].strip("-") or "ecole"
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
