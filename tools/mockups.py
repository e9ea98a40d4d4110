"""Mockups that are true to what stands: pages of the product as files of `docs/design/`, without their scripts.

They open in a browser from the repository alone: styles and icons come with them, names and tokens of forms do not.
"""

import re
import sys
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.conftest import QUIET
from tests.e2e.actor import Actor
from tests.e2e.conftest import HOST
from tests.e2e.first_process import FirstProcess, calm
from tests.site.product import Product
from tools import gen

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "design"
STYLE = "../../src/potok/ui/static/ui/potok.css"
SPRITE = ROOT / "src" / "potok" / "ui" / "static" / "ui" / "icons.svg"
WANTED = {"waits": "test-bench", "difference": "version-difference", "rehearsal": "migration-rehearsal"}
RUSSIAN = {"LANG": "ru_RU.UTF-8", "LC_ALL": "ru_RU.UTF-8"}
# What is of no use without the product, or names one session of it.
STRIPPED = (r"<script\b.*?</script>", r"<link\b[^>]*>", r"<input[^>]*csrfmiddlewaretoken[^>]*>", r"<!--.*?-->",
            r"<template\b.*?</template>", r"\s(?:hx|data-live|data-keys|data-find|data-picture)[\w:-]*=\"[^\"]*\"",
            r"\s(?:action|formaction)=\"[^\"]*\"", r"<noscript\b.*?</noscript>",
            r"<meta name=\"(?:csrf|htmx)[^>]*>")  # fmt: skip


def main() -> int:
    """Start a product, go through it, and keep the pages that are wanted."""
    gen.start()
    with sync_playwright() as played, tempfile.TemporaryDirectory(prefix="potok-mockups-") as data:
        product = Product(Path(data), demo=True, ready="готов", **RUSSIAN)
        try:
            product.start().wait_until_ready()
            browser = played.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
            author = Actor(browser, f"http://localhost:{product.port}", f"sheremeteva@{HOST}")
            keep(author)
            browser.close()
        finally:
            product.end()
    return 0


def keep(author: Actor) -> None:
    """Write every mockup, with a picture beside it."""
    for name in pages(author):
        calm(author.page)
        text = frozen(author.page)
        file = FOLDER / f"{name}.html"
        file.write_text(text, encoding="utf-8")
        seen = author.context.new_page()
        seen.goto(file.as_uri())
        taken = Image.open(BytesIO(seen.screenshot()))
        seen.close()
        taken.convert("RGB").quantize(200, dither=Image.Dither.NONE).save(
            FOLDER / "shots" / f"{name}.png", optimize=True
        )


def pages(author: Actor) -> Iterator[str]:
    """Go to what is wanted."""
    for name in FirstProcess(author, language="ru", surname="Шереметьева").walk():
        if name in WANTED:
            yield WANTED[name]
    author.go("/instances/")
    yield "journal"
    author.go("/deals/board")
    link = author.page.locator("[data-card] a[href^='/deals/']").first.get_attribute("href") or ""
    author.go(f"/why?record=crm.deal:{link.strip('/').rpartition('/')[2]}")
    yield "why"


def frozen(page: Page) -> str:
    """The page as it looks now."""
    text = page.evaluate("document.documentElement.outerHTML")
    for pattern in STRIPPED:
        text = re.sub(pattern, "", text, flags=re.DOTALL)
    names = sorted(set(re.findall(r"icons[\w.]*\.svg#([\w-]+)", text)))
    text = re.sub(r'"[^"]*icons[\w.]*\.svg#', '"#', text)
    drawn = SPRITE.read_text(encoding="utf-8")
    symbols = [
        found[0] for name in names if (found := re.search(rf'<symbol[^>]*id="{name}".*?</symbol>', drawn, re.DOTALL))
    ]
    head = f'<meta charset="utf-8"><link rel="stylesheet" href="{STYLE}">'
    text = re.sub(r"<meta charset[^>]*>", "", text).replace("</head>", f"{head}</head>", 1)
    text = re.sub(
        r"(<body[^>]*>)", lambda found: f'{found[1]}\n<svg class="sr">{"".join(symbols)}</svg>', text, count=1
    )
    return "<!doctype html>\n" + re.sub(r"\n\s*\n+", "\n", text) + "\n"


if __name__ == "__main__":
    sys.exit(main())
