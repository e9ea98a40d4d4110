"""What waits is put off by the person himself, and comes back by the clock."""

from datetime import timedelta

import pytest

from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.notify import waking
from potok.notify.public import asleep_for, waiting, waiting_count
from tests.company import Company

KEY = "task:12"


def opened_for(person: int) -> None:
    with opened(None, door="screen") as call:
        waiting.open_(call, person=person, key=KEY, kind="task", title="Call the client")


def snooze(person: int, hours: float | None) -> None:
    with opened(person, door="screen") as call:
        until = None if hours is None else call.at + timedelta(hours=hours)
        waiting.snooze(call, key=KEY, until=until)


def test_what_is_put_off_is_counted_nowhere_until_its_moment(company: Company) -> None:
    opened_for(company.bob.pk)
    snooze(company.bob.pk, 2)
    assert waiting_count(person=company.bob.pk) == 0
    assert [one.key for one in asleep_for(company.bob.pk)] == [KEY]
    clock.wind(timedelta(hours=3))
    assert waiting_count(person=company.bob.pk) == 1
    assert (waking.serve(), waking.serve()) == (1, 0)
    assert waiting_count(person=company.bob.pk) == 1


def test_what_was_put_off_is_taken_up_again(company: Company) -> None:
    opened_for(company.bob.pk)
    snooze(company.bob.pk, 2)
    snooze(company.bob.pk, None)
    assert waiting_count(person=company.bob.pk) == 1


def test_new_words_do_not_wake_what_the_person_put_off(company: Company) -> None:
    opened_for(company.bob.pk)
    snooze(company.bob.pk, 2)
    opened_for(company.bob.pk)
    assert waiting_count(person=company.bob.pk) == 0


@pytest.mark.parametrize("hours", [-1, 0, 24 * 400])
def test_a_moment_that_makes_no_sense_is_refused(company: Company, hours: float) -> None:
    opened_for(company.bob.pk)
    with pytest.raises(Refused) as refused:
        snooze(company.bob.pk, hours)
    assert refused.value.code == "notify.waiting.wrong_moment"


def test_nobody_puts_off_what_waits_for_somebody_else(company: Company) -> None:
    opened_for(company.bob.pk)
    with pytest.raises(Refused) as refused:
        snooze(company.carol.pk, 2)
    assert refused.value.code == "notify.waiting.missing"
    assert waiting_count(person=company.bob.pk) == 1
