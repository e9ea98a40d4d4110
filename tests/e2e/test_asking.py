"""Forms that ask one thing more once something is chosen: *Why?* shows the field at once, as does a trial."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.actor import Actor

Enter = Callable[[str], Actor]


def test_what_would_start_is_asked_with_the_field_that_was_chosen(enter: Enter) -> None:
    head = enter("gromov")
    head.go("/why?record=crm.deal:1")
    form = head.page.locator("form.would")
    form.locator("select[name=field]").select_option("stage")
    expect(head.page.locator("form.would [data-field=value], form.would [name=value]").first).to_be_visible()
    expect(head.page.locator("form.would input[name=of]")).to_have_value("stage")
    head.page.locator("form.would select[name=field]").select_option("title")
    expect(head.page.locator("form.would input[name=of]")).to_have_value("title")
