"""DBOS 3.4 in its documented idiom: `@DBOS.workflow`, `@DBOS.step`, a checkpoint for each step.

Under load the workflows run in threads, as its documents show (`DBOS.start_workflow`); `THREADS` is what was fastest
here. Run as `python -m bench.peers.durable SCENARIO DSN load|lonely NUMBER`, see `bench/timing.py`.
"""

import itertools
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from dbos import DBOS, DBOSConfig

from bench import timing
from bench.peers.office import Office

THREADS = 8
office = Office(sys.argv[2])


@DBOS.step()
def step(number: int) -> int:
    """One automatic step: it does nothing, but its result is kept."""
    return number


@DBOS.workflow()
def ten_steps() -> int:
    """Ten steps in a row."""
    return sum(step(number) for number in range(10))


@DBOS.workflow()
def start_wait_complete() -> int:
    """A step, a message from outside, a step."""
    first = step(1)
    answer = DBOS.recv("answer", timeout_seconds=60)
    return first + step(int(answer or 0))


@DBOS.step()
def change_deal(id: int) -> None:
    """Move the deal."""
    office.change_deal(id, "won")


@DBOS.step()
def add_task() -> None:
    """Add the task."""
    office.add_task("Call")


@DBOS.step()
def send_notice() -> None:
    """Send the notice."""
    office.send_notice("Won")


@DBOS.workflow()
def record_task_notice(id: int) -> None:
    """Change a record, add a task, send a notice."""
    change_deal(id)
    add_task()
    send_notice()


def run_ten_steps(_: int) -> None:
    ten_steps()


def run_start_wait_complete(_: int) -> None:
    handle = DBOS.start_workflow(start_wait_complete)
    DBOS.send(handle.get_workflow_id(), 1, "answer")
    handle.get_result()


SCENARIOS: dict[str, Callable[[int], None]] = {
    "ten_steps": run_ten_steps,
    "start_wait_complete": run_start_wait_complete,
    "record_task_notice": record_task_notice,
}


def main() -> None:
    """Race with one scenario, in several threads or lonely in one."""
    scenario, dsn, manner, number = sys.argv[1:]
    config: DBOSConfig = {
        "name": "potok-bench",
        "system_database_url": dsn,
        "log_level": "ERROR",
        "executor_id": number,
    }
    DBOS(config=config)
    DBOS.launch()
    ids = itertools.count(int(number) * 1_000_000 + 500_000_000)
    with ThreadPoolExecutor(1 if manner == "lonely" else THREADS) as threads:

        def prepare(count: int) -> timing.Run:
            taken = list(itertools.islice(ids, count))
            office.open_deals(taken)
            return lambda: any(threads.map(SCENARIOS[scenario], taken))

        timing.race(prepare)
    DBOS.destroy()


if __name__ == "__main__":
    main()
