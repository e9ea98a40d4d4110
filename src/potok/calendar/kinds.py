"""Types of events: a dictionary that the customer keeps."""

from django.utils.translation import gettext_lazy as _

from potok.records.public import Dictionary, declare_dictionary, dictionary_entries

KINDS = declare_dictionary(
    Dictionary(
        "calendar.event_kind",
        _("Types of events"),
        (
            ("MEETING", _("Meeting")),
            ("CALL", _("Phone call")),
            ("VISIT", _("Visit")),
            ("TRAINING", _("Training")),
            ("OTHER", _("Something else")),
        ),
    )
)


def kinds() -> list[tuple[str, str]]:
    """Codes and titles as they stand now, in the language that is active."""
    return [(code, str(title)) for code, title in dictionary_entries()[KINDS.name]]
