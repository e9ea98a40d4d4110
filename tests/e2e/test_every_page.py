"""Every page that the links of the product lead to: it has a heading, fits its window and reads for everybody.

What can be measured of WCAG 2.2 AA is measured by axe. Pages are told apart by their path: of many records one is
looked at, of many views of a list the first.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.actor import Actor

axe = pytest.importorskip("axe_playwright_python.base")

Enter = Callable[..., Actor]
DESK = {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"}
PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark", "has_touch": True}
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# What differs by size and by night; the rest of the markup is the same as on the desk.
LOOKS = {"type": "rule", "values": ["color-contrast", "target-size", "scrollable-region-focusable"]}
# What is no page: files, and what only answers to a press.
NO_PAGE = re.compile(r"^/(sign-out|files|disk|photos|static)|/(export|follow)|\.svg$|^/definitions/\d+/file$")
# Screens that every record type has; of these one is like the other.
DRAWN = re.compile(r"^/[\w-]+/(board|calendar|timeline|filter|trash|imports)$")
ASKED = "nodes => nodes.map(node => node.getAttribute('href'))"
HEADINGS = "() => [...document.querySelectorAll('h1')].filter(one => one.checkVisibility()).length"
SIDEWAYS = "() => document.documentElement.scrollWidth - innerWidth"


@pytest.mark.parametrize(("window", "rules"), [(DESK, RULES), (PHONE, LOOKS)], ids=["desk by day", "phone by night"])
def test_every_page_reads_for_everybody(enter: Enter, window: dict[str, Any], rules: dict[str, Any]) -> None:
    head = enter("sheremeteva", **window)
    seen = {path: complaints(head.page, rules=rules) for path in walk(head)}
    assert len(seen) > 40
    assert {path: found for path, found in seen.items() if found} == {}


def test_pages_that_refuse_read_for_everybody(enter: Enter) -> None:
    employee = enter("akhmetov", **DESK)
    for path, status in (("/roles/", 403), ("/groups/new", 403), ("/deals/999999/", 404), ("/nowhere", 404)):
        answer = employee.page.goto(employee.base + path)
        assert answer
        assert (path, answer.status, complaints(employee.page)) == (path, status, [])
    # The browser tells of each status that is no success.
    employee.complaints.clear()


def test_the_sign_in_page_reads_for_everybody(enter: Enter) -> None:
    somebody = enter("akhmetov", **PHONE)
    # Without a page that listens: it would be told that it is signed out.
    somebody.page.goto("about:blank")
    somebody.context.clear_cookies()
    somebody.page.goto(somebody.base + "/sign-in")
    assert complaints(somebody.page) == []


@pytest.mark.parametrize("opened", ["more", "create-more"])
def test_what_the_bar_of_the_phone_opens_reads_for_everybody(enter: Enter, opened: str) -> None:
    head = enter("sheremeteva", **PHONE)
    head.page.locator(f".phone-bar [data-open='{opened}']").click()
    lines = head.page.locator(f"#{opened} a, #{opened} button")
    heights = [round(line.bounding_box()["height"]) for line in lines.all()]  # type: ignore[index]
    assert len(heights) > 3
    assert min(heights) >= 44
    assert complaints(head.page) == []


def walk(actor: Actor) -> Iterator[str]:
    """Go to every page that the pages lead to, one of each kind."""
    waiting, known = deque(["/inbox/"]), set()
    while waiting:
        path = waiting.popleft()
        if kind(path) in known or NO_PAGE.search(path):
            continue
        known.add(kind(path))
        answer = actor.page.goto(actor.base + path)
        if answer is None or "html" not in answer.headers.get("content-type", ""):
            continue
        assert answer.ok, f"{path}: {answer.status}"
        links = actor.page.locator("a[href^='/']").evaluate_all(ASKED)
        waiting.extend(link.partition("#")[0] for link in links)
        yield path


def kind(path: str) -> str:
    shape = re.sub(r"\d+", "N", path.partition("?")[0].rstrip("/"))
    return DRAWN.sub(r"/*/\1", re.sub(r"/new/\w+$", "/new/*", shape))


def complaints(page: Page, *, rules: dict[str, Any] = RULES) -> list[str]:
    """What is wrong with the page that is open."""
    page.evaluate(axe.AXE_SCRIPT)
    found = page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", rules)["violations"]
    said = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]
    if not page.evaluate(HEADINGS):
        said.append("no heading")
    if (wide := page.evaluate(SIDEWAYS)) > 0:
        said.append(f"{wide} px too wide")
    return said
