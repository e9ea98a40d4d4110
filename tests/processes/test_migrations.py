"""Running instances are moved to another version: rehearsed, whole or not at all, and back again."""

import os
import threading
import time
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from django.db import connection, transaction

from potok.kit.calls import Call
from potok.kit.doors import opened
from potok.kit.errors import Missing, Refused
from potok.processes import migrating, starts, worker
from potok.processes.models import (
    Assignment,
    Definition,
    Instance,
    Journal,
    Migrant,
    Migration,
    Timer,
    Version,
    Visit,
)
from potok.processes.operations import assignments, migrations
from tests.company import Company
from tests.processes.conftest import Begin, Publish

HEAD = "definition: sign\ntitle: Sign\nvariables:\n  MOREsum: {type: number, default: 5}\ndo:\n"
ASK = "  - {id: asked, title: TITLE, block: approve, with: {to: user_WHO, title: TITLE}}\n"
REST = "  - {id: rest, title: Rest, pause: {for: 2 days}}\n"
TOLD = "  - {id: told, block: status_text, with: {text: 'Over {=Variable:sum} {=asked:comment}'}}\n"
Source = Callable[..., str]
# POTOK_MIGRANTS=10000 shows what a large company has.
MANY = int(os.environ.get("POTOK_MIGRANTS", "600"))


@pytest.fixture
def source(company: Company) -> Source:
    def written(*steps: str, title: str = "Agree", more: str = "") -> str:
        text = HEAD.replace("MORE", more) + "".join(steps)
        return text.replace("WHO", str(company.bob.pk)).replace("TITLE", title)

    return written


@pytest.fixture
def waiting(source: Source, publish: Publish, begin: Begin) -> tuple[Definition, Instance]:
    """An instance of version 1 that waits for Bob, and a version 2 with a step before and one behind."""
    definition = publish(source(ASK, TOLD))
    instance = begin(definition)
    return publish(source(REST, ASK, REST.replace("id: rest", "id: later"), TOLD, title="Agree or not")), instance


def moved(company: Company, definition: Definition, **given: object) -> dict[int, int]:
    with opened(company.ann.pk, door="screen") as call:
        made = migrations.start(call, definition=definition, **({"old": 1, "new": 2} | given))
    while migrations.carry_on():
        pass
    return dict(Migrant.objects.filter(migration=made.pk).values_list("instance_id", "outcome"))


def answer(company: Company, assignment: Assignment) -> None:
    with opened(company.bob.pk, door="screen") as call:
        assignments.complete(call, assignment=assignment, answer="approved", comment="Fine")


def test_an_open_assignment_is_answered_in_the_other_version(
    company: Company, waiting: tuple[Definition, Instance]
) -> None:
    definition, instance = waiting
    asked = Assignment.objects.get()
    assert moved(company, definition) == {instance.pk: Migrant.MOVED}
    assert Instance.objects.get().version.number == 2
    answer(company, asked)
    assert Timer.objects.get().instance_id == instance.pk
    assert Visit.objects.get(ended_at=None).version_id == definition.version_id
    assert [row.number for row in Journal.objects.order_by("number")] == list(
        range(1, Instance.objects.get().lines + 1)
    )


def rehearsed(company: Company, definition: Definition, **given: object) -> list[Migrant]:
    with opened(company.ann.pk, door="screen") as call:
        made = migrations.rehearse(call, definition=definition, old=1, new=2, **given)
    while migrations.carry_on():
        pass
    assert Migration.objects.get(pk=made.pk).ended_at is not None
    return list(Migrant.objects.filter(migration=made.pk))


def test_a_rehearsal_tells_of_each_and_leaves_no_trace(company: Company, waiting: tuple[Definition, Instance]) -> None:
    definition, instance = waiting
    before = Instance.objects.values().get()
    told = rehearsed(company, definition)
    assert [(one.instance_id, one.outcome, one.before, one.after) for one in told] == [
        (instance.pk, Migrant.MOVED, ["Agree"], ["Agree or not"])
    ]
    lost = rehearsed(company, definition, plan={"to": {}})
    assert [problem["code"] for problem in lost[0].problems] == ["run.migration_gone"]
    assert Instance.objects.values().get() == before
    assert Migration.objects.count() == 1  # of one's rehearsals the last is kept


def test_a_rehearsal_keeps_nobody_from_moving_and_is_not_moved_back(
    company: Company, waiting: tuple[Definition, Instance]
) -> None:
    definition, instance = waiting
    rehearsed(company, definition)
    trial = Migration.objects.get()
    with opened(company.ann.pk, door="screen") as call, pytest.raises(Missing):
        migrations.undo(call, migration=trial)
    assert moved(company, definition) == {instance.pk: Migrant.MOVED}


