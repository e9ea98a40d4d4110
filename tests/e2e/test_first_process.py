"""The tutorial of the manual can be done as it is written."""

from collections.abc import Callable

from tests.e2e.actor import Actor
from tests.e2e.first_process import FirstProcess


def test_the_first_process_takes_ten_minutes(enter: Callable[..., Actor]) -> None:
    author = enter("sheremeteva")
    seen = list(FirstProcess(author, language="ru", surname="Шереметьева").walk())
    assert seen == [
        "ready", "take", "role", "drawing", "waits", "tried", "cases", "run", "form", "otherwise", "difference",
        "versions", "rehearsal", "moved",
    ]  # fmt: skip
