"""Works that are long over go, with all their lines: what they have done stays, the way back does not."""

from datetime import timedelta

from procrastinate.contrib.django import app

from potok.kit import clock
from potok.records.works.models import Work
from potok.records.works.rules import BUSY

KEPT_DAYS = 90


@app.periodic(cron="15 3 * * *")
@app.task(name="potok.records.sweep_works", queueing_lock="potok.records.sweep_works")
def sweep(timestamp: int) -> None:
    """Remove what nobody has touched for so long."""
    sweep_old()


def sweep_old() -> int:
    """Remove works that began and ended so many days ago; answers how many. What is being carried on stays."""
    before = clock.now() - timedelta(days=KEPT_DAYS)
    gone = 0
    for model in Work.__subclasses__():
        old = model.objects.filter(made_at__lt=before).exclude(state__in=BUSY).exclude(ended_at__gte=before)
        gone += len(old)
        old.delete()
    return gone
