"""The tutorial «your first process in ten minutes», done as it is written, in the language of the product.

Each step is named when its screen stands: the test goes through them all, `make pictures` looks at some.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Locator, Page, expect

from potok.processes import library
from tests.e2e.actor import Actor

TAKEN = {"en": "Office requests", "ru": "Просьбы к офису"}
NEEDED = {"en": "Paper for the printer", "ru": "Бумага для принтера"}
DONE = {"en": "Two boxes stand at the reception", "ru": "Две коробки стоят на ресепшене"}
CASE = {"en": "Nobody answers", "ru": "Никто не отвечает"}
CHANGED = {"en": "Is everything there?", "ru": "Всё на месте?"}
NOTE = {"en": "The last question is shorter", "ru": "Последний вопрос короче"}


class FirstProcess:
    """One who goes through the tutorial."""

    def __init__(self, actor: Actor, *, language: str, surname: str) -> None:
        self.actor, self.page, self.language, self.surname = actor, actor.page, language, surname
        ready = library.find("request", language=language)
        assert ready
        self.ready, self.plain = ready, ready.plain

    def walk(self) -> Iterator[str]:
        """Do everything, and stop at each screen worth a look."""
        for part in (self.take, self.name, self.try_, self.publish, self.change, self.move):
            yield from part()

    def take(self) -> Iterator[str]:
        self.actor.go("/definitions/")
        self.link("Ready processes").click()
        expect(self.page.locator(".shelf > li").first).to_be_visible()
        yield "ready"
        self.page.get_by_role("link", name=f"{self.say('Take')}: {self.ready.title}").click()
        self.page.get_by_label(self.say("Name"), exact=True).fill(TAKEN[self.language])
        yield "take"
        self.button("Take it").click()
        self.page.wait_for_url(re.compile(r"/definitions/\d+/drawing"))
        self.home = self.page.url.partition("drawing")[0]

    def name(self) -> Iterator[str]:
        self.page.locator(".checks-line").first.click()
        expect(self.page.locator("[data-face=settings]")).to_have_attribute("aria-current", "true")
        self.page.locator("#role-office").fill(self.surname)
        self.page.get_by_role("option", name=re.compile(self.surname)).first.click()
        self.saved()
        yield "role"
        expect(self.page.locator(".checks-line")).to_have_count(0)
        self.page.locator("[data-face=diagram]").click()
        expect(self.page.locator(".designer-canvas .step").first).to_be_visible()
        yield "drawing"

    def try_(self) -> Iterator[str]:
        self.link("Try it").click()
        self.page.get_by_label(self.titled("parameters", "subject"), exact=False).first.fill(NEEDED[self.language])
        self.button("Begin").click()
        expect(self.lit("person").first).to_be_visible()
        yield "waits"
        self.page.locator("#trial-question textarea, #trial-question input[type=text]").first.fill(DONE[self.language])
        self.page.locator("#trial-question button[name=the-answer]").first.click()
        expect(self.lit("done").first).to_be_visible()
        self.page.get_by_role("button", name=re.compile(f"^{self.say('To the next event')}")).click()
        expect(self.page.get_by_text(self.say("It came to its end."))).to_be_visible()
        yield "tried"
        self.page.get_by_label(self.say("Keep it as a case")).fill(CASE[self.language])
        self.button("Keep").click()
        expect(self.page.locator("#cases")).to_contain_text(CASE[self.language])
        self.try_all()
        yield "cases"

    def publish(self) -> Iterator[str]:
        self.button("Publish").click()
        self.page.wait_for_url(re.compile(r"/definitions/\d+/(versions/\d+)?$"))
        self.actor.go(f"{self.home}start")
        self.page.locator("main form input:not([type=hidden]), main form textarea").first.fill(NEEDED[self.language])
        self.page.locator("main form button[type=submit].pri").click()
        self.page.wait_for_url("**/instances/**")
        yield "run"

    def change(self) -> Iterator[str]:
        self.actor.go(f"{self.home}drawing")
        self.page.locator(".step[data-path='do.0.do.2']").click()
        with self.page.expect_response(lambda answer: answer.url.endswith("/draft") and answer.ok):
            self.page.locator(".block-form").get_by_role("textbox", name=self.say("Title"), exact=True).click()
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(CHANGED[self.language])
        self.saved()
        yield "form"
        self.actor.go(f"{self.home}trial")
        self.try_all()
        expect(self.page.locator("#cases ins").first).to_contain_text(CHANGED[self.language])
        self.page.get_by_label(self.say("What is different")).fill(NOTE[self.language])
        self.page.get_by_label(re.compile(re.escape(self.say("What the cases do now is right")))).check()
        yield "otherwise"
        self.button("Publish").click()
        self.page.wait_for_url(re.compile(r"/versions/2$"))
        expect(self.page.locator("potok-picture .n-changed")).to_have_count(2)
        yield "difference"

    def move(self) -> Iterator[str]:
        self.actor.go(f"{self.home}versions/")
        yield "versions"
        self.link("Move to the current one").click()
        self.button("Rehearse").click()
        expect(self.button("Move")).to_be_visible()
        yield "rehearsal"
        self.button("Move").click()
        self.page.get_by_role("checkbox").first.check()
        self.button("Move back").click()
        expect(self.page.locator("main")).to_contain_text("1")
        yield "moved"

    # ----- what the hands do -------------------------------------------------------------------------------------

    def try_all(self) -> None:
        with self.page.expect_response(lambda answer: answer.request.method == "POST"):
            self.button("Try all").click()
        expect(self.page.locator("#cases .g").first).to_be_visible()

    def saved(self) -> None:
        expect(self.page.locator("[data-state=saved]")).to_be_visible()
        self.page.wait_for_load_state("networkidle")

    def lit(self, state: str) -> Locator:
        return self.page.locator(f"#trial-picture .n-{state}")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=self.say(name), exact=True).first

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=self.say(name), exact=True).first

    def say(self, text: str) -> str:
        with translation.override(self.language):
            return gettext(text)

    def titled(self, kind: str, name: str) -> str:
        told: Any = self.plain[kind]
        return str(told[name]["title"])


def calm(page: Page) -> None:
    """Wait until nothing moves any more."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
