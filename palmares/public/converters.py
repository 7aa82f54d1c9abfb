"""Parts of addresses, each with one spelling only: no leading zero makes a second address of the same page."""

from django.urls import register_converter


class Year:
    """A year of four digits."""

    regex = "[12][0-9]{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04d}"


class Number:
    """The number of a version, from 1."""

    regex = "[1-9][0-9]{0,3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(Year, "year")
register_converter(Number, "number")
