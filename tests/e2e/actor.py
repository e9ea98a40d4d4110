"""Somebody who works in the product: what he does, in the words of the house."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Locator, Page, expect

PASSWORD = "demo-potok"
PATIENCE_MS = 15_000
expect.set_options(timeout=PATIENCE_MS)


class Actor:
    """A person at his own browser window. What the console complains of fails the test when he leaves."""

    def __init__(self, browser: Browser, base: str, login: str, **window: Any) -> None:
        self.base = base
        self.complaints: list[str] = []
        self.context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, "locale": "ru-RU", **window})
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(f"{base}/sign-in")
        self.page.locator("input[type=email]").fill(login)
        self.page.locator("input[type=password]").fill(PASSWORD)
        self.page.locator("button[type=submit], form button").first.click()
        expect(self.page).to_have_url(re.compile("/inbox/"))

    def _note(self, message: Any) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def leave(self) -> None:
        self.context.close()
        assert not self.complaints, self.complaints

    def go(self, path: str) -> None:
        """Open a page, by its path or its whole address."""
        self.page.wait_for_load_state("networkidle")
        address = path if path.startswith("http") else self.base + path
        try:
            self.page.goto(address)
        except Error:
            # An answer that was just given was still leading somewhere else.
            self.page.wait_for_load_state("networkidle")
            self.page.goto(address)

    # ----- the inbox ---------------------------------------------------------------------------------------------

    def waits(self, count: int) -> None:
        """The counter beside «Входящие» shows so many, without a reload."""
        badge = self.page.locator("nav a[href='/inbox/'] .count").first
        if count:
            expect(badge).to_have_text(str(count))
        else:
            expect(badge).to_have_count(0)

    def waiting(self) -> int:
        """How much waits in the inbox, as the counter says."""
        badge = self.page.locator("nav a[href='/inbox/'] .count").first
        return int(badge.inner_text()) if badge.count() else 0

    def open(self, what: str, about: str = "") -> None:
        """Open something that waits in the inbox, by its title and by what it is about."""
        self.go("/inbox/")
        line = self.page.locator(".pane-list .item").filter(has_text=what).filter(has_text=about)
        line.first.click()
        expect(self.page.locator(".pane-detail h1")).to_contain_text(what)

    @property
    def detail(self) -> Locator:
        return self.page.locator(".pane-detail")

    def fill(self, label: str, text: str) -> None:
        self.detail.get_by_label(label, exact=True).fill(text)

    def pick(self, label: str, typed: str, chosen: str) -> None:
        """Type into a picker and take one of what it offers."""
        self.detail.get_by_label(label, exact=True).fill(typed)
        self.page.get_by_role("option", name=re.compile(chosen)).first.click()

    def press(self, verb: str) -> None:
        """Press a button and wait until the server has answered."""
        with self.page.expect_response(lambda answer: answer.request.method == "POST"):
            self.page.get_by_role("button", name=re.compile(rf"^{verb}")).first.click()

    # ----- tasks -------------------------------------------------------------------------------------------------

    def attach(self, file: Path, saying: str) -> None:
        """Put a file into a comment of the open task."""
        self.detail.locator("input[type=file]").set_input_files(file)
        self.detail.get_by_label("Комментарий", exact=True).fill(saying)
        self.press("Отправить")
        expect(self.detail.get_by_text(file.name)).to_be_visible()

    def due_in_days(self, days: int) -> None:
        """The open task is due in so many days, as the product says it."""
        due = self.page.evaluate(
            """days => new Date(Date.now() + days * 864e5).toLocaleDateString(
                'ru-RU', {day: 'numeric', month: 'long', timeZone: 'Europe/Moscow'})""",
            days,
        )
        expect(self.detail).to_contain_text(due)

    def refuses_to_offer(self, label: str, typed: str) -> None:
        """A picker offers nobody for what is typed."""
        self.detail.get_by_label(label, exact=True).fill(typed)
        expect(self.page.get_by_text("Ничего не нашлось")).to_be_visible()

    # ----- records -----------------------------------------------------------------------------------------------

    def column(self, stage: str) -> Locator:
        return self.page.locator(f"[data-column][data-title='{stage}']")

    def card(self, title: str) -> Locator:
        return self.page.locator("[data-card]").filter(has_text=title).first

    def move(self, title: str, stage: str) -> None:
        """Drag a card of the board into a column."""
        card, column = self.card(title), self.column(stage)
        card.scroll_into_view_if_needed()
        self._hold(card, at=(20, 10))
        self.page.mouse.down()
        # The board scrolls under the hand near its edges, so the way to the column is looked up again.
        held_over = column.locator(".slot")
        for _ in range(20):
            self._hold(column, at=(60, 90))
            if held_over.count():
                break
        # What is moved is told to this page too: the next grip waits until the cards lie where they stay.
        with (
            self.page.expect_response(lambda answer: answer.request.method == "POST") as answered,
            self.page.expect_response(lambda answer: answer.request.method == "GET" and "/board" in answer.url),
        ):
            self.page.mouse.up()
        assert answered.value.ok, f"{answered.value.status} {answered.value.text()}"
        expect(column.locator("[data-card]").filter(has_text=title)).to_be_visible()
        self.page.wait_for_load_state("networkidle")

    def _hold(self, place: Locator, *, at: tuple[int, int]) -> None:
        box = place.bounding_box()
        assert box
        self.page.mouse.move(box["x"] + at[0], box["y"] + at[1], steps=6)

    def stands(self, title: str, stage: str) -> None:
        """The list shows the record on a stage."""
        self.go("/deals/")
        expect(self.page.locator("[data-row], tr").filter(has_text=title).first).to_contain_text(stage)

    def unfold(self, stage: str) -> None:
        """Open a folded column of the board."""
        self.column(stage).get_by_role("link").first.click()
        expect(self.column(stage).locator("[data-card]").first).to_be_visible()

    def edit(self, title: str, label: str, text: str) -> None:
        """Change a field on the card of a record, in place."""
        self.go(self.card(title).get_by_role("link").first.get_attribute("href") or "")
        value = self.page.locator("dt", has_text=label).first.locator("xpath=following-sibling::dd[1]")
        value.locator(".edit-value").click()
        with self.page.expect_response(lambda answer: answer.request.method == "POST"):
            value.locator("textarea").fill(text)
            value.locator("textarea").press("Control+Enter")
        expect(value).to_contain_text(text)
