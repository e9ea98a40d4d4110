"""A definition is tried out with pretend people and a wound clock; a kept run is a promise to later versions."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from potok.crm.deals.public import Deal
from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import Refusals, Refused
from potok.notify.models import Notice
from potok.processes.models import Assignment, Case, Definition, Instance, Timer
from potok.processes.operations import definitions, trials
from potok.processes.trial import Script, Told, differences, try_out
from potok.tasks import public as tasks
from tests.company import Company
from tests.processes.conftest import Publish

pytestmark = pytest.mark.usefixtures("deals")

CONTRACT = """
definition: contract
title: Договор
record: crm.deal
variables:
  term: {type: date}
do:
  - id: agree
    block: approve
    with: {to: ['{=Document:responsible}'], title: 'Согласуйте «{=Document:title}»'}
  - if:
      - when: '{=agree:approved}'
        do:
          - id: work
            block: task_add
            with: {title: Подписать, responsible: '{=Document:responsible}'}
          - id: sleep
            pause: {for: 11 months}
          - id: remind
            block: notify_person
            with: {to: ['{=Document:responsible}'], text: Срок договора истекает}
          - block: record_change
            with: {fields: {stage: WON}}
      - else:
          - terminate: 'Отклонено: {=agree:comment}'
"""
BEGINS = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def tried(company: Company, publish: Publish, source: str = CONTRACT, **script: Any) -> Told:
    definition = publish(source)
    record = {"title": "Склад", "responsible": company.bob.pk}
    with opened(company.ann.pk, door="screen") as call:
        read = Script.read({"begins": BEGINS.isoformat(), "record": record, **script})
        return try_out(call, version=definition.version_id or 0, script=read)


def happened(told: Told) -> list[tuple[str, str, str]]:
    return [(one.kind, one.what, one.step) for one in told.lines]


def test_eleven_months_pass_and_everybody_does_his_part(company: Company, publish: Publish) -> None:
    told = tried(company, publish)
    assert told.standing == "completed"
    assert timedelta(days=333) < told.ends - told.begins < timedelta(days=336)
    assert ("answered", "approved", "agree") in happened(told)
    assert ("done", "tasks.task.add", "work") in happened(told)
    assert ("done", "notify.notice.send", "remind") in happened(told)
    assert told.coverage.missed == ["do.1.if.1.else.0", "do.1:1"]


def test_nothing_is_left_of_it(company: Company, publish: Publish) -> None:
    before = clock.now()
    tried(company, publish)
    assert not any(rows.exists() for rows in (Instance.objects, Assignment.objects, Timer.objects, tasks.Task.objects,
                                              Deal.objects, Notice.objects))  # fmt: skip
    assert clock.now() - before < timedelta(minutes=5)


def test_a_script_answers_otherwise(company: Company, publish: Publish) -> None:
    told = tried(company, publish, replies={"agree": [{"answer": "rejected", "comment": "Дорого", "after": "2d"}]})
    assert told.standing == "terminated"
    assert told.ends - told.begins >= timedelta(days=2)
    assert told.coverage.missed == ["work", "sleep", "remind", "do.1.if.0.do.3", "do.1:0"]


def test_what_nobody_answers_waits(company: Company, publish: Publish) -> None:
    told = tried(company, publish, silent=["agree"])
    assert told.standing == "waiting"
    assert told.waits_for == ["agree"]


WAITS = """
definition: waits
title: W
record: crm.deal
do:
  - id: won
    wait: {when: '{=Document:stage} = "WON"'}
