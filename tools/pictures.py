"""The pictures of the README, drawn from the demo company in Chromium: each screen by day and by night."""

import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import QUIET
from tests.e2e.actor import Actor
from tests.e2e.conftest import HOST
from tests.site.product import Product

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
WINDOW = {"width": 1280, "height": 800}


def main() -> int:
    """Start a product of its own, look at it, and stop it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="potok-pictures-") as data, sync_playwright() as played:
        product = Product(Path(data), demo=True)
        try:
            product.start().wait_until_ready()
            browser = played.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
            for scheme in ("light", "dark"):
                look(browser, f"http://localhost:{product.port}", scheme=scheme)
            browser.close()
        finally:
            product.end()
    return 0


def look(browser: Browser, base: str, *, scheme: str) -> None:
    """Take every picture once."""
    head = Actor(browser, base, f"gromov@{HOST}", viewport=WINDOW, locale="en-GB", color_scheme=scheme)
    page = head.page
    head.go("/deals/board")
    keep(page, f"board-{scheme}")
    head.go("/inbox/")
    page.locator(".pane-list .item").first.click()
    keep(page, f"inbox-{scheme}")
    head.go("/instances/")
    head.go(numbered(page, "/instances/"))
    keep(page, f"process-{scheme}")
    # The deal that the process is about: something happens on its card.
    head.go(numbered(page, "/deals/"))
    keep(page, f"card-{scheme}")
    head.leave()


def numbered(page: Page, folder: str) -> str:
    """The first address on the page that leads to one thing of a folder."""
    found = [link.get_attribute("href") or "" for link in page.locator(f"a[href^='{folder}']").all()]
    return next(path for path in found if path.strip("/").rpartition("/")[2].isdigit())


def keep(page: Page, name: str) -> None:
    """Take a picture and keep it small: screens have few colours."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    seen = Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide")))
    seen.convert("RGB").quantize(200, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    sys.exit(main())
