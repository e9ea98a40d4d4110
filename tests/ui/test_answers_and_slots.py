"""What a view may answer, and what the shell shows of what parts put into its slots."""

import json

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from potok.kit.errors import Forbidden, Missing, Overtaken, Refusals, Refused
from potok.ui import answers, slots
from potok.ui.shell import Shell

SCRIPT = {"HX-Request": "true", "HX-Request-Type": "partial"}


def asked(path: str = "/", **headers: str) -> HttpRequest:
    request = RequestFactory().get(path, headers={name.replace("_", "-"): text for name, text in headers.items()})
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


def told(response: HttpResponse) -> dict[str, dict[str, object]]:
    return json.loads(response["HX-Trigger"])


@pytest.mark.parametrize(("family", "status"), [(Refused, 422), (Forbidden, 403), (Missing, 404), (Overtaken, 409)])
def test_a_refusal_says_its_sentence_and_draws_nothing(family: type[Refused], status: int) -> None:
    response = answers.refused(asked(**SCRIPT), family("a.code", "Say {what}", place="sum", what="more"))
    assert response.status_code == status
    assert response["HX-Reswap"] == "none"
    assert told(response)["refused"] == {"code": "a.code", "sentence": "Say more", "places": {"sum": "Say more"}}


def test_several_refusals_name_each_its_place() -> None:
    both = Refusals([Refused("a", "One", place="x"), Refused("b", "Two", place="y")])
    assert told(answers.refused(asked(**SCRIPT), both))["refused"]["places"] == {"x": "One", "y": "Two"}


def test_a_toast_reaches_a_script_in_this_answer_and_a_browser_with_the_next_page() -> None:
    toast = answers.Toast("Стадия «Оплачена»", undo="/undo/7")
    assert told(answers.say(asked(**SCRIPT), HttpResponse(), toast))["toast"]["undo"] == "/undo/7"
    plain = asked()
    assert "HX-Trigger" not in answers.say(plain, HttpResponse(), toast)
    assert Shell(plain).toasts == [{"text": "Стадия «Оплачена»", "undo": "/undo/7"}]


def test_events_of_one_answer_stand_side_by_side() -> None:
    response = answers.made(HttpResponse(), type="company", id=7, title="Ромашка")
    assert set(told(answers.close(response))) == {"made", "drawer-close"}


def test_a_redirect_is_told_to_a_script_and_sent_to_a_browser() -> None:
    assert answers.go(asked(**SCRIPT), "/deals/")["HX-Redirect"] == "/deals/"
    assert answers.go(asked(), "/deals/").status_code == 303


def test_a_restored_page_is_whole_though_htmx_asks_for_it() -> None:
    assert answers.wants_part(asked(**SCRIPT))
    assert not answers.wants_part(asked(**SCRIPT, **{"HX-History-Restore-Request": "true"}))
    assert not answers.wants_part(asked())


def test_a_slot_orders_its_entries_and_refuses_a_name_twice() -> None:
    slot: slots.Slot[slots.MenuEntry] = slots.Slot("test")
    late = slots.MenuEntry("late", "Late", "x", "/late/", order=2)
    slot.add(late)
    slot.add(slots.MenuEntry("early", "Early", "x", "/early/", order=1))
    slot.add(late)
    assert [entry.name for entry in slot.all()] == ["early", "late"]
    with pytest.raises(ValueError, match="late"):
        slot.add(slots.MenuEntry("late", "Other", "x", "/"))


def test_the_rail_hides_what_a_person_may_not_see_and_marks_the_longest_path(monkeypatch: pytest.MonkeyPatch) -> None:
    rail: slots.Slot[slots.RailEntry] = slots.Slot("test")
    rail.add(slots.RailEntry("crm", "CRM", "x", "/crm/", order=1))
    rail.add(slots.RailEntry("deals", "Deals", "x", "/crm/deals/", order=2, count=lambda request: (0, "mine")))
    rail.add(slots.RailEntry("secret", "Secret", "x", "/crm/deals/12/", visible=lambda request: False))
    monkeypatch.setattr(slots, "rail", rail)
    lines = Shell(asked("/crm/deals/12/")).rail[0].lines
    assert [(line.title, line.current, line.count) for line in lines] == [("CRM", False, None), ("Deals", True, None)]


def test_a_tab_shows_on_the_cards_of_its_types(monkeypatch: pytest.MonkeyPatch) -> None:
    tabs: slots.Slot[slots.CardTab] = slots.Slot("test")
    tabs.add(slots.CardTab("runs", "Runs", lambda request, record: "", order=1))
    tabs.add(slots.CardTab("goods", "Goods", lambda request, record: "", types=frozenset({"deal"})))
    monkeypatch.setattr(slots, "card_tabs", tabs)
    shown = [[tab.name for tab in slots.tabs_for(asked(), type_name, object())] for type_name in ("deal", "contact")]
    assert shown == [["runs", "goods"], ["runs"]]


@pytest.mark.parametrize(("kept", "shown"), [("dark", "dark"), ("", "system"), ('"><script>', "system")])
def test_a_theme_from_a_cookie_is_one_of_three(kept: str, shown: str) -> None:
    request = asked()
    request.COOKIES["theme"] = kept
    assert Shell(request).theme == shown
