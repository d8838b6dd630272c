"""Named places at which a test may end the process as a power cut would. In production they do nothing."""

import os
import signal

POINTS = (
    "door.before_write",
    "door.before_commit",
    "door.after_commit",
    "courier.after_claim",
    "courier.after_call",
    "courier.after_settle",
)
VARIABLE = "LAUNCHROOM_CRASH"


def reach(point: str) -> None:
    """Die here if the environment names this place, at its n-th time: `LAUNCHROOM_CRASH=door.before_commit:3`."""
    if point == armed_point:
        _count_down()


def _count_down() -> None:
    global left  # noqa: PLW0603  # one process dies once
    left -= 1
    if left <= 0:
        os.kill(os.getpid(), signal.SIGKILL)


armed_point, _, _times = os.environ.get(VARIABLE, "").partition(":")
left = int(_times or 1)