"""


def test_the_record_changes_on_its_day(company: Company, publish: Publish) -> None:
    told = tried(company, publish, WAITS, meanwhile=[{"after": "3d", "changes": {"stage": "WON"}}])
    assert told.standing == "completed"
    assert told.ends - told.begins >= timedelta(days=3)


def test_the_same_script_gives_the_same_again(company: Company, publish: Publish) -> None:
    first, second = tried(company, publish), tried(company, publish)
    assert differences(first.promise(), second.promise()) == []


def test_a_version_that_does_otherwise_is_told_where(company: Company, publish: Publish) -> None:
    promised = tried(company, publish).promise()
    changed = CONTRACT.replace("title: Подписать", "title: Подписать у директора").replace("11 months", "1 month")
    found = differences(promised, tried(company, publish, changed).promise())
    assert [one.what for one in found] == ["It does something else"]
    assert "Подписать у директора" in found[0].found


def test_a_kept_trial_holds_later_versions_to_it(company: Company, publish: Publish) -> None:
    definition = publish(CONTRACT)
    script = {"record": {"title": "Склад", "responsible": company.bob.pk}}
    with opened(company.ann.pk, door="screen") as call:
        trials.keep(call, definition=definition, title="Обычный путь", script=script)
    changed = CONTRACT.replace("title: Подписать", "title: Подписать у директора")
    with pytest.raises(Refusals) as refused:
        publish(changed)
    assert [one.code for one in refused.value] == ["processes.case.broken"]
    assert Definition.objects.get().version_id == definition.version_id
    publish(CONTRACT + "results: [term]\n")
    with opened(company.ann.pk, door="screen") as call:
        definitions.publish(call, source=changed, accept=True)
    publish(changed + "results: [term]\n")


def test_a_text_is_tried_in_every_case_before_it_is_published(company: Company, publish: Publish) -> None:
    definition = publish(CONTRACT)
    with opened(company.ann.pk, door="screen") as call:
        for title, answer in (("Agreed", "approved"), ("Rejected", "rejected")):
            record = {"title": "Склад", "responsible": company.bob.pk}
            trials.keep(
                call, definition=definition, title=title, script={"record": record, "replies": {"agree": answer}}
            )
        found = trials.check(call, source=CONTRACT.replace("title: Подписать", "title: Signed"))
        assert {one.case.title: len(one.differences) for one in found} == {"Agreed": 1, "Rejected": 0}
        found = trials.check(
            call, source=CONTRACT.replace("record: crm.deal\n", "").split("do:")[0] + "do: [{pause: {for: 1 day}}]"
        )
        assert all(one.differences for one in found)
    assert definition.versions.count() == 1


def test_a_text_is_tried_before_it_is_published(company: Company) -> None:
    with opened(company.ann.pk, door="screen") as call:
        told = trials.run(call, source=CONTRACT, script={"record": {"title": "Склад", "responsible": company.bob.pk}})
    assert told.standing == "completed"
    assert not Definition.objects.exists()


def test_a_stranger_is_refused(company: Company, publish: Publish) -> None:
    definition = publish(CONTRACT)
    with opened(company.carol.pk, door="screen") as call:
        for tried_by_carol in (
            lambda: trials.run(call, source=CONTRACT),
            lambda: trials.check(call, source=CONTRACT),
            lambda: trials.keep(call, definition=definition, title="T"),
            lambda: trials.remove(call, case=Case(definition=definition)),
        ):
            with pytest.raises(Refused) as refused:
                tried_by_carol()
            assert refused.value.code == "kit.forbidden"


def test_a_wrong_script_is_refused_with_everything_wrong_in_it() -> None:
    with pytest.raises(Refusals) as refused:
        Script.read({"begins": "soon", "replies": {"a": [{"after": "x"}]}, "strange": 1, "initiator": "Bob"})
    told = {one.place: one.code for one in refused.value}
    assert told == {
        "begins": "processes.trial.moment",
        "initiator": "processes.trial.person",
        "replies.a.after": "processes.trial.period",
        "strange": "processes.trial.script",
    }


def test_a_kept_trial_has_a_title(company: Company, publish: Publish) -> None:
    definition = publish(CONTRACT)
    with opened(company.ann.pk, door="screen") as call, pytest.raises(Refused) as refused:
        trials.keep(call, definition=definition, title=" ")
    assert refused.value.code == "processes.case.untitled"


def test_a_script_is_written_as_it_was_read() -> None:
    plain = {
        "replies": {"a": [{"answer": "no", "after": "90m"}]},
        "silent": ["b"],
        "meanwhile": [{"after": "1d", "changes": {"x": 1}}, {"after": "1d 5m", "step": "a", "reply": {"answer": "no"}}],
        "by_hand": True,
        "until": "800d 1m",
        "initiator": 7,
    }
    assert Script.read(plain).plain() == plain


HEARS = """
definition: hears
title: H
record: crm.deal
variables:
  sum: {type: number}
do:
  - id: paid
    wait: {message: paid, where: {number: 7}, results: {sum: {type: number}}}
  - {id: kept, set: {sum: '{=paid:sum}'}}
  - id: press
    block: command
    with: {title: Отправить, to: ['{=Document:responsible}']}
"""


def test_a_message_comes_and_a_command_is_given_on_their_days(company: Company, publish: Publish) -> None:
    heard = {"after": "2d", "message": "paid", "payload": {"number": 7, "sum": 500}}
    told = tried(company, publish, HEARS, meanwhile=[heard, {"after": "3d", "step": "press"}])
    assert told.standing == "completed"
    assert [one for one in happened(told) if one[0] != "done"] == [
        ("message", "paid", ""), ("set", "sum", ""), ("command", "Отправить", "press")]  # fmt: skip
    assert told.values == {"sum": "500"}
    assert timedelta(days=3) <= told.ends - told.begins < timedelta(days=3, minutes=1)


def test_by_hand_nobody_does_what_the_script_does_not_say(company: Company, publish: Publish) -> None:
    told = tried(company, publish, by_hand=True)
    assert (told.standing, told.waits_for) == ("waiting", ["agree"])
    question = told.waiting.questions[0]
    assert (question.step, question.title) == ("agree", "Согласуйте «Склад»")
    assert list(question.whom) == [company.bob.pk]
    agreed = {"after": "1h", "step": "agree", "reply": {"answer": "approved"}}
    told = tried(company, publish, by_hand=True, until="2h", meanwhile=[agreed])
    assert told.waiting.chores == {"work": "work"}
    assert told.ends - told.begins >= timedelta(hours=2)
    closed = {"after": "3h", "step": "work"}
    told = tried(company, publish, by_hand=True, until="3h", meanwhile=[agreed, closed])
    assert told.waits_for == ["sleep"]
    assert told.waiting.next_at is not None
    assert told.waiting.next_at - told.begins > timedelta(days=330)


def test_what_the_rules_forbid_is_told_and_did_not_happen(company: Company, publish: Publish) -> None:
    rejected = {"after": "1h", "step": "agree", "reply": {"answer": "rejected"}}
    told = tried(company, publish, by_hand=True, until="1h", meanwhile=[rejected])
    assert told.refused is not None
    assert told.refused.code == "processes.comment_missing"
    assert [one.step for one in told.waiting.questions] == ["agree"]
    told = tried(company, publish, by_hand=True, until="1h", meanwhile=[{"after": "1h", "step": "sleep"}])
    assert ("incident", "sleep") in [(kind, step) for kind, _what, step in happened(told)]


def test_somebody_else_starts_it(company: Company, publish: Publish) -> None:
    own = CONTRACT.replace("['{=Document:responsible}'], title: 'С", "['{=User:ID}'], self_approval: true, title: 'С")
    told = tried(company, publish, own, initiator=company.carol.pk, by_hand=True)
    assert list(told.waiting.questions[0].whom) == [company.carol.pk]
