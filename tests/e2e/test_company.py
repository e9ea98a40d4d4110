"""The structure is put in order by mouse and by keys; people sign in with a passkey; somebody leaves."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.actor import PASSWORD, Actor
from tests.e2e.test_every_page import LOOKS, complaints

Enter = Callable[..., Actor]


def line(page: Page, name: str) -> str:
    return f".tree a[data-name='{name}']"


def names(page: Page) -> list[str]:
    found: list[str] = page.locator(".tree a[data-takes]").evaluate_all("all => all.map(one => one.dataset.name)")
    return found


def depth(page: Page, name: str) -> str:
    return page.locator(line(page, name)).get_attribute("class") or ""


def take_back(page: Page) -> None:
    with page.expect_navigation():
        page.locator(".toast button", has_text="Отменить").click()


def test_departments_and_people_are_moved_by_mouse_and_by_keys(enter: Enter) -> None:
    head = enter("sheremeteva")
    page = head.page
    head.go("/people/")
    expect(page.locator("potok-structure[data-ready]")).to_be_visible()
    deepest = max(names(page), key=lambda name: depth(page, name))
    was = depth(page, deepest)
    top = names(page)[0]
    # By keys: taken, put down at the top, and taken back by the toast.
    page.locator(line(page, deepest)).focus()
    page.keyboard.press("Control+x")
    expect(page.locator("[data-says]")).to_contain_text(deepest)
    page.locator(".tree a[data-puts='']").focus()
    with page.expect_navigation():
        page.keyboard.press("Control+v")
    assert depth(page, deepest) == "depth0"
    take_back(page)
    assert depth(page, deepest) == was
    # By mouse: onto the first department.
    with page.expect_navigation():
        page.locator(line(page, deepest)).drag_to(page.locator(line(page, top)))
    assert depth(page, deepest) == "depth1"
    take_back(page)
    # A person, too, from the list into a department.
    head.go("/people/")
    person = page.locator("[data-kind='person']").last
    name = person.get_attribute("data-name")
    with page.expect_navigation():
        person.drag_to(page.locator(line(page, deepest)))
    aside = head.context.new_page()
    aside.goto(head.base + (page.locator(line(page, deepest)).get_attribute("href") or ""))
    expect(aside.locator(".tbl.people")).to_contain_text(name or "?")
    aside.close()
    take_back(page)  # other journeys know the company as it is
    head.go("/people/chart")
    expect(page.locator(".structure-chart")).to_contain_text(deepest)
    assert complaints(page) == []


def test_a_passkey_lets_in_without_a_password(enter: Enter) -> None:
    person = enter("akhmetov")
    page = person.page
    devtools = person.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = {**device, "isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    person.go("/me/security")
    page.get_by_label("Название ключа доступа").fill("Рабочий ноутбук")
    with page.expect_navigation():
        page.get_by_role("button", name="Добавить ключ доступа").click()
    expect(page.locator(".passkeys")).to_contain_text("Рабочий ноутбук")
    assert complaints(page) == []

    # The password alone is not enough now.
    page.goto("about:blank")
    person.context.clear_cookies()
    page.goto(person.base + "/sign-in")
    page.locator("input[type=email]").fill("akhmetov@north-air.example")
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Войти", exact=True).click()
    expect(page).to_have_url(re.compile("/sign-in/second"))
    assert complaints(page) == []
    page.get_by_role("button", name="Использовать ключ доступа").click()
    expect(page).to_have_url(re.compile("/inbox/"))

    # And the key alone is.
    page.goto("about:blank")
    person.context.clear_cookies()
    page.goto(person.base + "/sign-in?next=/me/security")
    assert complaints(page, rules=LOOKS) == []
    page.get_by_role("button", name="Войти с ключом доступа").click()
    expect(page).to_have_url(re.compile("/me/security"))
    expect(page.locator(".tries")).to_contain_text("по ключу доступа")
    page.locator(".passkeys input[type=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.locator(".passkeys button").click()
    expect(page.locator(".passkeys")).to_have_count(0)


def test_what_somebody_holds_is_shown_before_he_leaves(enter: Enter) -> None:
    head = enter("sheremeteva")
    head.go("/people/?q=Ахметов")
    head.go(head.page.locator("[data-kind='person']").first.get_attribute("href") or "")
    head.page.get_by_role("link", name="Уволить").click()
    expect(head.page.get_by_role("heading", level=1)).to_contain_text("Увольнение")
    assert complaints(head.page) == []