def test_many_are_moved_in_the_background_each_with_its_result_until_somebody_stops_it(
    company: Company, waiting: tuple[Definition, Instance], monkeypatch: pytest.MonkeyPatch
) -> None:
    definition, instance = waiting
    with opened(None, door="command") as call:
        more = starts.begin([starts.Start(definition.pk, instance.version_id, call.at) for _ in range(5)])
    worker.run_until_idle()
    monkeypatch.setattr(migrations, "BATCH_MAX", 2)
    for begin in (migrations.rehearse, migrations.start):
        with opened(company.ann.pk, door="screen") as call:
            made = begin(call, definition=definition, old=1, new=2)
        assert Migrant.objects.filter(migration=made, outcome=Migrant.WAITING).count() == 6
        assert migrations.carry_on(limit=4)
        with opened(company.ann.pk, door="screen") as call:
            migrations.cancel(call, migration=made)
            with pytest.raises(Refused) as over:
                migrations.cancel(call, migration=made)
        assert over.value.code == "processes.migration_over"
        assert not migrations.carry_on()
        outcomes = list(Migrant.objects.filter(migration=made).values_list("outcome", flat=True))
        assert outcomes == [Migrant.MOVED] * 4 + [Migrant.LEFT] * 2
    followed = dict(Instance.objects.values_list("pk", "version__number"))
    assert followed == dict(zip([instance.pk, *more], [2, 2, 2, 2, 1, 1], strict=True))


def test_who_is_busy_is_looked_at_again(company: Company, waiting: tuple[Definition, Instance]) -> None:
    definition, instance = waiting
    held, go = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Instance.objects.select_for_update(no_key=True).get(pk=instance.pk)
            held.set()
            go.wait(timeout=30)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    assert held.wait(timeout=30)
    with opened(company.ann.pk, door="screen") as call:
        made = migrations.rehearse(call, definition=definition, old=1, new=2)
    assert not migrations.carry_on()
    assert Migrant.objects.get(migration=made).outcome == Migrant.WAITING
    go.set()
    other.join()
    assert migrations.carry_on()
    assert Migrant.objects.get(migration=made).outcome == Migrant.MOVED


def test_one_over_whom_we_break_stays_as_it_is_and_the_others_are_moved(
    company: Company, waiting: tuple[Definition, Instance], monkeypatch: pytest.MonkeyPatch
) -> None:
    definition, instance = waiting
    with opened(None, door="command") as call:
        starts.begin([starts.Start(definition.pk, instance.version_id, call.at) for _ in range(4)])
    worker.run_until_idle()
    right = migrating.move

    def breaks(call: Call, migration: Migration, instances: Sequence[int]) -> list[migrating.Moved]:
        told = right(call, migration, instances)
        if instance.pk in instances:
            raise ZeroDivisionError  # after all of it was written
        return told

    monkeypatch.setattr(migrating, "move", breaks)
    outcomes = moved(company, definition)
    assert outcomes.pop(instance.pk) == Migrant.REFUSED
    assert set(outcomes.values()) == {Migrant.MOVED}
    refused = Migrant.objects.get(outcome=Migrant.REFUSED)
    assert refused.problems[0]["code"] == "processes.migration_defect"
    assert Instance.objects.get(pk=instance.pk).version.number == 1


def test_what_cannot_be_moved_stays_as_it_is_and_says_why(
    company: Company, waiting: tuple[Definition, Instance]
) -> None:
    definition, instance = waiting
    assert moved(company, definition, plan={"to": {}}) == {instance.pk: Migrant.REFUSED}
    assert Migrant.objects.get().problems[0]["fields"]["step"] == "Agree"
    assert Instance.objects.get().version.number == 1
    answer(company, Assignment.objects.get())
    assert Instance.objects.get().status_text == "Over 5 Fine"


def test_each_instance_finds_its_way_back(company: Company, waiting: tuple[Definition, Instance]) -> None:
    definition, instance = waiting
    state = bytes(instance.state)
    moved(company, definition)
    migration = migrations.migration(Migrant.objects.get().migration_id)
    with opened(company.ann.pk, door="screen") as call:
        migrations.undo(call, migration=migration)
    back = Instance.objects.get()
    assert (back.version.number, bytes(back.state)) == (1, state)
    answer(company, Assignment.objects.get())
    assert Instance.objects.get().status_text == "Over 5 Fine"


def test_a_new_variable_has_its_default_and_one_of_another_type_is_refused(
    company: Company, source: Source, publish: Publish, begin: Begin
) -> None:
    definition = publish(source(ASK, TOLD))
    instance = begin(definition)
    publish(source(ASK, TOLD.replace("sum", "more"), more="more: {type: text, default: So}\n  "))
    publish(source(ASK, TOLD).replace("type: number, default: 5", "type: date"))
    assert moved(company, definition, new=3) == {instance.pk: Migrant.REFUSED}
    assert Migrant.objects.get().problems[0]["code"] == "run.migration_unfit"
    assert moved(company, definition, new=2) == {instance.pk: Migrant.MOVED}
    answer(company, Assignment.objects.get())
    assert Instance.objects.get().status_text == "Over So Fine"


