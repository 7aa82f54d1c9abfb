"""Take the pictures of docs/pictures: the demonstration, as a browser shows it, in a base made for the occasion.

Needs Chromium, named by PALMARES_CHROMIUM or found in the PATH. `make pictures` runs it.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from urllib.error import URLError

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
MOST_BYTES = 300_000
PASSWORD = "palmares-demo"  # noqa: S105 — that of the demonstration, known to all
RANKING = "/ecoles-d-ingenieurs/2023/"
HERO = "ecole-des-mines-du-gardon"


@contextmanager
def demonstration() -> Iterator[str]:
    """The address of a running demonstration; base and files are gone afterwards."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
        found.close()
        kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "PALMARES_ENV"}}
        env = kept | {"PALMARES_VAR_DIR": folder}
        manage = [sys.executable, "manage.py"]
        fill = [*manage, "demo_data", "--migrate"]
        subprocess.run(fill, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
        serve = [*manage, "runserver", "--noreload", f"127.0.0.1:{port}"]
        server = subprocess.Popen(serve, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield _answering(f"http://127.0.0.1:{port}", server)
        finally:
            server.terminate()
            server.wait(timeout=20)


def _answering(address: str, server: "subprocess.Popen[bytes]") -> str:
    """The same address once it answers. Raises SystemExit when the server ends first, or takes a minute."""
    for _try in range(300):
        try:
            with urllib.request.urlopen(f"{address}/livez"):  # noqa: S310 — our own server
                return address
        except URLError:
            if server.poll() is not None:
                break
            time.sleep(0.2)
    raise SystemExit("The demonstration's server does not answer.")


def page_of(
    browser: Browser, address: str, width: int, height: int, scheme: Literal["light", "dark"] = "light"
) -> Page:
    """A page of its own."""
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": height}, color_scheme=scheme, locale="fr-FR"
    )
    return context.new_page()


def sign_in(page: Page, login: str) -> Page:
    """The same page, signed in."""
    page.goto("/redaction/connexion/")
    page.locator("input[name=username]").fill(login)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/redaction/")
    return page


def keep(page: Page, name: str) -> None:
    """Write what the window shows. Raises SystemExit when the file is too heavy for a repository."""
    page.evaluate("document.fonts.ready")
    path = FOLDER / f"{name}.png"
    path.write_bytes(page.screenshot())
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")
    if path.stat().st_size > MOST_BYTES:
        raise SystemExit(f"{path.name} is heavier than {MOST_BYTES // 1000} kB: show less of the page.")


def public_pictures(browser: Browser, address: str) -> None:
    """What the public reads."""
    page = page_of(browser, address, 1280, 860)
    page.goto(RANKING)
    keep(page, "ranking")
    page.goto(f"{RANKING}ecoles/{HERO}/")
    keep(page, "school")
    page.goto(f"{RANKING}methode/")
    keep(page, "method")
    phone = page_of(browser, address, 390, 860, "dark")
    phone.goto(RANKING)
    keep(phone, "ranking-phone-dark")


def desk_pictures(browser: Browser, address: str) -> None:
    """What the newsroom works on."""
    lise = sign_in(page_of(browser, address, 1280, 860), "lise")
    lise.goto("/redaction/verification/suivante/")
    keep(lise, "verification")
    hugo = sign_in(page_of(browser, address, 1280, 860), "hugo")
    hugo.goto("/redaction/imports/")
    hugo.get_by_role("link", name="cdefi-2023.xlsx", exact=True).first.click()
    hugo.wait_for_url("**/imports/*/")
    keep(hugo, "import-preview")


def main() -> None:
    """Take them all."""
    names = ("chromium", "chromium-browser", "google-chrome")
    chromium = os.environ.get("PALMARES_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not chromium:
        raise SystemExit("Chromium is needed: install it, or name it in PALMARES_CHROMIUM.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        public_pictures(browser, address)
        desk_pictures(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
