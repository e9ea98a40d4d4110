"""`task.commentitem.*`: comments of a task and the files in them. Their arguments come by order."""

from typing import Any

from pydantic import Field as Default

from potok.disk.public import File
from potok.kit import lists
from potok.kit.calls import Call
from potok.kit.dialects import Arguments, WireError, method
from potok.kit.errors import Missing
from potok.people import public as company
from potok.people.public import Person
from potok.tasks import attachments, comments, queries, rules
from potok.tasks.attachments import Said
from potok.tasks.dialect import forms
from potok.tasks.formatting import shown
from potok.tasks.models import Comment, Task

SCOPE = "task"
COLUMNS = {
    "ID": lists.number("pk"),
    "AUTHOR_ID": lists.number("author_id"),
    "POST_MESSAGE": lists.text("text"),
    "POST_DATE": lists.moment("at"),
}


class AddArguments(Arguments):
    """A new comment."""

    TASKID: int
    FIELDS: dict[str, Any]


class OneArguments(Arguments):
    """Which comment of which task."""

    TASKID: int
    ITEMID: int


class UpdateArguments(OneArguments):
    """What a comment is to say."""

    FIELDS: dict[str, Any]


class ListArguments(Arguments):
    """The comments of one task."""

    TASKID: int
    ORDER: Any = Default(default_factory=dict)
    FILTER: Any = Default(default_factory=dict)


@method("task.commentitem.add", scope=SCOPE, positional=("TASKID", "FIELDS"))
def add(call: Call, given: AddArguments) -> int:
    """Comment on a task in the caller's name and tell the comment's number."""
    told = {str(name).upper(): raw for name, raw in given.FIELDS.items()}
    files = forms.file_ids(told.get("UF_FORUM_MESSAGE_DOC"))
    task = _task(call, given.TASKID)
    return int(comments.add(call, task=task, text=str(told.get("POST_MESSAGE") or ""), files=files).pk)


@method("task.commentitem.get", scope=SCOPE, positional=("TASKID", "ITEMID"))
def get(call: Call, given: OneArguments) -> dict[str, Any]:
    """Show one comment."""
    rows = Comment.objects.filter(pk=given.ITEMID, task=_task(call, given.TASKID))
    for one in attachments.beside(rows):
        return _row(one, company.by_id([one.comment.author_id or 0]).get(one.comment.author_id or 0))
    raise WireError("ERROR_CORE", rules.UNKNOWN_COMMENT().sentence())


@method("task.commentitem.update", scope=SCOPE, positional=("TASKID", "ITEMID", "FIELDS"))
def update(call: Call, given: UpdateArguments) -> bool:
    """Correct a comment of the caller's own; files that are not named stay."""
    told = {str(name).upper(): raw for name, raw in given.FIELDS.items()}
    files = forms.file_ids(told["UF_FORUM_MESSAGE_DOC"]) if "UF_FORUM_MESSAGE_DOC" in told else None
    task, text = _task(call, given.TASKID), str(told.get("POST_MESSAGE") or "")
    comments.change(call, task=task, comment=given.ITEMID, text=text, files=files)
    return True


@method("task.commentitem.delete", scope=SCOPE, positional=("TASKID", "ITEMID"))
def delete(call: Call, given: OneArguments) -> bool:
    """Take a comment back."""
    comments.remove(call, task=_task(call, given.TASKID), comment=given.ITEMID)
    return True


@method("task.commentitem.getlist", scope=SCOPE, positional=("TASKID", "ORDER", "FILTER"))
def get_list(call: Call, given: ListArguments) -> list[dict[str, Any]]:
    """List all comments of a task, the oldest first."""
    rows = Comment.objects.filter(lists.condition(COLUMNS, given.FILTER), task=_task(call, given.TASKID))
    said = attachments.beside(rows.order_by(*lists.ordering(COLUMNS, given.ORDER)))
    people = company.by_id({one.comment.author_id for one in said if one.comment.author_id})
    return [_row(one, people.get(one.comment.author_id or 0)) for one in said]


def _task(call: Call, id: int) -> Task:
    try:
        return queries.found(call.by, id=id)
    except Missing as missing:
        raise WireError("ERROR_CORE", missing.sentence()) from None


def _row(said: Said, author: Person | None) -> dict[str, Any]:
    comment = said.comment
    return {
        "POST_MESSAGE_HTML": shown(comment.text),
        "ID": str(comment.pk),
        "AUTHOR_ID": str(comment.author_id or 0),
        "AUTHOR_NAME": str(author or ""),
        "AUTHOR_EMAIL": author.email if author else "",
        "POST_DATE": lists.show_moment(comment.at),
        "POST_MESSAGE": comment.text,
        "ATTACHED_OBJECTS": {str(file.pk): _file(file) for file in said.files},
    }


def _file(file: File) -> dict[str, str]:
    return {
        "ATTACHMENT_ID": str(file.pk),
        "NAME": file.name,
        "SIZE": str(file.size_bytes),
        "FILE_ID": str(file.pk),
        "DOWNLOAD_URL": file.url,
        "VIEW_URL": file.inline_url or file.url,
    }
