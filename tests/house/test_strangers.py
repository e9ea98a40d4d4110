"""Whoever has no right is refused, by every operation there is: by its permission, or by what its rules look at."""

from collections.abc import Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from potok.kit.calls import Call
from potok.kit.doors import opened
from potok.kit.errors import FORBIDDEN, Forbidden, Refused
from potok.kit.operations import Operation, operations
from potok.kit.permissions import Ask, permissions
from potok.records.record_types import record_types
from tests.company import Company
from tests.house.tree import TESTS

# Operations without a permission: what guards each instead, and the test that shows it.
PEOPLE, TASKS, FILES = "people/test_operations.py", "tasks/test_operations.py", "disk/test_files.py"
ASSIGNMENTS = "processes/test_assignments.py"
ONESELF = ("who asks changes the own things only", PEOPLE, "test_strangers_are_refused")
ONESELF_BY_LETTER = (ONESELF[0], "people/test_invitations.py", "test_nobody_asks_for_a_link_of_another")
OWN_NOTICE = ("whose notice it is", "notify/test_notices.py", "test_a_notice_is_read_by_its_owner_only")
OWN_FILE = (
    "only who uploaded a file, onto what he may change",
    FILES,
    "test_a_stranger_hangs_copies_and_removes_nothing",
)
PART_IN_TASK = ("the part that one takes in the task", TASKS, "test_a_stranger_is_refused")
LINES_OF_TASK = (PART_IN_TASK[0], TASKS, "test_a_stranger_does_not_tick_or_rename_or_remove_lines")
OWN_COMMENT = (
    "whose comment it is",
    "tasks/test_comments.py",
    "test_a_stranger_neither_corrects_nor_removes_a_comment",
)
ASKED = ("who is asked", ASSIGNMENTS, "test_a_stranger_neither_sees_nor_answers_nor_keeps_a_draft")
PART_IN_RUN = (
    "who takes part in the run, and who leads it",
    "processes/test_runs.py",
    "test_a_stranger_does_nothing_with_a_run",
)
PROJECTS, TEMPLATES = "tasks/test_projects.py", "tasks/test_templating.py"
LED = (PART_IN_TASK[0], "tasks/test_states.py", "test_a_stranger_leads_a_task_nowhere")
LINKED = (PART_IN_TASK[0], "tasks/test_dependencies.py", "test_a_stranger_links_and_unlinks_nothing")
SPENT = (PART_IN_TASK[0], "tasks/test_spent.py", "test_a_stranger_spends_corrects_and_takes_back_no_time")
OF_PROJECT = ("who leads the project", PROJECTS, "test_only_who_leads_a_project_changes_it")
OF_TEMPLATE = ("whose template it is", TEMPLATES, "test_a_stranger_neither_uses_nor_changes_a_template")
FEED = "feed/test_operations.py"
IN_FEED = ("who sees the entry, and whose it is", FEED, "test_a_stranger_does_nothing_with_a_post_that_he_does_not_see")
SELF_GUARDED: dict[str, tuple[str, str, str]] = {
    "people.profile.change": ONESELF,
    "people.photo.set": ONESELF,
    "people.password.change": ONESELF,
    "people.password.ask": ONESELF_BY_LETTER,
    **dict.fromkeys(
        [
            "people.authenticator.begin",
            "people.authenticator.confirm",
            "people.authenticator.remove",
            "people.recovery.renew",
            "people.passkey.add",
            "people.passkey.remove",
            "people.session.end",
            "people.session.end_others",
        ],
        (ONESELF[0], "people/test_second_factor.py", "test_nobody_touches_the_keys_and_sessions_of_another"),
    ),
    "people.invitation.accept": (
        "the secret of the invitation",
        PEOPLE,
        "test_what_makes_no_sense_is_refused_with_its_code",
    ),
    "notify.notice.see": OWN_NOTICE,
    "notify.notice.see_all": OWN_NOTICE,
    "notify.wishes.change": ("oneself only", "notify/test_carrying.py", "test_nobody_chooses_for_nobody"),
    **dict.fromkeys(
        ["notify.place.mute", "notify.place.unmute"],
        (OWN_NOTICE[0], "notify/test_carrying.py", "test_a_place_is_heard_of_again_when_its_owner_says_so"),
    ),
    **dict.fromkeys(
        ["notify.device.add", "notify.device.remove"],
        (
            "whose browser it is",
            "notify/test_carrying.py",
            "test_a_browser_belongs_to_whoever_used_it_last_and_is_removed_by_him_alone",
        ),
    ),
    "disk.file.add": OWN_FILE,
    "disk.file.copy": OWN_FILE,
    "disk.file.hang": OWN_FILE,
    "disk.file.remove": OWN_FILE,
    "records.comment.add": ("who sees the record", "records/test_comments.py", "test_a_stranger_says_nothing"),
    "records.comment.pin": (
        "who may change the record",
        "records/test_comments.py",
        "test_who_only_looks_pins_nothing",
    ),
    "records.comment.remove": ("who said it", "records/test_comments.py", "test_only_ones_own_comment_is_taken_back"),
    **dict.fromkeys(
        ["records.share.give", "records.share.take"],
        (
            "who may change the record by his role",
            "records/test_rights.py",
            "test_only_who_may_change_a_record_by_his_role_shares_it",
        ),
    ),
    "records.view.save": ("whose view it is", "records/test_views.py", "test_views_of_others_are_left_alone"),
    "records.view.open_with": ("whose view it is", "records/test_views.py", "test_views_of_others_are_left_alone"),
    "records.view.widen": (
        "whose columns they are",
        "records/screens/test_widths.py",
        "test_a_stranger_to_a_view_keeps_nothing_in_it",
    ),
    "records.view.remove": ("whose view it is", "records/test_views.py", "test_views_of_others_are_left_alone"),
    "records.draft.keep": (
        "whose draft it is",
        "records/screens/test_form.py",
        "test_a_draft_opens_on_another_machine_and_for_nobody_else",
    ),
    **dict.fromkeys(
        [f"records.import.{act}" for act in ("begin", "choose", "change", "answer", "carry_out", "forget")],
        (
            "the permission to import records of the type, and whose import it is",
            "records/exchange/test_import.py",
            "test_nobody_imports_without_the_permission_and_nobody_touches_anothers_import",
        ),
    ),
    "records.export.forget": (
        "the permission to export everything, and whose export it is",
        "records/exchange/test_everything.py",
        "test_a_stranger_begins_none_and_meets_nobody_elses",
    ),
    **dict.fromkeys(
        ["records.bulk.begin", *(f"records.work.{act}" for act in ("stop", "resume", "undo"))],
        (
            "the permission to change records of the type, record by record, and whose change it is",
            "records/bulk/test_bulk.py",
            "test_nobody_changes_many_without_the_permission_and_nobody_touches_anothers_change",
        ),
    ),
    **dict.fromkeys(
        ["records.report.save", "records.report.remove", "records.dashboard.save", "records.dashboard.remove"],
        (
            "whose report or dashboard it is",
            "records/reports/test_operations.py",
            "test_reports_and_dashboards_of_others_are_left_alone",
        ),
    ),
    **dict.fromkeys(
        ["people.absence.ask", "people.absence.withdraw", "people.absence.cut_short", "people.deputies.set"],
        (
            "whose absence it is, and who enters those of others",
            "absences/test_asking.py",
            "test_a_stranger_asks_withdraws_ends_and_names_deputies_for_nobody",
        ),
    ),
    "people.absence.decide": (
        "who heads the person, and never he himself",
        "absences/test_asking.py",
        "test_nobody_but_heads_decides_least_of_all_oneself",
    ),
    "absences.absence.note": (
        "the permission of people.absence.add, which it calls",
        "absences/test_asking.py",
        "test_what_a_process_notes_is_for_whoever_enters_absences",
    ),
    **dict.fromkeys(
        ["absences.workday.begin", "absences.workday.pause", "absences.workday.end"],
        ("one's own working day", "absences/test_workdays.py", "test_nobody_from_outside_has_a_working_day"),
    ),
    "absences.workday.correct": (
        "who heads the person",
        "absences/test_workdays.py",
        "test_nobody_but_a_head_sees_and_corrects_a_day",
    ),
    "absences.passed.take_back": (
        "whose thing it is",
        "absences/test_substitution.py",
        "test_what_one_takes_back_stays_with_oneself",
    ),
    **dict.fromkeys(
        ["calendar.event.add", "calendar.event.change", "calendar.event.remove"],
        ("whose calendar it is, and who keeps it", "calendar/test_operations.py", "test_a_stranger_is_refused"),
    ),
    **dict.fromkeys(
        ["calendar.event.change_one", "calendar.event.change_following", "calendar.event.set_exceptions"],
        (
            "whose calendar it is, and who keeps it",
            "calendar/test_series.py",
            "test_a_stranger_changes_no_part_of_a_series",
        ),
    ),
    "calendar.event.change_all": (
        "whose calendar it is, and who keeps it",
        "calendar/test_moving.py",
        "test_a_stranger_moves_nothing",
    ),
    "caldav.subscription.add": (
        "who works here, for himself; for everybody who keeps shared calendars",
        "caldav/test_subscriptions.py",
        "test_for_everybody_only_who_keeps_calendars_subscribes",
    ),
    **dict.fromkeys(
        [
            "caldav.subscription.change",
            "caldav.subscription.read_again",
            "caldav.subscription.remove",
            "caldav.subscription.show",
        ],
        (
            "who subscribed, or keeps shared calendars",
            "caldav/test_subscriptions.py",
            "test_a_stranger_does_nothing_with_a_subscription",
        ),
    ),
    "caldav.device.add": (
        "who works here, for himself",
        "caldav/test_devices.py",
        "test_strangers_from_outside_connect_none_and_nobody_too_many",
    ),
    "caldav.device.revoke": (
        "whose device it is",
        "caldav/test_devices.py",
        "test_a_device_is_disconnected_by_its_owner_only",
    ),
    "calendar.calendar.show": (
        "who sees the calendar, and for himself only",
        "calendar/test_shared.py",
        "test_it_stands_beside_ones_own_until_it_is_hidden",
    ),
    "calendar.event.skip": (
        "whose calendar it is, and who keeps it",
        "calendar/test_repeating.py",
        "test_an_event_stands_on_each_of_its_days_and_one_is_left_out",
    ),
    **dict.fromkeys(
        ["calendar.guests.set", "calendar.guests.answer"],
        (
            "whose calendar it is, and who is invited",
            "calendar/test_guests.py",
            "test_a_stranger_invites_nobody_and_answers_nothing",
        ),
    ),
    "tasks.task.add": ("everybody may give a task in the own name", TASKS, "test_a_task_nobody_gives_is_refused"),
    "tasks.task.change": PART_IN_TASK,
    "tasks.task.start": PART_IN_TASK,
    "tasks.task.complete": PART_IN_TASK,
    "tasks.task.reopen": LINES_OF_TASK,
    "tasks.task.remove": PART_IN_TASK,
    "tasks.comment.add": PART_IN_TASK,
    "tasks.comment.change": OWN_COMMENT,
    "tasks.comment.remove": OWN_COMMENT,
    "tasks.checklist.add": PART_IN_TASK,
    "tasks.checklist.tick": LINES_OF_TASK,
    "tasks.checklist.rename": LINES_OF_TASK,
    "tasks.checklist.remove": LINES_OF_TASK,
    **dict.fromkeys(["tasks.task.accept", "tasks.task.send_back", "tasks.task.defer", "tasks.task.resume"], LED),
    **dict.fromkeys(["tasks.dependency.add", "tasks.dependency.remove"], LINKED),
    **dict.fromkeys(["tasks.spent.add", "tasks.spent.change", "tasks.spent.remove"], SPENT),
    "tasks.project.add": (
        "everybody may begin a project",
        PROJECTS,
        "test_whoever_begins_a_project_leads_it_and_it_has_a_board",
    ),
    **dict.fromkeys(["tasks.project.change", "tasks.project.close", "tasks.stage.write"], OF_PROJECT),
    "tasks.task.place": ("the part that one takes in the task", PROJECTS, "test_a_stranger_moves_no_card"),
    "tasks.template.add": (
        "everybody keeps templates of one's own",
        TEMPLATES,
        "test_a_template_without_a_responsible_person_is_refused",
    ),
    **dict.fromkeys(["tasks.template.change", "tasks.template.remove", "tasks.template.use"], OF_TEMPLATE),
    "notify.waiting.snooze": (
        "for whom it waits",
        "notify/test_snoozing.py",
        "test_nobody_puts_off_what_waits_for_somebody_else",
    ),
    "processes.stage.begin": PART_IN_RUN,
    "processes.stage.entrust": PART_IN_RUN,
    "processes.instance.note": PART_IN_RUN,
    "processes.instance.link": PART_IN_RUN,
    "processes.instance.unlink": PART_IN_RUN,
    "processes.instance.admit": PART_IN_RUN,
    "processes.instance.shut_out": PART_IN_RUN,
    "processes.assignment.complete": ASKED,
    "processes.assignment.draft": ASKED,
    "processes.assignment.delegate": ASKED,
    "processes.command.give": (
        "to whom it is offered",
        "processes/test_constructs_outside.py",
        "test_a_command_waits_for_one_of_those_to_whom_it_is_offered",
    ),
    **dict.fromkeys(
        [
            "processes.assignment.claim",
            "processes.assignment.give_back",
            "processes.assignment.change",
            "processes.assignment.reassign",
            "processes.assignment.add_person",
            "processes.assignment.excuse",
            "processes.assignment.remind",
        ],
        (
            "who is asked, and who answers for them",
            "processes/test_queues.py",
            "test_a_stranger_neither_takes_nor_gives_back_nor_directs",
        ),
    ),
    "feed.post.add": ("who is from outside", FEED, "test_people_from_outside_have_no_feed"),
    "feed.visit.note": ("one's own visit", FEED, "test_unread_is_what_others_have_written_since_the_visit"),
    "feed.draft.keep": ("one's own draft", FEED, "test_a_draft_is_kept_for_its_writer"),
    "feed.post.change": IN_FEED,
    "feed.post.remove": IN_FEED,
    "feed.post.acknowledge": IN_FEED,
    "feed.post.remind": IN_FEED,
    "feed.comment.add": IN_FEED,
    "feed.comment.remove": IN_FEED,
    "feed.reaction.set": IN_FEED,
}


