"""Sentences about tasks: who asks what until when, and what comes next."""

from django.utils.translation import gettext as _

from potok.people import public as company
from potok.tasks import rules
from potok.tasks.models import Task
from potok.ui import words


def sentence(task: Task, *, reader: int | None) -> str:
    """«Анна Соколова просит сделать это до 24 ноября. Дальше работу принимает Игорь Лебедев»."""
    return ". ".join(part for part in (_asked(task, reader), _following(task, reader)) if part)


def _asked(task: Task, reader: int | None) -> str:
    said = {"who": task.creator, "whose": task.responsible}
    if task.status == rules.DONE:
        return _("Completed")
    if task.status == rules.AWAITING:
        return _("%(whose)s has handed the work in") % said
    if task.status == rules.DEFERRED:
        return _("Put off: it waits for nobody")
    asked = _turn(task, reader) % said
    return f"{asked}: {words.deadline(task.deadline)}" if task.deadline else asked


def _turn(task: Task, reader: int | None) -> str:
    if reader == task.responsible_id == task.creator_id:
        return _("You gave it to yourself")
    if reader == task.responsible_id:
        return _("%(who)s asks you to do it")
    return _("%(whose)s does it with your help") if reader in task.accomplices else _("%(whose)s does it")


def _following(task: Task, reader: int | None) -> str:
    judge = task.parties().judge()
    mine, said = judge == reader, {"who": _name(judge)}
    if task.status == rules.AWAITING:
        return _("You accept it or send it back") if mine else _("%(who)s accepts it") % said
    if task.is_closed:
        return ""
    if task.needs_control and judge != task.responsible_id:
        return _("Then you accept the work") if mine else _("Then %(who)s accepts the work") % said
    return _("Then the process goes on") if task.instance else ""


def _name(person: int) -> str:
    return str(company.by_id([person]).get(person, ""))
