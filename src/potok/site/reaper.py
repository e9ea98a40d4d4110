"""Sees to it that no process of ours outlives the one that started it."""

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1
# Loaded before any fork: between fork and exec a child may not import.
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(how: signal.Signals) -> Callable[[], None]:
    """Make a `preexec_fn` that has the kernel send this signal when the starting process dies.

    The kernel means the *thread* that forked: start children from the main thread only.
    """
    parent = os.getpid()

    def prepare() -> None:
        if _libc is not None:
            _libc.prctl(_PR_SET_PDEATHSIG, int(how), 0, 0, 0)
        # The parent may have died before the line above.
        if os.getppid() != parent:
            os._exit(1)

    return prepare


def watch_parent(parent: int, *, seconds: float = 1.0, then: Callable[[], None]) -> None:
    """Call `then` once when the given process is no longer our parent: the net where the kernel sends no signal."""
    gone = threading.Event()

    def watch() -> None:
        while os.getppid() == parent:
            gone.wait(seconds)
        then()

    threading.Thread(target=watch, name="watch-parent", daemon=True).start()
