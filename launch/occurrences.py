"""Which question is meant, in which round, and when it is asked: also one that comes again and again."""

from datetime import datetime

from launch.countdown import has_come, nominal
from launch.messages import Refused
from launch.plan import Checkpoint, CheckpointKind, Moment
from launch.state import Launch, Poll


def planned(launch: Launch, name: str) -> Checkpoint:
    """The checkpoint of that name. Raises Refused."""
    if name not in launch.checkpoints:
        raise Refused("no_such_checkpoint", checkpoint=name)
    return launch.checkpoints[name]


def polled(launch: Launch, name: str, number: int | None) -> Poll:
    """The poll of a checkpoint, in the round that somebody was looking at. Raises Refused."""
    planned(launch, name)
    if name not in launch.polls:
        raise Refused("not_asked_yet", checkpoint=name)
    if number not in (None, launch.polls[name].round):
        raise Refused("asked_again", checkpoint=name)
    return launch.polls[name]


def current(launch: Launch, name: str, number: int, tier: int) -> Poll | None:
    """The poll, if the round and the tier that the clock had in mind are still the running ones."""
    poll = launch.polls.get(name)
    return poll if poll and (poll.round, poll.tier) == (number, tier) else None


def moment_of(checkpoint: Checkpoint, occurrence: int) -> Moment:
    """When it is asked; a periodic one for the time number `occurrence`, from 0."""
    if checkpoint.series is None:
        return checkpoint.at
    later = checkpoint.series.every * occurrence
    if checkpoint.at.offset is not None:
        return Moment(offset=checkpoint.at.offset + later)
    return Moment(at=checkpoint.at.at + later) if checkpoint.at.at else checkpoint.at


def next_occurrence(launch: Launch, checkpoint: Checkpoint) -> int | None:
    """Which time it is asked next by the clock; None when there is none."""
    poll = launch.polls.get(checkpoint.name)
    if checkpoint.series is None:
        return None if poll or checkpoint.kind is CheckpointKind.AD_HOC else 0
    number = poll.occurrence + 1 if poll else 0
    is_within = nominal(launch, moment_of(checkpoint, number)) <= nominal(launch, checkpoint.series.last)
    return number if is_within else None


def latest(launch: Launch, checkpoint: Checkpoint, occurrence: int, at: datetime) -> int:
    """The last time of a periodic one that has come by `at`: those that nobody asked are not asked after the event."""
    while next_is_within(launch, checkpoint, occurrence) and has_come(launch, moment_of(checkpoint, occurrence + 1), at):
        occurrence += 1
    return occurrence


def next_is_within(launch: Launch, checkpoint: Checkpoint, occurrence: int) -> bool:
    if checkpoint.series is None:
        return False
    return nominal(launch, moment_of(checkpoint, occurrence + 1)) <= nominal(launch, checkpoint.series.last)


def is_announced(launch: Launch, checkpoint: Checkpoint, occurrence: int) -> bool:
    row = launch.announced.get(checkpoint.name)
    return row is not None and row.occurrence >= occurrence
