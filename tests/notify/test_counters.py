"""Whatever happens, all counters of what waits say the same."""

import re
from random import Random

import pytest
from django.test import Client
from django.utils import timezone

from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.notify.public import inbox, notices, unseen_count, waiting_count
from potok.people.public import Person
from potok.tasks import public as tasks
from tests.company import Company

ACTS = ("give", "start", "complete", "defer", "hand over", "snooze", "wake", "call", "tell", "read", "read all")
RAIL = re.compile(r'href="(/inbox/|/notices/)"[^>]*>.*?</a>', re.DOTALL)
BARS = re.compile(r'<nav class="(?:nav" id="rail-lines|phone-bar)".*?</nav>', re.DOTALL)
COUNT = re.compile(r'class="count[^"]*">(\d+)<')


def happen(company: Company, chance: Random) -> None:
    """Something of a day: most of it can be done, the rest is refused."""
    people = [company.alice, company.bob, company.carol]
    who, other = chance.choice(people), chance.choice(people)
    open_ = list(tasks.Task.objects.exclude(status="done").order_by("pk"))
    task = chance.choice(open_) if open_ else None
    act = chance.choice(ACTS)
    client = Client(headers={"HX-Request": "true"})
    client.force_login(who)
    with opened(who.pk, door="screen") as call:
        if act == "give" or task is None:
            tasks.add(call, title="Call", responsible=other.pk, needs_control=chance.random() < 0.5)
        elif act == "hand over":
            tasks.change(call, task=task, fields={"responsible": other.pk})
        elif act == "call":
            tasks.comments.add(call, task=task, text=f"@{other.name} {other.surname}, look")
        elif act == "tell":
            notices.send(call.by_system(), to=other.pk, text="News", why="You work here", url="/deals/")
        elif act in ("start", "complete", "defer"):
            {"start": tasks.start, "complete": tasks.complete, "defer": tasks.defer}[act](call, task=task)
    if act == "snooze" and task:
        client.post("/inbox/nap", {"key": f"task:{task.pk}", "until": "tomorrow"})
    elif act == "wake" and task:
        client.post(f"/inbox/nap/undo?key=task:{task.pk}")
    elif act in ("read", "read all"):
        client.post("/inbox/read", {"notice": ""} if act == "read all" else {"notice": "1"})


def _count(link: str) -> int:
    found = COUNT.search(link)
    return int(found[1]) if found else 0


def counts(person: Person) -> dict[str, list[int]]:
    """What each counter says: of what waits, and of unread notices."""
    client = Client()
    client.force_login(person)
    page = client.get("/inbox/").content.decode()
    shown = [(found[1], _count(found[0])) for nav in BARS.findall(page) for found in RAIL.finditer(nav)]
    heads = page[page.index('aria-label="Kinds"') : page.index('id="inbox-lines"')]
    tabs = dict(re.findall(r'href="/inbox/(\?kind=notice|)"[^>]*>[^<\d]*(?:<span class="count in">)?(\d+)', heads))
    groups = inbox.grouped(inbox.lines(person.pk), now=timezone.localtime(clock.now()))
    return {
        "waits": [
            waiting_count(person=person.pk),
            *(count for url, count in shown if url == "/inbox/"),
            int(tabs.get("", 0)),
            sum(1 for group in groups for line in group.lines if line.waiting),
            sum(waiting_count(person=person.pk, kind=kind) for kind in inbox.kinds),
        ],
        "unread": [
            unseen_count(person=person.pk),
            *(count for url, count in shown if url == "/notices/"),
            int(tabs.get("?kind=notice", 0)),
            len(inbox.lines(person.pk, kind=inbox.NOTICE)),
        ],
    }


@pytest.mark.parametrize("seed", range(4))
def test_all_counters_agree_after_whatever_happens(company: Company, seed: int) -> None:
    chance = Random(seed)
    for _ in range(15):
        try:
            happen(company, chance)
        except Refused:
            continue
        for person in (company.alice, company.bob, company.carol):
            for what, said in counts(person).items():
                assert len(set(said)) == 1, (person, what, said)
