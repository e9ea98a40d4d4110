"""Decisions about processes: values in, values out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from potok.engine import values
from potok.engine.graph import Again
from potok.engine.values import PersonRef, Type, Value, WrongType, coerce, is_empty
from potok.kit.errors import Forbidden, Missing, Overloaded, Overtaken, Refusals, Refused, refusal
from potok.kit.words import _

DEPTH_MAX = 10
STARTS_A_MINUTE_MAX = 100

NO_DEFINITION = refusal(
    "processes.no_definition",
    _("There is no published definition “{definition}”. Publish it, then retry."),
    family=Missing,
)
RIGHTS_MISSING = refusal(
    "processes.publisher_has_no_right",
    _("The definition acts as the system and uses “{permission}”, a right that you do not have. Ask an administrator."),
    family=Forbidden,
)
WRONG_VIEW = refusal(
    "processes.wrong_view",
    _("The journal of runs cannot be asked for “{name}”. Leave it out, or ask for what it shows."),
)
CODE_TAKEN = refusal(
    "processes.code_taken",
    _("The text names the definition “{found}”, and this one is “{code}”. Give it its own code back."),
)
DRAFT_OVERTAKEN = refusal(
    "processes.draft_overtaken",
    _("Somebody else has changed this definition since you opened it. What you have drawn is safe: join both."),
    family=Overtaken,
)
NO_TITLE = refusal("processes.definition_untitled", _("A definition needs a name. Say what the process is for."))
FOREIGN_FILE = refusal(
    "processes.foreign_file",
    _("The file holds no definition of Potok. Choose one that was written with “Save as a file”."),
)
LATER_FILE = refusal(
    "processes.later_file",
    _("The file was written by a later release of Potok. Update this installation first, then take it in."),
)
UNREADABLE = refusal(
    "processes.unreadable_definition", _("The text of the definition cannot be read. Mend it as text, then copy it.")
)
NOT_ACTIVE = refusal(
    "processes.definition_off", _("The definition “{definition}” is switched off. Switch it on first.")
)
NOT_BY_HAND = refusal(
    "processes.not_by_hand", _("“{definition}” is not started by hand. Add “manual” to its triggers.")
)
START_NOT_YOURS = refusal(
    "processes.start_not_yours",
    _("“{definition}” is started by others. Ask one of them, or whoever wrote the definition."),
    family=Forbidden,
)
START_DOES_NOT_FIT = refusal(
    "processes.start_does_not_fit",
    _("“{definition}” starts by hand only under a condition, and this record does not meet it. Choose another record."),
)
WRONG_RECORD = refusal(
    "processes.wrong_record",
    _("“{definition}” runs on records of another type: {wanted}. Start it from such a record."),
)
RUNS_ALREADY = refusal(
    "processes.runs_already",
    _("“{definition}” already runs on this record. Wait for its end, or end it first."),
)
TOO_DEEP = refusal(
    "processes.chain_too_long",
    _("Processes start each other for the {depth}th time in a row. Look at the chain and break it."),
)
TOO_OFTEN = refusal(
    "processes.too_many_starts",
    _("On this record {count} processes started within a minute. Look what starts them, then retry."),
)
OVER = refusal("processes.instance_over", _("The process is over. Nothing more can be done in it."))
NOT_YOURS = refusal(
    "processes.assignment_not_yours",
    _("This assignment is given to somebody else. Ask him to answer or to delegate it to you."),
    family=Forbidden,
)
CLOSED = refusal(
    "processes.assignment_closed",
    _("This assignment is closed already: {who} answered before you."),
    family=Overtaken,
)
TAKEN_BACK = refusal(
    "processes.assignment_taken_back",
    _("This assignment is closed: the process took it back or its time ran out. There is nothing left to do here."),
    family=Overtaken,
)
WRONG_ANSWER = refusal(
    "processes.wrong_answer", _("This assignment cannot be answered with “{answer}”. Choose: {known}.")
)
COMMENT_MISSING = refusal("processes.comment_missing", _("A comment is needed here. Say why you decided so."))
FIELD_MISSING = refusal("processes.field_missing", _("“{title}” is not filled in."))
FIELD_WRONG = refusal("processes.field_wrong", _("“{title}” cannot be “{value}”. Correct it."))
FIELD_NOT_OFFERED = refusal(
    "processes.field_not_offered", _("“{title}”: this cannot be chosen here. Pick one from the list.")
)
SAME_PERSON = refusal(
    "processes.delegated_twice", _("The assignment is with this person already. Choose somebody else.")
)
NOBODY = refusal(
    "processes.nobody_to_ask",
    _("There is nobody to give “{title}” to: whom the definition names is empty or has left. Correct it, then retry."),
)
INCIDENT_CLOSED = refusal("processes.incident_closed", _("This incident is resolved already."), family=Overtaken)
NO_RECORD = refusal("processes.no_record", _("The process runs on no record, so “{name}” has no value."))
RECORD_GONE = refusal(
    "processes.record_gone",
    _("The record {record} is not there any more. End the process, or restore the record and retry."),
    family=Missing,
)
PERSON_GONE = refusal(
    "processes.person_gone",
    _("Person {person} is not there any more. Put somebody else into the field, then retry."),
    family=Missing,
)
NO_GROUP = refusal(
    "processes.no_group",
    _("There is no group “{name}”. Add it on the page of groups, or correct the definition, then retry."),
    family=Missing,
)
NOT_OFFERED = refusal(
    "processes.command_not_yours",
    _("The command “{command}” is offered to others. Ask one of them, or whoever wrote the definition."),
    family=Forbidden,
)
COMMAND_GIVEN = refusal(
    "processes.command_given", _("The command “{command}” is given already: {who} was before you."), family=Overtaken
)
COMMAND_GONE = refusal(
    "processes.command_gone",
    _("The command “{command}” cannot be given any more: the process went on without it."),
    family=Overtaken,
)
NO_MESSAGE = refusal("processes.no_message", _("The message has no name. Say which one the processes wait for."))
WRONG_MESSAGE = refusal(
    "processes.wrong_message",
    _("“{name}” cannot be told to processes. Send texts, numbers, true, false, or lists of these."),
)
NO_BLOCK = refusal("processes.no_block", _("This version of the product has no block “{block}”."))
NO_VALUE = refusal("processes.no_such_value", _("There is no value “{name}” here. Correct the definition."))
CONDITION_FAILED = refusal(
    "processes.trigger_condition_failed",
    _("The condition that decides whether the process starts could not be worked out: {problem} Correct it."),
)
MESSAGE_UNFIT = refusal(
    "processes.message_unfit",
    _("A message that starts the process does not fit it: {problem} Correct whoever sends it, or the definition."),
)
NO_LIST = refusal(
    "processes.start_list_over",
    _("These starts are over or cancelled already. Choose the records anew."),
    family=Overtaken,
)
NOTHING_CHOSEN = refusal("processes.nothing_chosen", _("No records are chosen. Mark some in the list first."))
UNDELIVERED = refusal(
    "processes.undelivered",
    _("What this process sent did not arrive: {trouble} Mend the cause and send it again from its own page."),
)
DEFECT = refusal(
    "processes.defect",
    _("The step failed by a mistake in the product ({kind}). The log tells more; retry after it is mended."),
)
DEADLY = refusal(
    "processes.deadly",
    _(
        "The worker died {times} times while it carried this process. The process rests; the log of the system tells"
        " more. Retry after the cause is mended."
    ),
)

OVERLOADED = refusal(
    "processes.overloaded",
    _("Too many processes wait for their turn. Nothing was started. Repeat in {minutes} minutes."),
    family=Overloaded,
)


class Verdict(StrEnum):
    """What a start does while an instance of the definition runs on the record."""

    START = "start"
    SKIP = "skip"
    QUEUE = "queue"
    REPLACE = "replace"


def again(rule: Again, *, runs: bool) -> Verdict:
    """Decide about a start that comes while an instance of the definition runs on the record."""
    if not runs or rule is Again.BESIDE:
        return Verdict.START
    return {Again.SKIP: Verdict.SKIP, Again.AFTER: Verdict.QUEUE, Again.INSTEAD: Verdict.REPLACE}[rule]


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a form as an assignment keeps it."""

    name: str
    type: Type
    title: str
    required: bool = False
    choices: tuple[str, ...] = ()
    among: tuple[Value, ...] | None = None


