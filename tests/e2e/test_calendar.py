"""The calendar in a browser: events are carried to another hour and day, by the mouse, by keys and by a finger."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, expect

from tests.e2e.actor import Actor

Enter = Callable[..., Actor]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def write_down(actor: Actor, title: str, *, day: str, hour: str = "10:00", repeats: str = "") -> None:
    """Write an event into one's own calendar."""
    actor.go(f"/calendar/new?day={day}")
    form = actor.page.locator("form.event-form")
    form.locator("input[name=title]").fill(title)
    form.locator("input[name=hour]").fill(hour)
    form.locator("input[name=until]").fill("")
    if repeats:
        form.locator("select[name=repeats]").select_option(repeats)
    form.locator("button.pri").click()
    expect(actor.page.locator("#calendar .event", has_text=title).first).to_be_visible()


def look(actor: Actor, view: str, day: str) -> None:
    actor.go(f"/calendar/?view={view}&day={day}")
    expect(actor.page.locator("#calendar[data-ready]")).to_be_visible()


def carry(actor: Actor, what: Locator, *, x: float = 0, y: float = 0) -> None:
    """Take something by the mouse and let it go so many points away."""
    box = what.bounding_box()
    assert box
    at = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    actor.page.mouse.move(*at)
    actor.page.mouse.down()
    actor.page.mouse.move(at[0] + x / 2, at[1] + y / 2)
    actor.page.mouse.move(at[0] + x, at[1] + y, steps=4)
    actor.page.mouse.up()


def event(actor: Actor, title: str) -> Locator:
    return actor.page.locator("#calendar [data-moves]", has_text=title)


def test_an_event_is_carried_made_longer_and_brought_back(enter: Enter) -> None:
    worker = enter("tikhonov")
    write_down(worker, "Осмотр щитовой", day="2041-03-05")
    look(worker, "week", "2041-03-05")
    day = worker.page.locator("#calendar svg.day").first.bounding_box()
    assert day
    carry(worker, event(worker, "Осмотр щитовой"), x=day["width"], y=46)
    expect(event(worker, "Осмотр щитовой")).to_contain_text("11:00–12:00")
    expect(worker.page.locator("svg[data-day='2041-03-06']")).to_contain_text("Осмотр щитовой")
    carry(worker, event(worker, "Осмотр щитовой").locator("[data-end]"), y=23)
    expect(event(worker, "Осмотр щитовой")).to_contain_text("11:00–12:30")
    expect(worker.page.locator("dialog.drawer")).to_have_count(0)
    worker.page.locator("potok-toasts .toast").last.get_by_role("button", name="Отменить").click()
    expect(event(worker, "Осмотр щитовой")).to_contain_text("11:00–12:00")


def test_by_keys_an_event_is_taken_moved_and_put_down_and_esc_leaves_it(enter: Enter) -> None:
    worker = enter("tikhonov")
    write_down(worker, "Сверка смет", day="2041-04-09")
    look(worker, "week", "2041-04-09")
    keys, says = worker.page.keyboard, worker.page.locator("#calendar [data-says]")
    event(worker, "Сверка смет").focus()
    keys.press("Space")
    expect(says).to_contain_text("Взято: Сверка смет")
    keys.press("ArrowRight")
    keys.press("ArrowDown")
    keys.press("Shift+ArrowDown")
    expect(says).to_contain_text(re.compile("10 апреля.*10:15.*11:30"))
    keys.press("Escape")
    expect(says).to_contain_text("Возвращено на место")
    keys.press("Space")
    keys.press("ArrowRight")
    keys.press("Enter")
    expect(worker.page.locator("svg[data-day='2041-04-10']")).to_contain_text("Сверка смет")
    expect(event(worker, "Сверка смет")).to_contain_text("10:00–11:00")


def test_in_the_month_one_of_a_series_is_carried_and_the_others_stay(enter: Enter) -> None:
    worker = enter("tikhonov")
    write_down(worker, "Планёрка монтажников", day="2041-05-06", repeats="weekly")
    look(worker, "month", "2041-05-06")
    expect(event(worker, "Планёрка монтажников")).to_have_count(4)
    cell = worker.page.locator("[data-day='2041-05-13']")
    box = cell.bounding_box()
    assert box
    carry(worker, cell.locator("[data-moves]", has_text="Планёрка"), x=2 * box["width"])
    dialog = worker.page.get_by_role("dialog", name="Событие повторяется")
    dialog.get_by_role("button", name="Оставить на месте").click()
    expect(cell).to_contain_text("Планёрка")
    carry(worker, cell.locator("[data-moves]", has_text="Планёрка"), x=2 * box["width"])
    dialog.get_by_role("button", name="Только это").click()
    expect(worker.page.locator("[data-day='2041-05-15']")).to_contain_text("Планёрка")
    expect(cell).not_to_contain_text("Планёрка")
    expect(worker.page.locator("[data-day='2041-05-20']")).to_contain_text("Планёрка")


def test_on_a_phone_a_finger_that_rests_takes_an_event_and_one_that_slides_does_not(enter: Enter) -> None:
    worker = enter("tikhonov", **PHONE)
    write_down_on_phone(worker)
    look(worker, "day", "2041-06-05")
    finger = worker.context.new_cdp_session(worker.page)
    box = event(worker, "Звонок на склад").bounding_box()
    assert box
    x, y = box["x"] + 60, box["y"] + 12

    def touch(kind: str, *at: float) -> Any:
        points = [{"x": at[0], "y": at[1]}] if at else []
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", x, y)
    touch("touchMove", x, y - 60)
    touch("touchEnd")
    expect(worker.page.locator("#calendar.is-held, #calendar[data-held]")).to_have_count(0)
    box = event(worker, "Звонок на склад").bounding_box()
    assert box
    x, y = box["x"] + 60, box["y"] + 12
    touch("touchStart", x, y)
    expect(worker.page.locator("#calendar[data-held]")).to_be_visible()
    touch("touchMove", x, y + 46)
    touch("touchEnd")
    expect(event(worker, "Звонок на склад")).to_contain_text("11:00–12:00")


def write_down_on_phone(actor: Actor) -> None:
    actor.go("/calendar/new?day=2041-06-05")
    form = actor.page.locator("form.event-form")
    form.locator("input[name=title]").fill("Звонок на склад")
    form.locator("input[name=hour]").fill("10:00")
    form.locator("input[name=until]").fill("")
    form.locator("button.pri").click()
    expect(actor.page.locator("#calendar .agenda")).to_contain_text("Звонок на склад")
