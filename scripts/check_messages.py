"""Is every message translated, and each compiled catalogue (.mo) that of its source (.po)? Prints what is not.

With --compile, compiles the catalogues instead. Needs no gettext on the machine.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent


def compiled(source: Path) -> bytes:
    """The compiled form of a catalogue."""
    with source.open("rb") as text:
        catalogue = read_po(text, locale=source.parent.parent.name)
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def complaints(source: Path) -> list[str]:
    """What is wrong with one catalogue: messages untranslated, doubtful or malformed, or a stale compiled form."""
    with source.open("rb") as text:
        catalogue = read_po(text, locale=source.parent.parent.name)
    found = []
    for message in catalogue:
        strings = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
        if message.id and (message.fuzzy or not all(strings)):
            found.append(f"not translated: {message.id!r}")
        found += [f"{error}: {message.id!r}" for error in message.check(catalogue)]
    target = source.with_suffix(".mo")
    if not target.exists() or _messages(target.read_bytes()) != _messages(compiled(source)):
        found.append("its .mo is stale: run `make messages`")
    return found


def _messages(binary: bytes) -> dict[str, object]:
    # Two compilers may lay the same messages out differently: the messages are compared, not the bytes.
    return {str(message.id): message.string for message in read_mo(BytesIO(binary)) if message.id}


if __name__ == "__main__":
    sources = sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po"))
    if "--compile" in sys.argv:
        for source in sources:
            source.with_suffix(".mo").write_bytes(compiled(source))
        sys.exit()
    if found := [f"{source.relative_to(ROOT)}: {what}" for source in sources for what in complaints(source)]:
        sys.exit("\n".join(found))
