"""The words of go or no-go, in a reader's language: what a question is called, its answers, outcomes and decisions by what it is for."""

from bot.views.blocks import clip, one_line
from bot.views.lines import Strong
from bot.views.locale import Reader
from launch.plan import Checkpoint, CheckpointKind, Plan
from launch.state import Answer, Decision, Outcome

LONGEST_CALLED = 60


def called(point: Checkpoint, reader: Reader) -> str:
    """How sentences name it: by its name in the plan, a question of one's own by its words."""
    if point.question is None:
        return point.name
    return reader._("“{words}”").format(words=clip(one_line(point.question.to(reader.language)), LONGEST_CALLED))


def answer(given: Answer, kind: CheckpointKind, reader: Reader) -> Strong:
    """GO and NO-GO are the same in every language; whether all may go on is answered in words."""
    match given, kind:
        case Answer.GO, CheckpointKind.PERIODIC:
            return Strong(reader._("continue"))
        case Answer.CONDITION, CheckpointKind.PERIODIC:
            return Strong(reader._("continue, on a condition"))
        case Answer.NO_GO, CheckpointKind.PERIODIC:
            return Strong(reader._("hold"))
        case Answer.ROLL_BACK, _:
            return Strong(reader._("roll back"))
        case Answer.CONDITION, _:
            return Strong(reader._("GO with a condition"))
    return Strong("GO" if given is Answer.GO else "NO-GO")


def outcome(came: Outcome, kind: CheckpointKind, reader: Reader) -> Strong:
    match came:
        case Outcome.GO:
            return answer(Answer.GO, kind, reader)
        case Outcome.NO_GO:
            return answer(Answer.NO_GO, kind, reader)
        case Outcome.ROLL_BACK:
            return Strong(reader._("roll back"))
    return Strong(reader._("not known"))


def decision(made: Decision, kind: CheckpointKind, reader: Reader) -> str:
    match made:
        case Decision.PROCEED:
            return reader._("continue") if kind is CheckpointKind.PERIODIC else reader._("proceed")
        case Decision.HOLD:
            return reader._("hold")
    return reader._("roll back")


def step(plan: Plan, point: Checkpoint, reader: Reader) -> str:
    """What must not begin before it is decided, in the plan's words."""
    guarded = plan.cutover.get(point.before or "")
    return guarded.do.to(reader.language) if guarded else ""