def check_answer(form: Mapping[str, Any], *, answer: str, comment: str) -> None:
    """Refuse an answer that the form does not offer, or one without the comment that it asks for."""
    known = [each["name"] for each in form.get("answers", [])]
    if answer not in known:
        raise WRONG_ANSWER(place="answer", answer=answer, known=", ".join(known))
    if answer in form.get("comment", {}).get("required", []) and not comment.strip():
        raise COMMENT_MISSING(place="comment")


def questions(form: Mapping[str, Any]) -> list[Question]:
    """Read the fields of a form."""
    return [
        Question(
            name=each["name"],
            type=Type(**each["type"]),
            title=each["title"] or each["name"],
            required=each.get("required", False),
            choices=tuple(key for key, _label in each.get("choices", ())),
            among=None if each.get("among") is None else _listed(values.decode(each["among"])),
        )
        for each in form.get("fields", [])
    ]


def read_values(form: Mapping[str, Any], given: Mapping[str, Any], *, zone: Any, answer: str = "") -> dict[str, Value]:
    """Read what was typed, each field by its type; refuses all wrong fields at once, each with its place.

    What has to be filled in is said by the answer, if it says so, else by the fields.
    """
    read: dict[str, Value] = {}
    refused: list[Refused] = []
    needs = next((each.get("needs") for each in form.get("answers", []) if each["name"] == answer), None)
    for asked in questions(form):
        question = asked if needs is None else replace(asked, required=asked.name in needs)
        try:
            read[question.name] = _read(question, given.get(question.name), zone=zone)
        except Refused as no:
            refused.append(no)
    if refused:
        raise refused[0] if len(refused) == 1 else Refusals(refused)
    return read


