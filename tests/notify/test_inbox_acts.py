"""The inbox on the screen: putting off, several lines at once, what others owe."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from potok.kit.doors import opened
from potok.notify.public import asleep_for, waiting_count
from potok.people.public import Person
from potok.tasks import public as tasks
from tests.company import Company


def browser(person: Person) -> Client:
    client = Client(headers={"HX-Request": "true"})
    client.force_login(person)
    return client


def give(company: Company, **more: Any) -> tasks.Task:
    with opened(company.alice.pk, door="screen") as call:
        return tasks.add(call, **{"title": "Call the client", "responsible": company.bob.pk, **more})


def test_a_line_is_put_off_and_taken_up(company: Company) -> None:
    key = f"task:{give(company).pk}"
    bob = browser(company.bob)
    bob.post("/inbox/nap", {"key": key, "until": "tomorrow"})
    assert (waiting_count(person=company.bob.pk), len(asleep_for(company.bob.pk))) == (0, 1)
    assert "Laid aside" in bob.get("/inbox/").content.decode()
    bob.post(f"/inbox/nap/undo?key={key}")
    assert waiting_count(person=company.bob.pk) == 1
    assert "notify.waiting.wrong_moment" in bob.post("/inbox/nap", {"key": key, "until": "x"}).headers["HX-Trigger"]


def test_each_way_to_put_off_says_what_is_put_off(company: Company) -> None:
    key = f"task:{give(company).pk}"
    page = browser(company.bob).get("/inbox/").content.decode()
    [said] = [json.loads(one) for one in re.findall(r"hx-vals='(\{\"key\"[^}]*tomorrow[^}]*\})'", page)]
    assert (said["key"], said["until"]) == (key, "tomorrow")


def test_each_of_several_gets_its_own_result(company: Company) -> None:
    kept, done = give(company, title="Sell"), give(company, title="Buy", needs_control=True)
    with opened(company.bob.pk, door="screen") as call:
        tasks.complete(call, task=done)
    alice = browser(company.alice)
    page = alice.post("/inbox/many", {"row": [f"task:{done.pk}"], "act": "complete"}).content.decode()
    assert "1 line is done" in page
    bob = browser(company.bob)
    page = bob.post("/inbox/many", {"row": [f"task:{kept.pk}", f"task:{done.pk}"], "act": "complete"}).content.decode()
    assert "1 line is done" in page
    assert waiting_count(person=company.bob.pk) == 0


def test_what_one_may_not_do_is_told_with_its_reason(company: Company) -> None:
    task = give(company, accomplices=[company.carol.pk])
    page = browser(company.carol).post("/inbox/many", {"row": [f"task:{task.pk}"], "act": "complete"}).content.decode()
    assert "Call the client" in page
    assert not tasks.Task.objects.get().is_closed


@pytest.mark.parametrize("act", ["complete", "tomorrow"])
def test_nothing_of_others_is_done(company: Company, act: str) -> None:
    task = give(company)
    browser(company.carol).post("/inbox/many", {"row": [f"task:{task.pk}"], "act": act})
    assert waiting_count(person=company.bob.pk) == 1


def test_whoever_gave_a_task_sees_whom_he_waits_for(company: Company) -> None:
    give(company)
    page = browser(company.alice).get("/inbox/").content.decode()
    assert "You wait for others" in page
    assert waiting_count(person=company.alice.pk) == 0


def test_the_bar_offers_what_the_chosen_have_in_common(company: Company) -> None:
    task = give(company)
    page = browser(company.bob).post("/inbox/chosen", {"row": [f"task:{task.pk}"]}).content.decode()
    assert 'value="complete"' in page
    assert 'value="tomorrow"' in page


def test_being_called_by_name_stands_in_the_inbox_beside_the_task(company: Company) -> None:
    task = give(company, observers=[company.carol.pk])
    with opened(company.carol.pk, door="screen") as call:
        tasks.comments.add(call, task=task, text=f"@{company.bob.name} {company.bob.surname}, look")
    assert "mentioned you" in browser(company.bob).get("/inbox/").content.decode()


def test_work_goes_back_with_one_comment_for_all_of_it(company: Company) -> None:
    given = [give(company, title=title, needs_control=True) for title in ("Sell", "Buy")]
    with opened(company.bob.pk, door="screen") as call:
        for one in given:
            tasks.complete(call, task=one)
    alice, rows = browser(company.alice), [f"task:{one.pk}" for one in given]
    assert 'value="send_back"' in alice.post("/inbox/chosen", {"row": rows}).content.decode()
    asked = alice.post("/inbox/many", {"row": rows, "act": "send_back"}).content.decode()
    assert 'name="comment"' in asked
    assert waiting_count(person=company.alice.pk) == 2
    said = alice.post("/inbox/many", {"row": rows, "act": "send_back", "comment": "The photo is missing"})
    assert "2 lines are done" in said.content.decode()
    assert (waiting_count(person=company.alice.pk), waiting_count(person=company.bob.pk)) == (0, 2)


def test_what_waits_for_different_judges_is_not_sent_back_together(company: Company) -> None:
    done, open_ = give(company, needs_control=True), give(company, responsible=company.alice.pk)
    with opened(company.bob.pk, door="screen") as call:
        tasks.complete(call, task=done)
    rows = [f"task:{done.pk}", f"task:{open_.pk}"]
    assert 'value="send_back"' not in browser(company.alice).post("/inbox/chosen", {"row": rows}).content.decode()
