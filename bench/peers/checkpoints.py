"""Absurd 0.5 in its documented idiom: `register_task`, `ctx.step`, a checkpoint for each step, events to wait for.

Its schema is the one that `absurdctl` installs. Work is claimed in sets, as its worker does; `THREADS` is what was
fastest here. Run as `python -m bench.peers.checkpoints SCENARIO DSN load|lonely NUMBER`, see `bench/timing.py`.
"""

import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import absurdctl
import psycopg
from absurd_sdk import Absurd, TaskContext

from bench import timing
from bench.peers.office import Office

THREADS, SET = 4, 25


class Peer:
    """A queue of its own for each process, and a client for each thread."""

    def __init__(self, dsn: str, number: str) -> None:
        self.dsn, self.queue, self.office, self.local = dsn, f"bench{number}", Office(dsn), threading.local()
        with psycopg.connect(dsn, autocommit=True) as db:
            db.execute("SELECT pg_advisory_lock(7)")
            if db.execute("SELECT to_regclass('absurd.queues')").fetchone() == (None,):
                db.execute(absurdctl.BUNDLED_SCHEMA_SQL)
            db.execute("SELECT pg_advisory_unlock(7)")
        self.app().create_queue()

    def app(self) -> Absurd:
        """The client of this thread."""
        if not hasattr(self.local, "app"):
            app = self.local.app = Absurd(self.dsn, queue_name=self.queue)
            app.register_task(name="ten_steps")(self.ten_steps)
            app.register_task(name="start_wait_complete")(self.start_wait_complete)
            app.register_task(name="record_task_notice")(self.record_task_notice)
        return self.local.app  # type: ignore[no-any-return]

    def ten_steps(self, params: object, ctx: TaskContext) -> int:
        """Ten steps in a row."""
        return sum(ctx.step(f"step{number}", lambda number=number: number) for number in range(10))  # type: ignore[misc]

    def start_wait_complete(self, params: dict[str, int], ctx: TaskContext) -> int:
        """A step, an event from outside, a step."""
        first = ctx.step("first", lambda: 1)
        answer = ctx.await_event(f"answer:{params['id']}")
        return first + ctx.step("second", lambda: int(str(answer)))

    def record_task_notice(self, params: dict[str, int], ctx: TaskContext) -> None:
        """Change a record, add a task, send a notice."""
        ctx.step("change", lambda: self.office.change_deal(params["id"], "won"))
        ctx.step("task", lambda: self.office.add_task("Call"))
        ctx.step("notice", lambda: self.office.send_notice("Won"))

    def serve(self, _: int = 0) -> None:
        """Claim and carry until nothing is left."""
        app = self.app()
        while tasks := app.claim_tasks(batch_size=SET):
            for task in tasks:
                app._execute_task(task, 120)


def main() -> None:
    """Race with one scenario."""
    scenario, dsn, manner, number = sys.argv[1:]
    peer, width = Peer(dsn, number), 1 if manner == "lonely" else THREADS
    begin = int(number) * 1_000_000 + 700_000_000

    with ThreadPoolExecutor(width) as threads:

        def load(ids: list[int]) -> None:
            for id in ids:
                peer.app().spawn(scenario, {"id": id})
            list(threads.map(peer.serve, range(width)))
            if scenario == "start_wait_complete":
                for id in ids:
                    peer.app().emit_event(f"answer:{id}", 1)
                list(threads.map(peer.serve, range(width)))

        def lonely(ids: list[int]) -> None:
            for id in ids:
                load([id])

        def prepare(count: int) -> timing.Run:
            nonlocal begin
            ids = list(range(begin, begin + count))
            begin += count
            peer.office.open_deals(ids)
            return lambda: (lonely if manner == "lonely" else load)(ids)

        timing.race(prepare)


if __name__ == "__main__":
    main()
