"""Whether the hours of a plan fit each other: the room, the questions, what they guard, the steps and what proves them done."""

from datetime import datetime

from launch import chains
from launch.draft import MOST_TIMES, Draft
from launch.findings import Findings
from launch.moments import UNKNOWN, is_known, length_text
from launch.plan import Checkpoint, Series


def check(draft: Draft, said: Findings) -> None:
    _room(draft, said)
    for checkpoint in draft.plan.checkpoints.values():
        if checkpoint.series:
            _series(draft, checkpoint, checkpoint.series, said)
        else:
            _too_late(draft, checkpoint, said)
    _too_early(draft, said)
    _evidence(draft, said)


def _room(draft: Draft, said: Findings) -> None:
    """The room is open before anything happens in it."""
    opens = draft.instant(draft.plan.room.opens)
    if not is_known(opens):
        return
    if draft.plan.t0 <= opens:
        said.error("t0_before_the_room", draft.root.at("launch", "t0"), opens=draft.wall(opens))
        return
    for checkpoint in draft.plan.checkpoints.values():
        if draft.instant(checkpoint.at) < opens:
            spot = draft.spot("checkpoints", checkpoint.name, _first_field(checkpoint))
            said.warning("before_the_room", spot, checkpoint=checkpoint.name, opens=draft.wall(opens))


def _first_field(checkpoint: Checkpoint) -> str:
    """The field in which it says when it is first asked."""
    return "from" if checkpoint.series else "at"


def _series(draft: Draft, checkpoint: Checkpoint, series: Series, said: Findings) -> None:
    """A question that comes again ends, leaves time to answer before it does, and stands in nobody's way."""
    first, last = draft.instant(checkpoint.at), draft.instant(series.last)
    if checkpoint.before:
        said.error("series_guards", draft.spot("checkpoints", checkpoint.name, "before"), checkpoint=checkpoint.name)
    answering = draft.answering(checkpoint)
    if series.every <= answering:
        spot = draft.spot("checkpoints", checkpoint.name, "every")
        said.error("series_too_fast", spot, every=length_text(series.every), answering=length_text(answering))
    if is_known(first) and is_known(last) and last < first:
        said.error("series_ends_early", draft.spot("checkpoints", checkpoint.name, "to"), checkpoint=checkpoint.name)
    elif is_known(first) and is_known(last) and (number := (last - first) // series.every + 1) > MOST_TIMES:
        said.error("series_too_long", draft.spot("checkpoints", checkpoint.name, "every"), count=str(number), limit=str(MOST_TIMES))


def _too_late(draft: Draft, checkpoint: Checkpoint, said: Findings) -> None:
    """A checkpoint is answered, or its silence counted, before the step behind it begins."""
    step, asked = draft.plan.cutover.get(checkpoint.before or ""), draft.instant(checkpoint.at)
    if step is None or not is_known(asked):
        return
    begins, closes = draft.instant(step.at), asked + draft.answering(checkpoint)
    if closes > begins:
        spot = draft.spot("checkpoints", checkpoint.name, "at")
        said.error("checkpoint_too_late", spot, step=step.id, begins=draft.wall(begins), closes=draft.wall(closes))


def _too_early(draft: Draft, said: Findings) -> None:
    """A step with an hour of its own begins when those it comes after are likely to be over."""
    ends = {step.id: draft.instant(step.at) + step.likely for step in draft.plan.cutover.values() if is_known(draft.instant(step.at))}
    for step in draft.plan.cutover.values():
        last = max((key for key in step.after if key in ends), key=lambda key: ends[key], default=None)
        if last and step.id in ends and step.id not in draft.unwritten and ends[step.id] - step.likely < ends[last]:
            begins = draft.instant(step.at)
            spot = draft.spot("cutover", step.id, "at")
            said.warning("step_too_early", spot, step=step.id, begins=draft.wall(begins), other=last, ends=draft.wall(ends[last]))


def _evidence(draft: Draft, said: Findings) -> None:
    """What a step proves is there, even at worst, when a checkpoint looks at it."""
    there = _proven(draft)
    for checkpoint in draft.plan.checkpoints.values():
        asked = draft.instant(checkpoint.at)
        for number, evidence in enumerate(checkpoint.on):
            at, step = there.get(evidence.criterion or "", (asked, ""))
            if is_known(asked) and at > asked:
                spot = draft.spot("checkpoints", checkpoint.name, "on", number)
                facts = {"criterion": evidence.criterion or "", "step": step, "ends": draft.wall(at), "at": draft.wall(asked)}
                said.warning("before_its_evidence", spot, checkpoint=checkpoint.name, **facts)


def _proven(draft: Draft) -> dict[str, tuple[datetime, str]]:
    """By criterion: when it is first proven at worst, and by which step."""
    ends = chains.worst_ends(draft.plan.cutover, draft.unwritten, draft.instant)
    proofs = [(ends.get(step.id, UNKNOWN), step) for step in draft.plan.cutover.values() if step.check in draft.plan.criteria]
    found: dict[str, tuple[datetime, str]] = {}
    for at, step in sorted(proofs, key=lambda proof: proof[0], reverse=True):
        if is_known(at) and step.check:
            found[step.check] = (at, step.id)
    return found
