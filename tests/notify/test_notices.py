"""Notices reach the one they are for, say why, and are read once."""

import pytest

from potok.kit.doors import opened
from potok.kit.errors import Forbidden, Refused
from potok.kit.models import EventRow
from potok.notify.public import Notice, notices, unseen_count
from tests.company import Company


def sent(company: Company, text: str = "The task is done") -> int:
    with opened(None, door="screen") as call:
        return notices.send(call, to=company.bob.pk, text=text, why="You created it", url="/tasks/7")


def test_a_notice_says_what_why_and_where(company: Company) -> None:
    notice = Notice.objects.get(pk=sent(company))
    assert (notice.to, notice.text, notice.why, notice.url) == (
        company.bob,
        "The task is done",
        "You created it",
        "/tasks/7",
    )
    assert EventRow.objects.filter(name="notify.notice.sent").count() == 1


def test_a_list_is_answered_in_order_and_nobody_is_refused(company: Company) -> None:
    with opened(None, door="screen") as call:
        asked = [(call, {"to": to, "text": f"to {to}"}) for to in (company.bob.pk, 999_999, company.alice.pk)]
        answers = notices.send.many([*asked, (call, {"to": company.bob.pk, "text": " "})])
    assert isinstance(answers[1], Refused)
    assert answers[1].code == "notify.nobody"
    assert isinstance(answers[3], Refused)
    assert answers[3].code == "notify.notice.empty"
    assert [Notice.objects.get(pk=answers[place]).to for place in (0, 2)] == [company.bob, company.alice]


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_a_link_out_of_the_product_is_refused(company: Company, url: str) -> None:
    with pytest.raises(Refused) as refused, opened(None, door="screen") as call:
        notices.send(call, to=company.bob.pk, text="Look", url=url)
    assert refused.value.code == "notify.foreign_address"


def test_a_notice_is_read_by_its_owner_only(company: Company) -> None:
    notice = sent(company)
    with pytest.raises(Forbidden) as refused, opened(company.carol.pk, door="screen") as call:
        notices.see(call, notice=notice)
    assert refused.value.code == "notify.notice.not_yours"
    assert unseen_count(person=company.bob.pk) == 1
    with opened(company.bob.pk, door="screen") as call:
        notices.see(call, notice=notice)
    assert unseen_count(person=company.bob.pk) == 0


def test_all_is_read_at_once(company: Company) -> None:
    sent(company, "One")
    sent(company, "Two")
    with opened(company.bob.pk, door="screen") as call:
        assert notices.see_all(call) == 2
        assert notices.see_all(call) == 0


def test_a_stranger_may_not_speak_in_the_products_name(company: Company) -> None:
    with pytest.raises(Forbidden), opened(company.eve.pk, door="rest") as call:
        notices.send(call, to=company.bob.pk, text="Open this file")
