"""Devices in Chromium: a phone gets its password once, and is disconnected."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.actor import Actor
from tests.e2e.test_every_page import complaints

Enter = Callable[..., Actor]
PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark", "has_touch": True}


def test_a_device_gets_its_password_once(enter: Enter) -> None:
    owner = enter("akhmetov", **PHONE)
    owner.go("/calendar/devices/")
    owner.page.get_by_label("Какое устройство", exact=True).fill("Телефон")
    owner.press("Подключить устройство")
    expect(owner.page.locator("[data-secret]")).to_have_text(owner.page.locator("[data-secret]").inner_text())
    assert len(owner.page.locator("[data-secret]").inner_text()) == 32
    assert complaints(owner.page) == []
    owner.go("/calendar/devices/")
    expect(owner.page.locator("[data-secret]")).to_have_count(0)
    owner.press("Отключить")
    expect(owner.page.get_by_text("Ещё ни одно устройство не подключено.")).to_be_visible()