def test_a_step_that_is_begun_anew_takes_back_what_it_asked(
    company: Company, source: Source, publish: Publish, begin: Begin
) -> None:
    definition = publish(source(ASK, TOLD))
    begin(definition)
    publish(source(REST, TOLD.replace(" {=asked:comment}", "")))
    moved(company, definition, plan={"to": {"asked": "rest"}, "anew": ["asked"]})
    assert Assignment.objects.get().status == Assignment.WITHDRAWN
    worker.run_until_idle()
    due = Timer.objects.get().due - Instance.objects.get().started_at
    assert timedelta(days=1, hours=23) < due < timedelta(days=2, hours=1)


def test_what_is_moved_meanwhile_or_over_is_left_alone(
    company: Company, waiting: tuple[Definition, Instance], begin: Begin
) -> None:
    definition, _ = waiting
    answer(company, Assignment.objects.get())
    with pytest.raises(Refused) as no:
        moved(company, definition)
    assert no.value.code == "processes.nobody_to_move"
    with pytest.raises(Refused) as same:
        moved(company, definition, new=1)
    assert same.value.code == "processes.same_version"
    with pytest.raises(Refused) as none:
        moved(company, definition, new=7)
    assert none.value.code == "processes.no_version"


def test_one_migration_of_a_definition_at_a_time(company: Company, waiting: tuple[Definition, Instance]) -> None:
    with opened(company.ann.pk, door="screen") as call:
        migrations.start(call, definition=waiting[0], old=1, new=2)
        with pytest.raises(Refused) as no:
            migrations.start(call, definition=waiting[0], old=1, new=2)
    assert no.value.code == "processes.migration_on_its_way"


def test_a_stranger_moves_nobody(company: Company, waiting: tuple[Definition, Instance]) -> None:
    definition, _ = waiting
    moved(company, definition)
    with opened(company.carol.pk, door="screen") as call:
        for act in (migrations.rehearse, migrations.start):
            with pytest.raises(Refused) as no:
                act(call, definition=definition, old=1, new=2)
            assert no.value.code == "kit.forbidden"
        for stop in (migrations.cancel, migrations.undo):
            with pytest.raises(Refused) as no:
                stop(call, migration=Migration.objects.get())
            assert no.value.code == "kit.forbidden"


def test_a_published_version_cannot_be_changed_even_by_hand(waiting: tuple[Definition, Instance]) -> None:
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        Version.objects.filter(number=1).update(source="definition: other")


def test_results_of_items_of_a_list_follow_their_step(company: Company, publish: Publish, begin: Begin) -> None:
    source = (
        "definition: each\ntitle: Each\ndo:\n  - id: every\n    each: '{=Workflow:initiator}'\n    do:\n"
        "      - {id: NAME, title: Agree, block: approve, with: {to: user_WHO, title: Agree}}\n"
        "      - {id: told, block: status_text, with: {text: 'Said {=NAME:comment}'}}\n"
    ).replace("WHO", str(company.bob.pk))
    definition = publish(source.replace("NAME", "one"))
    begin(definition)
    publish(source.replace("NAME", "other"))
    assert set(
        moved(company, definition, plan={"to": {"every": "every", "one": "other", "told": "told"}}).values()
    ) == {Migrant.MOVED}
    answer(company, Assignment.objects.get())
    assert Instance.objects.get().status_text == "Said Fine"


def test_a_crowd_is_rehearsed_moved_and_moved_back_without_keeping_anybody_waiting(
    company: Company, publish: Publish, source: Source, capsys: pytest.CaptureFixture[str]
) -> None:
    definition = publish(source(REST, TOLD.replace("{=asked:comment}", "")))
    with opened(None, door="command") as call:
        starts.begin([starts.Start(definition.pk, definition.version_id or 0, call.at) for _ in range(MANY)])
    worker.run_until_idle()
    publish(source(REST, REST.replace("id: rest", "id: later"), TOLD.replace("{=asked:comment}", "")))
    took = []
    for act in ("rehearse", "start", "undo"):
        with opened(company.ann.pk, door="screen") as call:
            if act == "undo":
                migrations.undo(call, migration=Migration.objects.filter(is_trial=False).get())
            else:
                getattr(migrations, act)(call, definition=definition, old=1, new=2)
        begun = time.monotonic()
        longest = 0.0
        while True:
            batch = time.monotonic()
            if not migrations.carry_on():
                break
            longest = max(longest, time.monotonic() - batch)
        took.append(f"{act}: {time.monotonic() - begun:.1f} s, a batch at most {longest:.2f} s")
        made = Migration.objects.order_by("-pk")[0]
        assert made.migrants.filter(outcome=Migrant.MOVED).count() == MANY
    assert set(Instance.objects.values_list("version__number", flat=True)) == {1}
    if "POTOK_MIGRANTS" in os.environ:
        with capsys.disabled():
            print(f"\n{MANY} instances: " + "; ".join(took))
