"""How texts are set on a picture: whole, inside their box, in signs the faces have."""

import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from palmares.public.share import ink
from palmares.public.share.drawing import png
from palmares.public.share.faces import drawable, face, has
from palmares.public.share.said import Card, Line, Mark, Stop
from palmares.public.share.setting import SMALLEST, Style, fitted

TITLE = Style("display", 700, 66, 32, 116)
LONG = (
    "École nationale supérieure d’électronique, d’électrotechnique, d’informatique, d’hydraulique "
    "et des télécommunications"
)
LONGER = " et ".join([LONG] * 2)
UNBROKEN = "Institutpolytechniquedesscienceset" * 5
TEXTS = ("INSA", LONG, LONGER, UNBROKEN, "É" * 200, "W" * 80, "École d’ingénieurs de Łódź", "x")


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_set_whole_inside_its_box(text: str) -> None:
    block = fitted(text, TITLE, 772, 220)
    font = face("display", block.size, 700)
    assert all(font.getlength(line) <= 772 for line in block.lines)
    assert block.height <= 220
    assert block.size >= SMALLEST
    kept = drawable(text, "display")
    assert re.sub(r"\s", "", "".join(block.lines)) == re.sub(r"\s", "", kept)


def test_short_text_is_as_large_as_it_can_be_and_long_one_smaller() -> None:
    sizes = [fitted(text, TITLE, 772, 220).size for text in ("INSA", LONG, LONGER, LONGER * 3)]
    assert sizes[0] == TITLE.largest
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == len(sizes)


def test_words_come_apart_only_where_nothing_else_helps() -> None:
    assert " ".join(fitted(LONG, TITLE, 772, 220).lines) == drawable(LONG, "display")
    assert "ex\u00a0aequo" in " ".join(fitted("16e ex\u00a0aequo de la région", TITLE, 300, 400).lines)


def test_what_finds_no_room_at_any_size_is_refused() -> None:
    with pytest.raises(ValueError, match="no room"):
        fitted("mot " * 4000, TITLE, 772, 220)


@pytest.mark.parametrize("name", ["display", "text"])
def test_no_empty_box_is_ever_drawn(name: str) -> None:
    assert drawable("« Ça coûte 10 % ; Œuvre, naïveté »", name) == "« Ça coûte 10\u00a0% ; Œuvre, naïveté »".replace(
        "10\u00a0%", "10 %"
    )
    assert drawable("Jagiełło, Dvořák, fi\u202f!", name) == "Jagiello, Dvorák, fi\u00a0!"
    assert all(has(letter, name) for letter in drawable("Łódź 東京 ﬁ →", name))
    assert not has("東", name)


def card(name: str, **said: object) -> Card:
    return Card(
        site="Palmarès",
        title=name,
        kicker="Palmarès des écoles d’ingénieurs 2023",
        lead="Villeneuve-d’Ascq (Hauts-de-France)",
        foot="Chaque valeur mène à la cellule d’où elle vient.",
        mark=Mark("116", "e", ("ex\u00a0aequo", "sur 1\u202f169 écoles classées")),
        **said,  # type: ignore[arg-type]
    )


STOPS = tuple(Stop(year, 3 * (2030 - year), f"{3 * (2030 - year)}e", year == 2023) for year in (2018, 2019, 2021, 2023))
LINES = tuple(Line(Mark(str(rank), "e", ("ex\u00a0aequo",)), LONGER, "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson")
              for rank in (1, 22, 333, 444, 1055))  # fmt: skip
CARDS = {
    "short": card("INSA", stops=STOPS, marked=True, notes=("1re de la région", "Parmi les 10 %")),
    "long": card(LONGER, stops=STOPS, marked=True, notes=(LONGER,)),
    "unbroken": card(UNBROKEN, notes=("mot " * 60,)),
    "lines": card(LONG, lines=LINES),
    "same rank": card("INSA", stops=(Stop(2022, 7, "7e"), Stop(2023, 7, "7e"))),
}


@pytest.mark.parametrize("name", CARDS)
def test_nothing_is_drawn_over_the_edges_nor_over_the_margin_line(name: str) -> None:
    picture = Image.open(io.BytesIO(png(CARDS[name]))).convert("RGB")
    assert picture.size == (1200, 630)
    allowed = ((0xF6, 0xF6, 0xF3), (0xD0, 0x48, 0x6A))
    for box in ((0, 0, 1200, 40), (0, 606, 312, 630), (0, 0, 24, 630), (1150, 0, 1200, 630), (318, 0, 350, 630)):
        for _count, colour in picture.crop(box).getcolors(1 << 16):
            # A shade may be a point off: the picture keeps 64 of them.
            assert any(max(abs(a - b) for a, b in zip(colour, one, strict=True)) < 4 for one in allowed), box
    assert len(picture.crop((312, 0, 318, 630)).getcolors()) == 1


def test_card_says_all_it_shows() -> None:
    words = CARDS["short"].words
    for part in ("INSA", "116e", "ex\u00a0aequo", "1re de la région", "36e", "2018"):
        assert part in words


def test_colours_are_those_of_the_pages() -> None:
    tokens = Path(settings.BASE_DIR / "palmares/static/palmares/css/tokens.css").read_text()
    for name, colour in vars(ink).items():
        if name.isupper():
            short = "#fff" if colour == "#ffffff" else colour
            assert f"--{name.lower().replace('_', '-')}: {short};" in tokens
