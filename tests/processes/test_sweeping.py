"""What came too late for an instance, and messages nobody sends again, do not lie about for ever."""

from datetime import timedelta

import pytest

from potok.kit import clock
from potok.processes import acts, erasing, worker
from potok.processes.models import Inbox, Message, Ready
from tests.processes.conftest import Begin, Publish

SOURCE = "definition: {0}\ntitle: {0}\ndo:\n  - pause: {{for: 1 hour}}\n"


def test_what_came_after_the_end_is_swept_and_what_waits_stays(publish: Publish, begin: Begin) -> None:
    over, alive = begin(publish(SOURCE.format("over"))), begin(publish(SOURCE.format("alive")))
    acts.post([(over.pk, "terminated", 0, "{}")])
    worker.run_until_idle()
    for one in (over, alive):
        acts.post([(one.pk, "happened", 1, "{}")])
        Ready.objects.create(instance_id=one.pk, due=clock.now())
    assert erasing.sweep() == 2
    assert (Inbox.objects.get().instance_id, Ready.objects.get().instance_id) == (alive.pk, alive.pk)
    worker.run_until_idle()


@pytest.mark.django_db
def test_old_messages_go() -> None:
    now = clock.now()
    for key, days in (("old", 91), ("new", 89)):
        Message.objects.create(key=key, name="paid", at=now - timedelta(days=days))
    erasing.sweep()
    assert Message.objects.get().key == "new"
