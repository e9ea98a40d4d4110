"""The story of S0 in Chromium, played by three people, with a real mail server: from the paid invoice to the won deal.

PS-6…PS-8, PF-6, HS-1…HS-3, HS-5…HS-7, HS-19, TK-1…TK-9, ML-1, ML-3.
"""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.actor import Actor
from tests.e2e.conftest import PostOffice
from tests.site.product import eventually

DEAL = "Обслуживание вентиляции, БЦ «Гулливер»"
Enter = Callable[[str], Actor]


def test_a_paid_deal_is_led_to_its_act(enter: Enter, post_office: PostOffice, tmp_path: Path) -> None:
    manager, head, employee = enter("tikhonov"), enter("gromov"), enter("akhmetov")
    # Other journeys leave something in the inboxes of the same company.
    head_had, employee_had = head.waiting(), employee.waiting()

    manager.go("/deals/board")
    manager.move(DEAL, "Оплачено")

    # The head sees the counter grow by itself, and in the form what he needs to know of the deal.
    head.waits(head_had + 1)
    head.open("Выберите сотрудника", about=DEAL)
    for known in ("Пропуск на объект заказывать за день", "Виктор", "Бизнес-центр «Гулливер»"):
        expect(head.detail).to_contain_text(known)
    head.refuses_to_offer("Сотрудник", "Лебедева")
    head.pick("Сотрудник", "Ахм", "Рустам Ахметов")
    head.press("Отправить")
    manager.stands(DEAL, "В обработке")

    head.open("Составьте ведомость", about=DEAL)
    head.fill("Список документов", "Паспорт установки\nСхема вентиляции")
    head.press("Отправить")

    # The task: deadline in two days, the list in the description, observer, group and deal.
    employee.waits(employee_had + 1)
    employee.open("Забрать документы", about=DEAL)
    for known in ("Паспорт установки", "Схема вентиляции", "Игорь Тихонов", "Продажи", DEAL):
        expect(employee.detail).to_contain_text(known)
    employee.due_in_days(2)
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    employee.attach(scan, "Скан паспорта")
    employee.press("Завершить")

    # Rejected with a comment, which stands in the next task.
    manager.open("Проверьте документы", about=DEAL)
    manager.fill("Комментарий", "Нет подписи на схеме")
    manager.press("Вернуть")
    employee.open("Забрать документы на доработку", about=DEAL)
    expect(employee.detail).to_contain_text("Нет подписи на схеме")
    employee.press("Завершить")
    manager.open("Проверьте документы", about=DEAL)
    manager.press("Утвердить")

    # The report for the head and, at the same time, the act for the manager.
    manager.open("Передать заказчику акт", about=DEAL)
    head.open("Подготовить отчёт", about=DEAL)
    head.press("Завершить")

    eventually(lambda: post_office.sent_to("zv@gulliver.example"), "the letter to the client")
    [letter] = post_office.sent_to("zv@gulliver.example")
    assert "Игорь Тихонов" in str(letter["From"])
    assert DEAL in str(letter["Subject"])
    assert "Игорь Тихонов" in letter.get_body().get_content()
    manager.stands(DEAL, "Сделка заключена")

    # Edited while it is where it is, nothing begins; rolled back and paid again, it begins anew.
    head.waits(head_had)
    manager.go("/deals/board")
    manager.unfold("Сделка заключена")
    manager.move(DEAL, "Счёт выставлен")
    manager.move(DEAL, "Оплачено")
    head.waits(head_had + 1)
    manager.edit(DEAL, "Комментарий", "Въезд с улицы")
    head.waits(head_had + 1)
