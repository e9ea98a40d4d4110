"""Builds the demo company by operations, as an administrator would by hand."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from potok.demo import company
from potok.demo.asking import Asking
from potok.demo.models import Loaded
from potok.demo.selling import Selling
from potok.engine.notation.tree import source as yaml
from potok.feed import public as feed
from potok.kit.calls import Call
from potok.kit.operations import operations
from potok.people.public import Department, Extent, Group, Person, departments, groups, passwords, persons, roles
from potok.processes import public as processes
from potok.records import public as records
from potok.records.public import Record

PASSWORD = "demo-potok"  # noqa: S105 (of made-up people, printed at the start)
HOST = "north-air.example"


class Builder:
    """The company under construction: what was made, by its code."""

    def __init__(self, call: Call, language: str) -> None:
        self.call, self.language = call, language
        self.data = company.read(language)
        self.places: dict[str, Department] = {}
        self.people: dict[str, Person] = {}
        self.groups: dict[str, Group] = {}
        self.records: dict[str, Record] = {}

    def build(self) -> None:
        """Build all of it."""
        self.add_departments()
        self.add_people()
        self.appoint_heads()
        self.add_groups()
        self.add_roles()
        self.add_settings()
        self.add_clients()
        self.publish()
        self.add_deals()
        Selling(self).build()
        Asking(self).build()
        self.add_reports()
        self.add_posts()
        Loaded.objects.create(language=self.language, people=[person.pk for person in self.people.values()])

    def add_departments(self) -> None:
        for given in self.data["departments"]:
            parent = self.places.get(given.get("parent", ""))
            self.places[given["code"]] = departments.add(self.call, name=given["title"], parent=parent)

    def add_people(self) -> None:
        for given in self.data["people"]:
            person = persons.add(
                self.call,
                email=login(given),
                name=given["name"],
                surname=given["surname"],
                patronymic=given["patronymic"],
                position=given["position"],
                language=self.language,
                departments=[self.places[given["department"]]],
                is_administrator="administrator" in given["roles"],
            )
            passwords.set_(self.call, person=person, password=PASSWORD)
            self.people[given["code"]] = person

    def appoint_heads(self) -> None:
        for given in self.data["departments"]:
            if "head" in given:
                departments.appoint(self.call, department=self.places[given["code"]], head=self.people[given["head"]])

    def add_groups(self) -> None:
        for given in self.data["groups"]:
            members = [self.people[code] for code in given["members"]]
            self.groups[given["code"]] = groups.add(self.call, name=given["title"], people=members)

    def add_roles(self) -> None:
        for given in self.data["roles"]:
            role = roles.add(self.call, name=given["title"])
            for thing, acts in given["may"].items():
                for act, extent in acts.items():
                    roles.grant(self.call, role=role, permission=f"{thing}.{act}", extent=Extent[extent.upper()])
            for person in self.data["people"]:
                if given["code"] in person["roles"]:
                    roles.give(self.call, role=role, person=self.people[person["code"]])

    def add_settings(self) -> None:
        for given in self.data["pipelines"]:
            records.pipelines.add(self.call, record_type="crm.deal", title=given["title"], stages=given["stages"])
        for given in self.data["fields"]:
            records.custom_fields.add(
                self.call,
                record_type=given["type"],
                kind=given["kind"],
                title=given["title"],
                name=given["name"],
                options=given.get("options", ()),
            )

    def add_clients(self) -> None:
        for given in self.data["companies"]:
            values = {name: given.get(name) for name in ("title", "industry", "site")}
            self._add("crm.company", given["code"], values | reached(given))
        for given in self.data["contacts"]:
            values = {name: given[name] for name in ("surname", "name", "patronymic", "position")}
            values["company"] = self.records[given["company"]]
            self._add("crm.contact", given["code"], values | reached(given))

    def add_deals(self) -> None:
        mails = {given["code"]: given["email"] for given in self.data["contacts"]}
        for place, given in enumerate(self.data["deals"]):
            values = {name: given[name] for name in ("title", "stage", "amount", "comment", "source")}
            values |= {"company": self.records[given["company"]], "contact": self.records[given["contact"]]}
            values["client_email"] = mails[given["contact"]]
            values["close_on"] = timezone.localdate(self.call.at) + timedelta(days=given["days"])
            self._add("crm.deal", f"deal{place}", values, responsible=given["responsible"])
        for code in self.data["paid"]:
            records.verbs["crm.deal"].move(self.call, record=self.records[code], stage="PAID")

    def add_reports(self) -> None:
        kept = [operations["records.report.save"](self.call, **given, shared=True) for given in self.data["reports"]]
        shown = {"title": self.data["dashboard"], "reports": [one.pk for one in kept], "shared": True}
        operations["records.dashboard.save"](self.call, **shown)

    def add_posts(self) -> None:
        codes = {code: f"group_dr{place.pk}" for code, place in self.places.items()}
        for given in self.data["posts"]:
            by_author = replace(self.call, on_behalf=self.people[given["author"]].pk)
            to = [codes.get(code, code) for code in given["to"]]
            post = feed.posts.add(by_author, text=given["text"], audience=to)
            for code, kind in given.get("reactions", {}).items():
                by_reader = replace(self.call, on_behalf=self.people[code].pk)
                feed.answering.react(by_reader, entry=post, kind=kind)

    def publish(self) -> None:
        for source in [*company.definitions(self.language), *map(self._request, self.data["requests"])]:
            processes.definitions.publish(self.call, source=source)

    def _request(self, given: Mapping[str, Any]) -> str:
        """A ready definition with people of the company in the roles that it leaves open."""
        ready = processes.library.find(given["code"], language=self.language)
        assert ready is not None
        roles = {name: dict(role) for name, role in ready.plain["roles"].items()}
        for name, code in given["roles"].items():
            roles[name]["people"] = f"user_{self.people[code].pk}"
        return yaml.text({**ready.plain, "roles": roles})

    def _add(self, name: str, code: str, values: Mapping[str, Any], *, responsible: str = "kuznetsova") -> None:
        given = {**values, "responsible": self.people[responsible]}
        self.records[code] = records.verbs[name].add(self.call, values=given)


def login(given: Mapping[str, Any]) -> str:
    """The address under which a person of the demo company signs in."""
    return f"{given['code']}@{HOST}"


def reached(given: Mapping[str, Any]) -> dict[str, list[str]]:
    """Phones and mails of a client."""
    return {"phone": [str(given["phone"])], "email": [given["email"]]}