def ours() -> dict[str, Operation[..., Any]]:
    return {name: each for name, each in operations.all().items() if each.one.__module__.startswith("potok.")}


def test_what_needs_no_permission_says_what_guards_it_and_where_that_is_shown() -> None:
    assert {name for name, each in ours().items() if not each.needs} == SELF_GUARDED.keys()
    wrong = [
        f"{name}: {file}::{test}"
        for name, (_, file, test) in SELF_GUARDED.items()
        if f"def {test}(" not in (TESTS / file).read_text(encoding="utf-8")
    ]
    assert not wrong, f"name the test in which a stranger is refused: {wrong}"


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, each in ours().items() if each.needs])
def test_without_the_permission_nothing_is_done(company: Company, name: str) -> None:
    asked = operations[name]
    given = {asked.on: SimpleNamespace(pk=0, owners=lambda: (company.alice.pk,))} if asked.on else {}
    with opened(company.carol.pk, door="screen") as call:
        answer = asked.many([(call, given)])[0]
    assert isinstance(answer, Forbidden), "the gate answers before anything else looks at what was given"


def test_whatever_needs_a_permission_over_records_is_judged_by_records(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def judge(asks: Sequence[Ask]) -> Sequence[Refused]:
        asked.extend(ask.permission for ask in asks)
        return [FORBIDDEN(permission=ask.permission) for ask in asks]

    monkeypatch.setattr(record_types, "judge", judge)
    over_records = [
        each
        for each in ours().values()
        if each.needs.rpartition(".")[0] in record_types.all() and permissions[each.needs].of_records
    ]
    for each in over_records:
        given = {each.on: SimpleNamespace(pk=0, owners=lambda: (7,))} if each.on else {}
        each.many([(Call(7, datetime(2026, 1, 1, tzinfo=UTC)), given)])
    assert asked == [each.needs for each in over_records]
