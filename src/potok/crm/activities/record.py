"""Activities as a record type."""

from django.utils.translation import gettext_lazy as _

from potok.crm.activities import rules
from potok.crm.activities.about import About
from potok.crm.activities.models import Activity
from potok.records.public import RecordType, declare, fields

activity = declare(
    RecordType(
        name="crm.activity",
        model=Activity,
        titles=(_("Activity"), _("Activities")),
        icon="calendar-clock",
        path="activities",
        fields=[
            fields.Choice(
                "kind", _("Kind"), required=True, default=rules.CALL,
                options=tuple((kind, _(title)) for kind, title in rules.KINDS.items()),
            ),
            fields.Choice(
                "direction", _("Direction"), options=tuple((way, _(title)) for way, title in rules.DIRECTIONS.items())
            ),
            fields.Moment("starts_at", _("Begins")),
            fields.Moment("ends_at", _("Ends")),
            fields.Number("remind_minutes", _("Remind, minutes before")),
            fields.Moment("done_at", _("Done at")),
            About("about", _("About")),
            fields.Text("text", _("Details"), long=True),
            fields.Text("result", _("What came of it"), long=True),
        ],
        columns=["title", "kind", "starts_at", "about", "responsible", "done_at"],
        card=[
            (
                _("About the activity"),
                ["kind", "direction", "starts_at", "ends_at", "remind_minutes", "responsible", "text"],
            ),
            (_("How it went"), ["done_at", "result"]),
        ],
        check=rules.check,
    )
)  # fmt: skip
