"""What imports refuse, in words, and the states that they go through."""

from enum import StrEnum

from potok.kit.errors import Overtaken, refusal
from potok.kit.words import _

SIZE_MAX = 50_000_000
ROWS_MAX = 200_000
COLUMNS_MAX = 200

EMPTY = refusal(
    "records.import.empty", _("There are no rows in the file. It needs a line of headings and a line below.")
)
NO_TABLE = refusal(
    "records.import.no_table",
    _("“{name}” is no table. Save it as CSV or XLSX in your spreadsheet and choose it again."),
)
BROKEN = refusal(
    "records.import.broken", _("“{name}” is damaged and cannot be read. Open it in your spreadsheet and save it again.")
)
TOO_LARGE = refusal(
    "records.import.too_large", _("The file is too large: up to {size} and {rows} rows at once. Divide it into parts.")
)
TOO_WIDE = refusal(
    "records.import.too_wide", _("The file has more than {most} columns. Remove those that are not needed.")
)
TWICE = refusal("records.import.twice", _("“{field}” is chosen for two columns. Leave it at one of them."))
NOTHING_CHOSEN = refusal(
    "records.import.nothing_chosen", _("No column has a field. Choose fields for the columns you need.")
)
NO_KEY = refusal(
    "records.import.no_key", _("“{field}” tells records apart, but no column holds it. Choose a column for it.")
)
NOT_NOW = refusal(
    "records.import.not_now", _("This import is in another state by now. Open its page again."), family=Overtaken
)

NOT_FOUND = _("“{text}”: there is no such record. Write its name as it stands in its card.")
NOT_ONE = _("“{text}” is the name of several records. Write a number, a phone or an e-mail of the one you mean.")
NO_PERSON = _("“{text}”: nobody here has this name. Write an e-mail or a name and a surname.")
NO_STAGE = _("“{text}” is no stage. Stages: {known}.")
NO_PIPELINE = _("“{text}” is no pipeline. Pipelines: {known}.")
AMBIGUOUS = _("The row fits several records: {found}. Choose fewer fields that tell them apart, or merge the records.")
REPEATED = _("The row is about the same record as row {row} of the file.")
NO_NUMBER = _("There is no record with the number {text}.")


class State(StrEnum):
    """What an import is doing. `CHECKING`, `RUNNING` and `UNDOING` are carried on in the background."""

    MAPPING = "mapping"
    CHECKING = "checking"
    CHECKED = "checked"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


BUSY = (State.CHECKING, State.RUNNING, State.UNDOING)


class Match(StrEnum):
    """What becomes of a row whose record is there already."""

    SKIP = "skip"
    UPDATE = "update"
    ADD = "add"


class Outcome(StrEnum):
    """What would become of a row, or has become of it."""

    NONE = ""
    ADD = "add"
    CHANGE = "change"
    SAME = "same"
    SKIP = "skip"
    WRONG = "wrong"


class Undone(StrEnum):
    """What became of a row when the import was taken back."""

    NONE = ""
    BACK = "back"
    KEPT = "kept"
