"""Procrastinate 3 as people chain work with it: ten jobs, each of which defers the next one and is committed.

Run as `python -m bench.peers.chain SCENARIO DSN load|lonely NUMBER`, see `bench/timing.py`.
"""

import asyncio
import contextlib
import sys

import procrastinate
from procrastinate.types import JSONValue

from bench import timing

WIDTH = 20


async def race(dsn: str, number: str, *, width: int) -> None:
    """Serve the parent; jobs of this process lie in a queue of its own."""
    queue = f"bench{number}"
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=dsn))

    @app.task(name="step", queue=queue)
    async def step(left: int) -> None:
        if left > 1:
            await step.defer_async(left=left - 1)

    async with app.open_async():
        with contextlib.suppress(procrastinate.exceptions.ConnectorException):  # Another process has made it.
            await app.schema_manager.apply_schema_async()

        async def run(count: int) -> None:
            if width == 1:
                for _ in range(count):
                    await step.defer_async(left=10)
                    await app.run_worker_async(queues=[queue], wait=False, concurrency=1, install_signal_handlers=False)
                return
            for begin in range(0, count, 200):
                jobs: list[dict[str, JSONValue]] = [{"left": 10} for _ in range(min(200, count - begin))]
                await step.batch_defer_async(*jobs)
            for _ in range(10):
                await app.run_worker_async(queues=[queue], wait=False, concurrency=width, install_signal_handlers=False)

        loop = asyncio.get_running_loop()

        def prepare(count: int) -> timing.Run:
            return lambda: asyncio.run_coroutine_threadsafe(run(count), loop).result()

        await asyncio.to_thread(timing.race, prepare)


def main() -> None:
    """Race with the one scenario that it can say."""
    _scenario, dsn, manner, number = sys.argv[1:]
    asyncio.run(race(dsn, number, width=1 if manner == "lonely" else WIDTH))


if __name__ == "__main__":
    main()
