"""A definition is tried, kept as cases, published twice; what runs is moved to the new version, and one back again.

N1, N3; DS-11, PF-13.
"""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.e2e.actor import Actor

Enter = Callable[..., Actor]
TEXT = """# Potok definition, format 1
definition: passes
title: Пропуск для гостя
start: [manual]
variables:
  passport: {type: text, title: Паспорт}
do:
  - id: asked
    title: Данные гостя
    block: request_information
    with:
      to: '{=Workflow:initiator}'
      title: Кто придёт
      fields:
        guest: {type: text, title: Имя гостя, required: true}
  - if:
      - when: contains({=Variable:guest}, "Иванов")
        do:
          - id: known
            title: Знакомый гость
            block: notify_person
            with: {to: '{=Workflow:initiator}', text: 'Гость уже бывал: {=Variable:guest}'}
      - else:
          - id: rest
            title: Проверка
            pause: {for: 2 days, working: true}
  - id: told
    title: Пропуск готов
    block: notify_person
    with: {to: '{=Workflow:initiator}', text: 'Пропуск готов: {=Variable:guest}'}
"""


def test_a_definition_is_tried_published_and_what_runs_follows(enter: Enter, tmp_path: Path) -> None:
    author = enter("sheremeteva")
    page = author.page
    take_in(author, tmp_path)

    # Tried by hand: the form is answered in place, the clock wound, the path lights up.
    trial = page.url
    expect(steps(page)).to_have_count(5)
    page.get_by_role("button", name="Начать").click()
    expect(page.get_by_text("Ждёт: Данные гостя.")).to_be_visible()
    expect(lit(page, "person")).to_have_count(1)
    page.get_by_label("Имя гостя").fill("Пётр Сидоров")
    page.locator("#trial-question").get_by_role("button").first.click()
    expect(page.get_by_text("Ждёт: Проверка.")).to_be_visible()
    page.get_by_role("button", name=re.compile("К следующему событию")).click()
    expect(page.get_by_text("Процесс завершился.")).to_be_visible()
    expect(page.get_by_text("Пройдено шагов: 3 из 4.")).to_be_visible()
    expect(lit(page, "done")).to_have_count(4)
    keep(page, "Новый гость")

    # Published with its case; two run.
    author.go(definition(page, trial))
    page.get_by_role("button", name="Опубликовать", exact=True).click()
    expect(page.get_by_text("Версия 1 опубликована")).to_be_visible()
    runs = [start(author, trial) for _ in range(2)]

    # The next version does otherwise: the case says what, and it is accepted.
    change(author, trial, "Пропуск готов: ", "Пропуск лежит на проходной: ")
    author.go(trial)
    page.get_by_role("button", name="Прогнать все").click()
    expect(page.locator("#cases ins")).to_have_text(re.compile("лежит на проходной"))
    page.get_by_label("Что изменилось").fill("Гость узнаёт, где пропуск")
    page.get_by_role("button", name="Опубликовать", exact=True).click()
    expect(page.get_by_text(re.compile("проходит иначе")).first).to_be_visible()
    author.complaints.clear()  # the browser tells of each status that is no success
    page.get_by_label(re.compile("принять новое поведение")).check()
    page.get_by_role("button", name="Опубликовать", exact=True).click()

    # Side by side: the step that has changed is marked in both.
    expect(page.get_by_text("Гость узнаёт, где пропуск")).to_be_visible()
    expect(page.locator("potok-picture")).to_have_count(2)
    expect(page.locator("potok-picture .n-changed")).to_have_count(2)

    # Those that run are rehearsed, moved, and one of them goes back.
    page.goto(definition(page, trial) + "versions/")
    expect(page.get_by_text("Гость узнаёт, где пропуск")).to_be_visible()
    page.get_by_role("link", name="Перенести на текущую").click()
    expect(page.locator("potok-picture .note-badge", has_text="2")).to_have_count(2)
    page.get_by_role("button", name="Отрепетировать").click()
    expect(page.get_by_text("Перенести можно все: 2.")).to_be_visible()
    page.get_by_role("button", name="Перенести", exact=True).click()
    expect(page.get_by_text("Перенесено: 2.")).to_be_visible()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Вернуть").click()
    expect(page.get_by_text("Перенесено: 1.")).to_be_visible()
    assert sorted(version_of(author, run) for run in runs) == [1, 2]


def test_a_ready_process_is_taken_and_saved_as_a_file(enter: Enter, tmp_path: Path) -> None:
    author = enter("sheremeteva")
    page = author.page
    author.go("/definitions/")
    page.get_by_role("link", name="Готовые процессы").click()
    expect(page.get_by_role("heading", name="Типовые процессы")).to_be_visible()
    expect(page.locator(".shelf > li")).to_have_count(17)
    page.get_by_role("link", name="Взять: Заявление на отпуск").click()
    expect(page.get_by_text("Отдел кадров", exact=True)).to_be_visible()
    page.get_by_label("Название").fill("Отпуска нашего отдела")
    page.get_by_role("button", name="Взять", exact=True).click()
    expect(page).to_have_url(re.compile(r"/definitions/\d+/drawing"))
    expect(page.get_by_text("Отпуска нашего отдела").first).to_be_visible()
    made = re.sub("drawing.*", "", page.url)
    saved = page.request.get(made + "file").text()
    assert "title: Отпуска нашего отдела" in saved
    author.go(made + "trial")
    expect(page.locator("#cases .case")).to_have_count(2)


def take_in(author: Actor, folder: Path) -> None:
    file = folder / "passes.yaml"
    file.write_text(TEXT, encoding="utf-8")
    author.go("/definitions/file")
    author.page.locator("input[type=file]").set_input_files(file)
    author.page.get_by_role("button", name="Взять").or_(author.page.get_by_role("button", name="Загрузить")).click()
    expect(author.page).to_have_url(re.compile(r"/definitions/\d+/drawing"))
    author.go(re.sub("drawing.*", "trial", author.page.url))


def steps(page: Page) -> Locator:
    return page.locator("#trial-picture .step")


def lit(page: Page, state: str) -> Locator:
    """What is marked so on the diagram, steps and branches alike."""
    return page.locator(f"#trial-picture .n-{state}")


def keep(page: Page, title: str) -> None:
    page.get_by_label("Сохранить как случай").fill(title)
    page.get_by_role("button", name="Сохранить", exact=True).click()
    expect(page.locator("#cases")).to_contain_text(title)


def definition(page: Page, trial: str) -> str:
    return trial.removesuffix("trial")


def start(author: Actor, trial: str) -> str:
    author.go(definition(author.page, trial) + "start")
    author.page.get_by_role("button", name="Запустить").click()
    expect(author.page).to_have_url(re.compile(r"/instances/\d+/"))
    return author.page.url


def change(author: Actor, trial: str, old: str, new: str) -> None:
    """Write another text into the draft."""
    author.go(definition(author.page, trial))
    text = author.page.get_by_label("Текст шаблона")
    # The text is checked as the page comes, and once more after a change, which keeps the draft.
    author.page.wait_for_load_state("networkidle")
    with author.page.expect_response(lambda answer: answer.url.endswith("/definitions/check")):
        text.fill(text.input_value().replace(old, new))
    author.page.wait_for_load_state("networkidle")


def version_of(author: Actor, run: str) -> int:
    author.go(run)
    said = author.page.get_by_text(re.compile(r"^\s*версия \d+\s*$")).first.inner_text()
    return int(said.split()[-1])
