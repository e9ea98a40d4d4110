"""What reports refuse, in words, and the few words that they are made of."""

from enum import StrEnum

from potok.kit.errors import refusal
from potok.kit.words import _

TILES_MAX = 24

UNKNOWN_SHAPE = refusal("records.report.shape", _("There is no kind of report “{shape}”. Kinds: {known}."))
NO_GROUP = refusal("records.report.no_group", _("Choose what the report is put together by."))
NO_MEASURE = refusal("records.report.no_measure", _("“{measure}” cannot be counted. Choose another figure."))
NO_STAGES = refusal("records.report.no_stages", _("“{type}” have no stages, so there is no funnel of them."))
TOO_MANY_TILES = refusal("records.dashboard.full", _("A dashboard has room for {most} reports. Make another one."))
NEGATIVE = refusal("records.plan.negative", _("A plan is a number from zero up."))


class Shape(StrEnum):
    """What a report shows: figures by a field, how records go through stages, or what people planned and did."""

    FIGURES = "figures"
    FUNNEL = "funnel"
    PLAN = "plan"


class Chart(StrEnum):
    """How it is drawn."""

    BARS = "bars"
    LINES = "lines"
    SHARES = "shares"
    NONE = "none"
