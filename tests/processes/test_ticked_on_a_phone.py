"""A task that is ticked on a phone moves the process that waits for it (N11)."""

from potok.caldav import devices
from potok.kit.doors import opened
from potok.processes import worker
from potok.processes.models import Instance, Standing
from potok.tasks.models import Task
from tests.caldav.conftest import Phone
from tests.company import Company
from tests.processes.conftest import Begin, Publish

STEPS = """
definition: called
title: A call
start: [manual]
do:
- {id: call, block: task_add, with: {title: Call the client, responsible: user_%s, wait: true}}
- {id: over, block: status_text, with: {text: Over}}
"""


def test_a_tick_on_a_phone_moves_the_process(company: Company, publish: Publish, begin: Begin) -> None:
    instance = begin(publish(STEPS % company.bob.pk))
    worker.run_until_idle()
    task = Task.objects.get()
    with opened(company.bob.pk, door="screen") as call:
        phone = Phone(company.bob, devices.add(call, title="Phone").password)
    name = f"task-{task.pk}.ics"
    ticked = phone.get(name, "tasks").replace("STATUS:NEEDS-ACTION", "STATUS:COMPLETED")
    assert phone.put(name, ticked, "tasks").status_code == 204
    worker.run_until_idle()
    assert Instance.objects.get(pk=instance.pk).status == Standing.COMPLETED
