"""Forms that ask one thing more once something is chosen: *Why?* shows the field at once, as does a trial."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.actor import Actor

Enter = Callable[[str], Actor]


def test_what_would_start_is_asked_with_the_field_that_was_chosen(enter: Enter) -> None:
    head = enter("gromov")
    head.go("/why?record=crm.deal:1")
    head.page.wait_for_load_state("networkidle")
    chosen, told = head.page.locator("form.would select[name=field]"), head.page.locator("form.would input[name=of]")
    for field in ("title", "stage"):
        chosen.select_option(field)
        expect(told).to_have_value(field)
    expect(head.page.locator("form.would select[name=value]")).to_be_visible()
