"""The pictures of the manual, in both languages: the tutorial as it is done, main screens, the forms of blocks."""

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.conftest import QUIET
from tests.e2e.actor import Actor
from tests.e2e.conftest import HOST
from tests.e2e.first_process import FirstProcess, calm
from tests.site.product import Product
from tools import gen

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "manual"
WINDOW = {"width": 1280, "height": 800}
LANGUAGES: dict[str, dict[str, Any]] = {
    "en": {"surname": "Sheridan", "ready": "is ready", "locale": "en-GB", "environment": {}},
    "ru": {"surname": "Шереметьева", "ready": "готов", "locale": "ru-RU",
           "environment": {"LANG": "ru_RU.UTF-8", "LC_ALL": "ru_RU.UTF-8"}},
}  # fmt: skip


def main() -> int:
    """Start a product of its own for each language, look at it, and stop it."""
    gen.start()
    # The browser is driven in a loop of its own; translations are looked up beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as played:
        browser = played.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
        for language, how in LANGUAGES.items():
            with tempfile.TemporaryDirectory(prefix="potok-pictures-") as data:
                product = Product(Path(data), demo=True, ready=how["ready"], **how["environment"])
                try:
                    product.start().wait_until_ready()
                    look(browser, f"http://localhost:{product.port}", language=language)
                finally:
                    product.end()
        browser.close()
    return 0


def look(browser: Browser, base: str, *, language: str) -> None:
    """Take every picture of a language."""
    how = LANGUAGES[language]
    window = {"viewport": WINDOW, "locale": how["locale"], "timezone_id": "Europe/Moscow", "color_scheme": "light"}
    author = Actor(browser, base, f"sheremeteva@{HOST}", **window)
    for name in screens(author):
        keep(author.page, f"{name}-{language}")
    for name in FirstProcess(author, language=language, surname=how["surname"]).walk():
        keep(author.page, f"first-{name}-{language}")
    for name, form in forms(author):
        keep(form, f"form-{name}-{language}")
    author.leave()


def screens(author: Actor) -> Iterator[str]:
    """What the guides tell of."""
    page = author.page
    for name, path in (("runs", "/instances/"), ("definitions", "/definitions/")):
        author.go(path)
        yield name
    author.go("/instances/")
    author.go(first(page, r"^/instances/\d+/$"))
    yield "run"
    author.go("/deals/board")
    author.go(first(page, r"^/deals/\d+/$"))
    page.locator("[role=tab], .tabs a").filter(has_text=re.compile("Processes|Процессы")).first.click()
    calm(page)
    yield "tab"
    author.go("/definitions/")
    line = page.locator("[data-row], tr").filter(has_text="lost-clients").first
    link = line.locator("a[href^='/definitions/']").first.get_attribute("href") or ""
    stages = "/".join(link.split("/")[:3])
    author.go(f"{stages}/drawing")
    expect(page.locator("[data-stage]").first).to_be_visible()
    yield "stages"
    author.go(f"{stages}/figures")
    yield "figures"


def forms(author: Actor) -> Iterator[tuple[str, Locator]]:
    """The form of each block of the palette, empty, as it comes into the drawing."""
    page = author.page
    author.go("/definitions/draw")
    page.locator("input[name=title]").fill("…")
    page.locator("select[name=record]").select_option(value="crm.deal")
    page.locator("main form button[type=submit].pri").click()
    page.wait_for_url("**/drawing")
    expect(page.locator(".palette-item").first).to_be_visible()
    for name in [one.get_attribute("data-kind") for one in page.locator(".palette-item:not(.cannot)").all()]:
        page.locator(f".palette-item[data-kind='{name}']").click()
        expect(page.locator(".block-form h2")).to_be_visible()
        yield str(name), page.locator(".block-form")
        page.keyboard.press("Escape")
        page.locator(".designer-bar button[title$='(Ctrl Z)']").click()


def first(page: Page, pattern: str) -> str:
    """The first address on the page of this form."""
    found = [link.get_attribute("href") or "" for link in page.locator("a[href^='/']").all()]
    return next(path for path in found if re.match(pattern, path))


def keep(seen: Page | Locator, name: str) -> None:
    """Take a picture and keep it small."""
    calm(seen if isinstance(seen, Page) else seen.page)
    taken = Image.open(BytesIO(seen.screenshot(animations="disabled", caret="hide")))
    taken.convert("RGB").save(FOLDER / f"{name}.webp", quality=78, method=6)


if __name__ == "__main__":
    sys.exit(main())
