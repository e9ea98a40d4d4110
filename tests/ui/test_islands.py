"""What the islands promise, in a browser, under the content security policy of the product."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect


def kept(page: Page, what: str) -> object:
    return page.request.get("/kept").json()[what]


def test_the_theme_is_remembered_and_written_by_the_server(page: Page) -> None:
    page.goto("/")
    page.locator("[data-theme-switch]").first.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_rail_folds_with_the_bracket_even_under_the_russian_layout(page: Page) -> None:
    page.goto("/")
    page.evaluate(
        "document.dispatchEvent(new KeyboardEvent('keydown', {code: 'BracketLeft', key: 'х', bubbles: true}))"
    )
    expect(page.locator("#app")).to_have_class(re.compile("mini"))
    page.reload()
    expect(page.locator("#app")).to_have_class(re.compile("mini"))


def test_letters_rest_while_somebody_types(page: Page) -> None:
    page.goto("/deals/5/")
    page.keyboard.press("c")
    expect(page.locator(".compose input")).to_be_focused()
    page.keyboard.type("c[")
    expect(page.locator(".compose input")).to_have_value("c[")
    expect(page.locator("#app")).not_to_have_class(re.compile("mini"))


def test_the_sheet_of_keys_lists_the_keys_of_the_screen_too(page: Page) -> None:
    page.goto("/deals/5/")
    page.keyboard.press("?")
    sheet = page.locator("dialog#keys")
    expect(sheet).to_contain_text("Найти или выполнить")
    expect(sheet).to_contain_text("Комментарий")
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)


def test_a_drawer_has_an_address_and_back_closes_it(page: Page) -> None:
    page.goto("/companies/?view=1")
    page.get_by_role("link", name="Лифтремонт-Сервис").click()
    expect(page.locator("dialog.drawer")).to_contain_text("Обслуживание вентиляции")
    expect(page).to_have_url(re.compile(r"/companies/\?view=1&over=/deals/7/$"))
    page.reload()
    expect(page.locator("dialog.drawer")).to_contain_text("Обслуживание вентиляции")
    page.locator("[data-drawer-close]").click()
    expect(page.locator("dialog.drawer")).to_have_count(0)
    page.get_by_role("link", name="Лифтремонт-Сервис").click()
    expect(page.locator("dialog.drawer .drawer-body")).to_be_visible()
    page.go_back()
    expect(page.locator("dialog.drawer")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/companies/\?view=1$"))


def test_a_link_in_a_drawing_opens_its_drawer(page: Page) -> None:
    page.goto("/companies/")
    page.evaluate(
        """document.querySelector(".list-wrap").innerHTML =
            '<svg><a href="/deals/7/?tab=2" data-drawer><text y="20">Полоса</text></a></svg>'"""
    )
    page.get_by_text("Полоса").click()
    expect(page.locator("dialog.drawer")).to_contain_text("Обслуживание вентиляции")
    expect(page).to_have_url(re.compile(r"/companies/\?over=/deals/7/\?tab=2$|over=/deals/7/%3Ftab%3D2$"))


@pytest.mark.parametrize("swap", ["innerHTML", "innerMorph"])
def test_what_hangs_at_its_place_is_drawn_anew_within_the_policy(page: Page, swap: str) -> None:
    page.goto("/companies/")
    page.evaluate(
        """async swap => {
            const target = document.querySelector(".list-wrap");
            target.innerHTML = '<p id="hung">Было</p>';
            document.getElementById("hung").style.left = "40px";
            await htmx.swap({target, swap, text: '<p id="hung">Стало</p>', sourceElement: target});
        }""",
        swap,
    )
    expect(page.locator("#hung")).to_have_text("Стало")
    if swap == "innerMorph":
        expect(page.locator("#hung")).to_have_css("left", "40px")


def test_a_record_created_in_a_stacked_drawer_is_picked_in_the_form_below(page: Page) -> None:
    page.goto("/deals/")
    page.locator("[data-column=paid] a[href='/deals/new']").click()
    form = page.locator("dialog.drawer").first
    form.get_by_label("Название").fill("Поверка счётчиков")
    form.get_by_label("Компания").fill("Новая фирма")
    form.get_by_role("option", name="Создать «Новая фирма»").click()
    above = page.locator("dialog.drawer").nth(1)
    expect(above.get_by_label("Название")).to_have_value("Новая фирма")
    above.get_by_role("button", name="Создать").click()
    expect(page.locator("dialog.drawer")).to_have_count(1)
    expect(form.locator(".picked")).to_contain_text("Новая фирма")
    expect(form.get_by_label("Название")).to_have_value("Поверка счётчиков")
    expect(form.locator("input[name=company][type=hidden]")).to_have_value("77")
    expect(page.locator(".toast")).to_contain_text("Компания создана")


def test_escape_closes_one_drawer_at_a_time(page: Page) -> None:
    page.goto("/deals/?over=/deals/5/&over=/companies/new")
    expect(page.locator("dialog.drawer .drawer-body")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator("dialog.drawer")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("dialog.drawer")).to_have_count(0)


def test_a_refusal_stands_under_its_field_and_keeps_what_was_typed(page: Page) -> None:
    page.goto("/companies/new")
    page.get_by_label("Телефон").fill("+7 812")
    page.get_by_role("button", name="Создать").last.click()
    expect(page.locator("[data-field=title] .err")).to_have_text("Назовите компанию")
    expect(page.get_by_label("Название")).to_be_focused()
    expect(page.get_by_label("Телефон")).to_have_value("+7 812")
    page.get_by_label("Название").fill("Ф")
    expect(page.locator(".err")).to_have_count(0)


def test_the_picker_filters_and_chooses_by_keyboard(page: Page) -> None:
    page.goto("/inbox/")
    page.get_by_role("combobox", name="Кто подпишет").fill("куз")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("potok-picker input[type=hidden]")).to_have_value("3")
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_a_value_is_edited_in_place_and_a_refusal_is_shown_below(page: Page) -> None:
    page.goto("/companies/")
    page.get_by_label("Статус обработки").click()
    page.keyboard.type("плохо")
    page.keyboard.press("Enter")
    expect(page.locator("potok-edit .err")).to_contain_text("Такого статуса нет")
    page.keyboard.press("Control+A")
    page.keyboard.type("Переговоры")
    page.keyboard.press("Enter")
    expect(page.locator("potok-edit .edit-value")).to_have_text("Переговоры")
    assert kept(page, "status") == "Переговоры"
    page.get_by_label("Статус обработки").click()
    page.keyboard.type("ничего")
    page.keyboard.press("Escape")
    expect(page.locator("potok-edit .edit-value")).to_have_text("Переговоры")


def test_a_clash_shows_mine_theirs_and_the_original(page: Page) -> None:
    page.goto("/companies/")
    page.get_by_label("Статус обработки").click()
    page.keyboard.type("спор")
    page.keyboard.press("Enter")
    clash = page.locator("#clash dialog")
    expect(clash).to_be_visible()
    for words in ("295 000 ₽", "310 000 ₽", "280 000 ₽"):
        expect(clash).to_contain_text(words)
    clash.get_by_role("button", name="Вернуться к правке").click()
    expect(clash).not_to_be_visible()
    expect(page.locator("potok-edit input")).to_have_value("спор")


def test_a_card_is_dragged_to_another_column_and_the_move_can_be_undone(page: Page) -> None:
    page.goto("/deals/")
    page.locator("potok-board[data-ready]").wait_for()
    card = page.locator("[data-card='5']")
    target = page.locator("[data-column=work] .board-cards")
    start, end = card.bounding_box(), target.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 40, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(end["x"] + 60, end["y"] + 30, steps=12)
    page.mouse.move(end["x"] + 62, end["y"] + 34, steps=3)
    page.mouse.up()
    expect(target.locator("[data-card='5']")).to_be_visible()
    expect(page.locator("[data-column=work] [data-count]")).to_have_text("2")
    expect(page.locator(".toast")).to_contain_text("Стадия «В работе»")
    page.keyboard.press("Control+z")
    expect(page.locator(".toast")).to_contain_text("Отменено")
    assert kept(page, "undone") == 1


def test_a_card_moves_by_keyboard_and_a_refused_move_goes_back(page: Page) -> None:
    page.goto("/deals/")
    page.locator("potok-board[data-ready]").wait_for()
    page.locator("[data-card='3'] a").focus()
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator(".toast")).to_contain_text("Вернуть в начало нельзя")
    expect(page.locator("[data-column=billed] [data-card='3']")).to_be_visible()
    page.locator("[data-card='3'] a").focus()
    page.keyboard.press("s")
    page.get_by_role("menuitem", name="Проверка документов").click()
    expect(page.locator("[data-column=check] [data-card='3']")).to_be_visible()


def test_a_half_filled_form_opens_again(page: Page) -> None:
    page.goto("/deals/new")
    page.get_by_label("Название").fill("Черновая")
    expect(page.locator("[data-draft-note]")).to_contain_text("Черновик сохранён")
    page.goto("/deals/new")
    expect(page.get_by_label("Название")).to_have_value("Черновая")


def test_what_others_change_appears_and_what_is_typed_stays(page: Page) -> None:
    page.goto("/companies/")
    row = page.locator("[data-row='1']")
    page.locator("[data-row='3'] input.tick").check()
    page.request.get("/tell?status=Изменил другой")
    expect(row).to_contain_text("Изменил другой")
    expect(page.locator("[data-row='3'] input.tick")).to_be_checked()


def test_the_palette_finds_in_the_wrong_layout_and_says_so(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Control+k")
    palette = page.locator("dialog.palette")
    expect(palette.get_by_role("option", name="Входящие")).to_be_visible()
    page.keyboard.type(",fkn")
    expect(palette).to_contain_text("по запросу «балт»")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("dialog.drawer")).to_contain_text("Обслуживание вентиляции")


def test_a_menu_walks_by_arrows_and_gives_the_focus_back(page: Page) -> None:
    page.goto("/deals/5/")
    button = page.locator(".record-head").get_by_role("button", name="Ещё")
    button.click()
    expect(page.get_by_role("menuitem", name="Скопировать ссылку")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="В корзину")).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_lines_are_walked_and_marked_by_letters(page: Page) -> None:
    page.goto("/companies/")
    for key in ("j", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator("tr.sel")).to_have_attribute("data-row", "2")


def test_the_phone_has_its_bar_and_nothing_scrolls_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for url in ("/", "/inbox/", "/deals/5/", "/companies/", "/companies/new"):
        page.goto(url)
        expect(page.locator(".phone-bar")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, url
    page.goto("/inbox/open/")
    expect(page.locator(".actions .btn.pri")).to_be_in_viewport()
    expect(page.locator(".phone-bar")).not_to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_failure_of_ours_is_a_page_with_a_code(page: Page) -> None:
    page.goto("/broken")
    expect(page.locator("h1")).to_have_text("Не получилось")
    expect(page.locator(".error-code")).to_have_text(re.compile(r"^[0-9A-F]{6}$"))


def test_a_foreign_page_does_not_open_in_a_drawer(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/deals/?over=/%5Cevil.example/&over=//evil.example/&over=https://evil.example/")
    expect(page.locator("dialog.drawer")).to_have_count(0)
    assert {urlsplit(url).hostname for url in asked} == {"127.0.0.1"}


def test_a_page_that_does_not_know_the_word_is_not_shown_in_a_drawer(page: Page) -> None:
    page.goto("/deals/?over=/kept")
    expect(page.locator("dialog.drawer")).to_contain_text("Не открылось")


def test_the_first_screen_is_light_and_runs_no_inline_script(page: Page) -> None:
    sizes: list[int] = []
    page.on("response", lambda got: sizes.append(len(got.body())) if got.url.endswith(".js") else None)
    page.goto("/deals/5/")
    page.wait_for_load_state("networkidle")
    assert sum(sizes) < 120_000  # about a third of it over the wire
    assert page.evaluate("document.querySelectorAll('script:not([src]), [style], style').length") == 0
