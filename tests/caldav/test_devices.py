"""Devices: connected by their owner, let in by a password of their own, made to wait when they guess."""

import base64

import pytest
from django.test import Client

from potok.caldav import devices, rules
from potok.caldav.models import Device
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.people.public import Person
from tests.caldav.conftest import Phone, event
from tests.company import Company


def signed(person: Person, password: str) -> int:
    told = base64.b64encode(f"{person.email}:{password}".encode()).decode()
    return Client().generic("PROPFIND", "/dav/", headers={"Authorization": f"Basic {told}"}).status_code


def test_a_device_comes_in_by_its_own_password_only(firm_of: Company, phone: Phone) -> None:
    assert phone.ask("PROPFIND", "/dav/").status_code == 207
    assert signed(firm_of.bob, phone.password + "x") == 401
    assert signed(firm_of.carol, phone.password) == 401
    firm_of.bob.set_password("Summer-Storm-42")
    firm_of.bob.save()
    assert signed(firm_of.bob, "Summer-Storm-42") == 401
    answer = Client().generic("PROPFIND", "/dav/")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic")
    assert Client().generic("PROPFIND", "/dav/", headers={"Authorization": "Basic ???"}).status_code == 401


def test_who_guesses_is_made_to_wait(firm_of: Company, phone: Phone) -> None:
    said = [signed(firm_of.bob, f"guess {number}") for number in range(devices.WRONG_BY_LOGIN.size + 1)]
    assert said[0] == 401
    assert said[-1] == 429
    assert phone.ask("PROPFIND", "/dav/").status_code == 207


def test_who_left_comes_in_no_more(firm_of: Company, phone: Phone) -> None:
    Person.objects.filter(pk=firm_of.bob.pk).update(is_active=False)
    assert phone.ask("PROPFIND", "/dav/").status_code == 401


def test_a_device_is_disconnected_by_its_owner_only(firm_of: Company, phone: Phone) -> None:
    device = Device.objects.get()
    with opened(firm_of.carol.pk, door="screen") as call, pytest.raises(Refused) as refused:
        devices.revoke(call, device=device)
    assert refused.value.code == "caldav.device.missing"
    with opened(firm_of.bob.pk, door="screen") as call:
        devices.revoke(call, device=device)
    assert phone.ask("PROPFIND", "/dav/").status_code == 401


@pytest.mark.parametrize(("title", "code"), [(" ", "caldav.device.untitled"), ("x" * 101, "caldav.device.too_long")])
def test_a_device_has_a_name(firm_of: Company, title: str, code: str) -> None:
    with opened(firm_of.bob.pk, door="screen") as call, pytest.raises(Refused) as refused:
        devices.add(call, title=title)
    assert refused.value.code == code


def test_strangers_from_outside_connect_none_and_nobody_too_many(
    firm_of: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(firm_of.eve.pk, door="screen") as call, pytest.raises(Refused) as refused:
        devices.add(call, title="Phone")
    assert refused.value.code == "caldav.device.nobody"
    monkeypatch.setattr(rules, "DEVICES_MAX", 1)
    with opened(firm_of.bob.pk, door="screen") as call:
        devices.add(call, title="Phone")
        with pytest.raises(Refused) as refused:
            devices.add(call, title="Tablet")
    assert refused.value.code == "caldav.device.too_many"


def test_the_page_shows_the_password_once(firm_of: Company) -> None:
    client = Client()
    client.force_login(firm_of.bob)
    shown = client.post("/calendar/devices/", {"title": "Phone <b>"}).content.decode()
    assert "Phone &lt;b&gt;" in shown
    assert "data-secret" in shown
    assert "data-secret" not in client.get("/calendar/devices/").content.decode()
    device = Device.objects.get()
    stranger = Client()
    stranger.force_login(firm_of.carol)
    assert stranger.post(f"/calendar/devices/{device.pk}/removal").status_code == 404
    assert client.post(f"/calendar/devices/{device.pk}/removal").status_code < 400
    assert "Phone &lt;b&gt;" not in client.get("/calendar/devices/").content.decode()


def test_a_published_address_is_read_by_whoever_knows_it_until_it_is_taken_back(firm_of: Company, phone: Phone) -> None:
    phone.put("one.ics", event())
    with opened(firm_of.bob.pk, door="screen") as call:
        made = devices.add(call, title="Family", reads="own")
        with pytest.raises(Refused) as refused:
            devices.add(call, title="Family", reads="shared-99")
    assert refused.value.code == "caldav.device.no_collection"
    address = f"/calendar/published/{made.password}.ics"
    text = Client().get(address).content.decode()
    assert "SUMMARY:Visit" in text
    assert "mailto:" not in text
    assert signed(firm_of.bob, made.password) == 401
    assert Client().get(f"/calendar/published/{phone.password}.ics").status_code == 404
    assert Client().post(address).status_code == 405
    with opened(firm_of.bob.pk, door="screen") as call:
        devices.revoke(call, device=made.device)
    assert Client().get(address).status_code == 404


def test_the_page_publishes_a_calendar(firm_of: Company) -> None:
    client = Client()
    client.force_login(firm_of.bob)
    shown = client.post("/calendar/devices/", {"title": "Family", "reads": "tasks"}).content.decode()
    assert "/calendar/published/" in shown
    assert "/calendar/published/" not in client.get("/calendar/devices/").content.decode()
