"""Notices by mail, against a real server: what the letter says, and what becomes of it when nobody takes it."""

from datetime import time, timedelta
from typing import Any

import pytest

from potok.kit import clock
from potok.kit.doors import opened
from potok.mail.notices import serve
from potok.mail.queries import visible_to
from potok.notify import routing
from potok.notify.models import Channel, Delivery
from potok.notify.operations.wishes import Digest
from potok.notify.public import notices, wishes
from potok.people.public import Person
from tests.company import Company
from tests.mail.conftest import Postman


def told(company: Company, text: str, **more: Any) -> None:
    with opened(None, door="instance") as call:
        notices.send(call, to=company.bob.pk, text=text, why="You are responsible", url="/tasks/7", **more)


def passed(after: timedelta = timedelta(0)) -> None:
    with clock.wound(after):
        while routing.serve():
            pass
        while serve():
            pass


def test_a_letter_says_what_why_and_where_and_is_no_letter_of_the_company(company: Company, postman: Postman) -> None:
    told(company, "Новая задача:\nпозвонить", outside="Позвонить клиенту")
    passed()
    letter = postman.letters[0]
    assert (letter["To"], letter["Subject"]) == ("bob@firm.example", "Позвонить клиенту")
    assert letter["Auto-Submitted"] == "auto-generated"
    text = letter.get_content().replace("\r\n", "\n")
    assert "Позвонить клиенту\nYou are responsible\nhttp" in text
    assert "/notices/" in text
    assert "Change it here" in text
    assert not visible_to(None).exists()


def test_a_digest_is_one_letter_in_the_language_of_its_reader(company: Company, postman: Postman) -> None:
    Person.objects.filter(pk=company.bob.pk).update(language="ru")
    with opened(company.bob.pk, door="screen") as call:
        wishes.change(call, choices={"tasks": {"mail": "digest"}}, digest=Digest(time(9)))
    for number in range(3):
        told(company, f"Задача {number}", kind="task")
    passed()
    assert postman.letters == []
    passed(timedelta(days=1))
    assert [letter["Subject"] for letter in postman.letters] == ["3 непрочитанных уведомления"]
    text = postman.letters[0].get_content()
    assert [text.index(f"Задача {number}") for number in range(3)] == sorted(
        text.index(f"Задача {number}") for number in range(3)
    )


def test_an_address_that_is_refused_fails_and_holds_nobody(company: Company, postman: Postman) -> None:
    postman.refused = {"bob@firm.example"}
    told(company, "Lost")
    with opened(None, door="instance") as call:
        notices.send(call, to=company.carol.pk, text="Found")
    passed()
    assert [letter["To"] for letter in postman.letters] == ["carol@firm.example"]
    lost = Delivery.objects.get(person=company.bob)
    assert lost.state == "failed"
    assert "550" in lost.problem


@pytest.mark.parametrize("answer", ["451 Try later", "554 We do not like you"])
def test_a_server_that_refuses_all_rests_and_everything_comes_later_once(
    company: Company, postman: Postman, answer: str
) -> None:
    postman.answers = [answer]
    told(company, "One")
    told(company, "Two")
    passed()
    assert postman.letters == []
    assert not Channel.objects.get(pk="mail").is_up
    passed(timedelta(seconds=6))
    assert [letter["Subject"] for letter in postman.letters] == ["One", "Two"]
    assert Channel.objects.get(pk="mail").is_up


def test_a_letter_that_is_handed_over_again_is_the_same_letter(company: Company, postman: Postman) -> None:
    told(company, "Look")
    passed()
    Delivery.objects.update(state="waiting")
    passed()
    assert len({letter["Message-ID"] for letter in postman.letters}) == 1
    assert len(postman.letters) == 2


def test_an_hour_without_a_mail_server_loses_doubles_and_disorders_nothing(
    company: Company, postman: Postman, settings: Any
) -> None:
    settings.MAIL_URL = "smtp://127.0.0.1:1?from=office@firm.example"
    for minute in range(0, 60, 5):
        if minute % 20 == 0:
            told(company, f"Notice {minute}")
        passed(timedelta(minutes=minute))
    away = Channel.objects.get(name="mail")
    assert (away.problem != "", postman.letters) == (True, [])
    settings.MAIL_URL = postman.url
    for minute in (75, 90, 600):
        passed(timedelta(minutes=minute))
    assert [letter["Subject"] for letter in postman.letters] == ["Notice 0", "Notice 20", "Notice 40"]
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    assert Channel.objects.get(name="mail").problem == ""
