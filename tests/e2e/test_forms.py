"""A form that is sent by keys is sent once."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.actor import Actor


def test_ctrl_enter_makes_one_record(enter: Callable[[str], Actor]) -> None:
    manager = enter("tikhonov")
    manager.go("/companies/new")
    manager.page.get_by_label("Название").first.fill("Единственная")
    manager.page.keyboard.press("Control+Enter")
    manager.page.wait_for_url("**/companies/*/")
    manager.go("/companies/?q=Единственная")
    expect(manager.page.get_by_role("link", name="Единственная", exact=True)).to_have_count(1)
