"""What imports refuse, in words, and what may become of their rows."""

from enum import StrEnum

from potok.kit.errors import refusal
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

UNDER_WAY = refusal(
    "records.export.under_way",
    _("An export of everything is being written already. Wait until it is ready or stop it."),
)
ONLY_READ = refusal(
    "records.import.only_read",
    _("“{field}” may only be read. Leave its column out, or let it tell records apart."),
)
UNANSWERED = refusal(
    "records.import.unanswered",
    _("Rows that fit records which are there: {count}. Say first what becomes of them."),
)
NOT_ASKED = refusal("records.import.not_asked", _("None of these rows waits for an answer. Open the page again."))

TORN = _("“{text}”: some letters cannot be read. Save the file anew as UTF-8 or mend the cell.")
CLOSED = _("The field of this column is not open to you any more. Go back to the columns.")
APPEARED = _("Since the check a record has appeared that the row fits. Import the row again.")
NOT_FOUND = _("“{text}”: there is no such record. Write its name as it stands in its card.")
NOT_ONE = _("“{text}” is the name of several records. Write a number, a phone or an e-mail of the one you mean.")
NO_PERSON = _("“{text}”: nobody here has this name. Write an e-mail or a name and a surname.")
NO_STAGE = _("“{text}” is no stage. Stages: {known}.")
NO_PIPELINE = _("“{text}” is no pipeline. Pipelines: {known}.")
AMBIGUOUS = _("The row fits several records: {found}. Choose the one it is about, or merge them.")
MERGED_AWAY = _("The row fits what became part of another record: {found}. Say whether it is about that one.")
IN_TRASH = _("The row fits what lies in the trash: {found}. Bring it back, add another record or leave the row out.")
REPEATED = _("The row is about the same record as row {row} of the file.")
NO_NUMBER = _("There is no record with the number {text}.")


class Match(StrEnum):
    """What becomes of a row whose record is there already. `UPDATE` puts what the row says in the place of what was,
    `MERGE` only fills what is empty; both add further phones and mails. `ASK` leaves it to a person, row by row."""

    SKIP = "skip"
    UPDATE = "update"
    MERGE = "merge"
    ADD = "add"
    ASK = "ask"


class Waits(StrEnum):
    """Why a row waits for a person: he wants to be asked, it fits several records, what became part of another one,
    or one in the trash.

    An answer that names no record means the one of several that was changed last.
    """

    NOT = ""
    ONE = "one"
    SEVERAL = "several"
    MERGED = "merged"
    TRASH = "trash"


class Outcome(StrEnum):
    """What would become of a row, or has become of it. `RESTORE` brings a record back from the trash and changes it."""

    NONE = ""
    ADD = "add"
    CHANGE = "change"
    RESTORE = "restore"
    ASK = "ask"
    SAME = "same"
    SKIP = "skip"
    WRONG = "wrong"
