"""DBOS 3.4 in its documented idiom: `@DBOS.workflow`, `@DBOS.step`, a checkpoint for each step.

Under load the workflows run in threads, as its documents show (`DBOS.start_workflow`); `THREADS` is what was fastest here.
"""

import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from dbos import DBOS, DBOSConfig

from bench.peers.office import Office

THREADS = 8
DSN = sys.argv[3] if len(sys.argv) > 3 else ""
office = Office(DSN) if DSN else None


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
    """Run one scenario so many times and print the seconds."""
    scenario, count, dsn, *_ = sys.argv[1:]
    config: DBOSConfig = {"name": "potok-bench", "system_database_url": dsn, "log_level": "ERROR"}
    DBOS(config=config)
    DBOS.launch()
    started = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(SCENARIOS[scenario], range(int(count))))
    sys.stdout.write(f"{time.perf_counter() - started}\n")
    DBOS.destroy()


if __name__ == "__main__":
    main()
