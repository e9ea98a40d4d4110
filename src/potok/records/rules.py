"""What records refuse, in words; decisions from values alone."""

from potok.kit.errors import Overtaken, refusal
from potok.kit.words import _

REQUIRED = refusal("records.field.required", _("“{field}” is needed. Fill it in."))
UNKNOWN_FIELD = refusal("records.field.unknown", _("There is no field “{field}” here. Known fields: {known}."))
READ_ONLY = refusal("records.field.read_only", _("“{field}” is filled by the system and cannot be changed by hand."))
UNREADABLE = refusal("records.field.unreadable", _("“{field}”: {reason}"))
NOBODY = refusal("records.field.nobody", _("“{field}”: this person does not work here any more. Choose somebody else."))
NOTHING_THERE = refusal(
    "records.field.nothing_there", _("“{field}” points at something that is not there. Choose from the list.")
)
UNKNOWN_STAGE = refusal("records.stage.unknown", _("There is no stage “{stage}”. Stages: {known}."))
FOREIGN_STAGE = refusal(
    "records.stage.foreign", _("The stage “{stage}” belongs to the pipeline “{pipeline}”. Choose a stage of this one.")
)
CLASH = refusal(
    "records.record.clash",
    _("Somebody changed the same fields while you were editing: {fields}. Choose what stays."),
    family=Overtaken,
)
BUSY = refusal(
    "records.record.busy", _("Somebody is changing this record right now. Try again in a moment."), family=Overtaken
)
IN_TRASH = refusal("records.record.in_trash", _("“{title}” is in the trash. Restore it first."))
NOT_IN_TRASH = refusal("records.record.not_in_trash", _("“{title}” is not in the trash."))
SILENT = refusal("records.comment.empty", _("A comment needs a text or a file."))
NOBODY_TO_SHARE = refusal("records.share.nobody", _("Choose a person, a group or a department to share this with."))
NOT_TO_PASS_ON = refusal(
    "records.share.not_to_pass_on",
    _("“{field}”: this record was only shown to you. Ask whoever is responsible for it to add observers."),
)
UNLIMITED = refusal("records.limit.never", _("“{field}” is always seen. Choose another field."))
PIPELINE_CLOSED = refusal(
    "records.pipeline.closed", _("Your roles do not let you put records into the pipeline “{pipeline}”.")
)
UNTITLED = refusal("records.setting.untitled", _("A name is needed."))
DOUBLED = refusal("records.setting.doubled", _("“{title}” is there already. Choose another name."))
STAGE_USED = refusal("records.stage.used", _("Records stand on the stage “{stage}”: {count}. Move them first."))
LAST_STAGE = refusal("records.stage.last", _("A pipeline needs one open stage at least."))
PIPELINE_USED = refusal(
    "records.pipeline.used", _("Records are in the pipeline “{pipeline}”: {count}. Move them first.")
)
ENTRY_USED = refusal("records.dictionary.used", _("Records hold “{title}”: {count}. Give them another value first."))
WRONG_KIND = refusal("records.field.wrong_kind", _("There is no kind of field “{kind}”. Kinds: {known}."))
WRONG_TEMPLATE = refusal(
    "records.field.wrong_template",
    _("“{template}” gives no number. Write {{n}} for it, and {{year}}, {{month}} or {{day}} if it begins anew."),
)
LINKED_TO_ITSELF = refusal(
    "records.field.linked_to_itself", _("“{field}”: a record cannot point at itself. Choose another one.")
)
NO_WAY = refusal("records.field.no_way", _("“{field}” cannot become “{kind}”: its values would mean nothing there."))
SAME_PLACE = refusal("records.stage.same_place", _("Choose another stage for the records of this one."))
WRONG_NAME = refusal(
    "records.field.wrong_name", _("A field's code has small Latin letters, digits and _, and begins with a letter.")
)
WRONG_FILTER = refusal("records.filter.wrong", _("The filter cannot be read: {reason}"))


def field_name(text: str) -> str:
    """Make the code of a field out of its title, in Latin letters."""
    latin = "".join(LATIN.get(letter, letter) for letter in text.strip().lower())
    cleaned = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in latin).strip("_")
    while "__" in cleaned:
        cleaned = cleaned.replace("__", "_")
    return cleaned if cleaned[:1].isalpha() else f"field_{cleaned}".rstrip("_")


def is_field_name(text: str) -> bool:
    """Tell whether a text may be the code of a field."""
    return text.isascii() and text.isidentifier() and text == text.lower() and "__" not in text and text[0] != "_"


CYRILLIC = "а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я"
SPELLED = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh sch _ y _ e yu ya"
LATIN = {one: other.replace("_", "") for one, other in zip(CYRILLIC.split(), SPELLED.split(), strict=True)}
