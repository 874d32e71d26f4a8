"""Processes that write for another one."""

from __future__ import annotations

import os
import signal


def end_with_parent() -> None:
    """Leave the keyboard's interrupt to the process that started this one, and end with it, however it ends.

    Whatever a build that was killed had begun must not go on writing beside the next one.
    """
    import multiprocessing
    import threading
    from multiprocessing.connection import wait

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    sentinel = parent.sentinel

    def follow() -> None:
        wait([sentinel])
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()
