"""Who asks the demo company for something: leads, a public form, what is planned and what was said."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import yaml
from django.conf import settings

from potok.crm.activities import public as activities
from potok.crm.leads import public as leads
from potok.demo import company
from potok.people.public import Extent, roles
from potok.records import public as records
from potok.records.public import Record

if TYPE_CHECKING:
    from potok.demo.loading import Builder


class Asking:
    """Builds it beside the rest, from `company/leads.<language>.yaml`."""

    def __init__(self, builder: "Builder") -> None:
        self.builder, self.call = builder, builder.call
        text = (company.FOLDER / f"leads.{builder.language}.yaml").read_text(encoding="utf-8")
        self.data: dict[str, Any] = yaml.safe_load(text)
        self.leads: dict[str, Record] = {}

    def build(self) -> None:
        """Build all of it; clients and deals are there."""
        self.add_roles()
        pipeline = self.data["pipeline"]
        records.pipelines.add(self.call, record_type="crm.lead", title=pipeline["title"], stages=pipeline["stages"])
        for given in self.data["leads"]:
            self.add_lead(given)
        form = self.data["form"]
        queue = [self.builder.people[code].pk for code in form["queue"]]
        leads.forms.add(self.call, **{**form, "queue": queue})
        for given in self.data["activities"]:
            self.add_activity(given)

    def add_roles(self) -> None:
        for given in self.data["roles"]:
            role = roles.add(self.call, name=given["title"])
            for thing, acts in given["may"].items():
                for act, extent in acts.items():
                    roles.grant(self.call, role=role, permission=f"{thing}.{act}", extent=Extent[extent.upper()])
            for code in given["people"]:
                roles.give(self.call, role=role, person=self.builder.people[code])

    def add_lead(self, given: Mapping[str, Any]) -> None:
        values = {name: value for name, value in given.items() if name not in ("code", "responsible", "phone", "email")}
        values |= {name: [str(given[name])] for name in ("phone", "email") if name in given}
        values["responsible"] = self.builder.people[given["responsible"]]
        self.leads[given["code"]] = records.verbs["crm.lead"].add(self.call, values=values)

    def add_activity(self, given: Mapping[str, Any]) -> None:
        at = self.moment(given["day"], given["hour"])
        values = {name: given[name] for name in ("title", "kind", "direction", "text", "result") if name in given}
        about = [self.leads.get(code) or self.builder.records[code] for code in given["about"]]
        person = self.builder.people[given["responsible"]]
        values |= {"starts_at": at, "about": about, "responsible": person}
        if given.get("done"):
            values["done_at"] = at
        records.verbs[activities.activity.name].add(self.call, values=values)

    def moment(self, day: int, hour: int) -> datetime:
        """An hour of a day before or after today, on the clock of the company."""
        here = self.call.at.astimezone(ZoneInfo(str(settings.COMPANY_ZONE))) + timedelta(days=day)
        return datetime.combine(here.date(), time(hour), here.tzinfo)