def _read(question: Question, given: Any, *, zone: Any) -> Value:
    try:
        value = coerce(reference(question.type, given), question.type, zone=zone)
    except (WrongType, ValueError, TypeError):
        raise FIELD_WRONG(place=question.name, title=question.title, value=given) from None
    if is_empty(value):
        if question.required:
            raise FIELD_MISSING(place=question.name, title=question.title)
        return value
    offered = question.choices or question.among
    if offered is not None and offered != () and any(item not in offered for item in _listed(value)):
        raise FIELD_NOT_OFFERED(place=question.name, title=question.title)
    if question.among == ():
        raise FIELD_NOT_OFFERED(place=question.name, title=question.title)
    return value


def reference(type: Type, given: Any) -> Any:
    """Make a reference of what a form gives: people, records and files come by their numbers."""
    if isinstance(given, list | tuple):
        return tuple(reference(type.single, each) for each in given if each not in ("", None))
    if type.kind not in ("person", "file", "record") or not isinstance(given, str | int) or not str(given).strip():
        return given
    number = int(given)
    if type.kind == "record":
        return values.RecordRef(type.of, number)
    return PersonRef(number) if type.kind == "person" else values.FileRef(number)


def read_value(type: Type, given: Any, *, title: str) -> Value:
    """Read one value as a form or a program gives it; nothing typed is no value."""
    try:
        read = reference(type, given)
        return coerce(None if read == "" else read, type)
    except (WrongType, ValueError):
        raise FIELD_WRONG(place="value", title=title, value=given) from None


def _listed(value: Value) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)
