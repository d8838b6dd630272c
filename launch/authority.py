"""Who may ask for what: one table. It looks at the state of the launch, never at what a button said."""

from enum import StrEnum

from launch import messages as m
from launch.house import House
from launch.messages import Actor, Command, Refused
from launch.state import Launch, Status


class Who(StrEnum):
    """Groups that a command is open to."""

    CLOCK = "clock"
    SLACK = "slack"
    ADMIN = "admin"
    NAMED = "named"
    ASKED = "asked"
    LEADS = "leads"
    COMMANDER = "commander"
    BLOCKING = "blocking"
    SCRIBE = "scribe"


AUTHORITY: dict[type[Command], tuple[Who, ...]] = {
    m.AddPlan: (Who.ADMIN,),
    m.ChangePerson: (Who.SLACK,),
    m.NameAdmins: (Who.SLACK, Who.ADMIN),
    m.PlanLaunch: (Who.ADMIN,),
    m.FindMember: (Who.SLACK,),
    m.ChangeMember: (Who.SLACK,),
    m.OpenRoom: (Who.CLOCK, Who.LEADS),
    m.SettleRoom: (Who.SLACK,),
    m.SettleBoard: (Who.SLACK,),
    m.ReportInvited: (Who.SLACK,),
    m.ReportErrand: (Who.SLACK,),
    m.WriteNote: (Who.NAMED,),
    m.CloseLaunch: (Who.COMMANDER,),
    m.TurnShift: (Who.CLOCK,),
    m.ChangePlan: (Who.COMMANDER,),
    m.TakeOffer: (Who.COMMANDER,),
    m.LeaveOffer: (Who.COMMANDER,),
    m.AnnounceCheckpoint: (Who.CLOCK,),
    m.OpenCheckpoint: (Who.CLOCK, Who.COMMANDER),
    m.PutQuestion: (Who.COMMANDER,),
    m.AskAgain: (Who.COMMANDER,),
    m.RemindSilent: (Who.CLOCK,),
    m.EndAnswering: (Who.CLOCK,),
    m.CountCheckpoint: (Who.CLOCK,),
    m.CastVote: (Who.ASKED,),
    m.RecordVote: (Who.COMMANDER, Who.SCRIBE),
    m.DisputeVote: (Who.ASKED,),
    m.PressDecision: (Who.CLOCK,),
    m.EscalateDecision: (Who.CLOCK,),
    m.DecideCheckpoint: (Who.COMMANDER,),
    m.AskObjection: (Who.CLOCK,),
    m.WithdrawObjection: (Who.ASKED,),
    m.LetStand: (Who.COMMANDER,),
    m.CallHold: (Who.COMMANDER, Who.BLOCKING),
    m.StopAtGuard: (Who.CLOCK,),
    m.BeginPlannedHold: (Who.CLOCK,),
    m.AskOverrun: (Who.CLOCK,),
    m.ExtendHold: (Who.COMMANDER,),
    m.Resume: (Who.COMMANDER,),
    m.ReachTZero: (Who.CLOCK,),
    m.GoLive: (Who.COMMANDER,),
    m.TurnBack: (Who.COMMANDER,),
    m.CallPage: (Who.NAMED,),
    m.Escalate: (Who.CLOCK,),
    m.TakePage: (Who.ASKED,),
    m.PassPage: (Who.ASKED,),
    m.ReportUndelivered: (Who.SLACK,),
    m.ResolvePage: (Who.ASKED,),
    m.AnnounceHandovers: (Who.CLOCK,),
    m.RemindHandovers: (Who.CLOCK,),
    m.AcceptHandover: (Who.ASKED,),
    m.PageLate: (Who.CLOCK,),
    m.DraftUpdate: (Who.NAMED,),
    m.EditUpdate: (Who.NAMED,),
    m.AskApprover: (Who.CLOCK,),
    m.ApproveUpdate: (Who.ASKED,),
    m.SendBackUpdate: (Who.ASKED,),
    m.WithdrawUpdate: (Who.NAMED,),
    m.SettleUpdate: (Who.SLACK,),
    m.ReportUpdate: (Who.SLACK,),
    m.SayPublished: (Who.ASKED,),
    m.RemindPromise: (Who.CLOCK,),
    m.MissPromise: (Who.CLOCK,),
    m.SettleOutlet: (Who.SLACK,),
    m.ReportProblem: (Who.NAMED,),
    m.TakeProblem: (Who.NAMED,),
    m.ChangeImpact: (Who.NAMED,),
    m.AskProblem: (Who.CLOCK,),
    m.ExtendProblem: (Who.COMMANDER,),
    m.CloseProblem: (Who.NAMED,),
}


def authorise(command: Command, value: Launch | House | None, by: Actor) -> None:
    """Refuse a command that `by` may not give. Who was asked is the rule's own matter: it knows the question."""
    if isinstance(value, Launch) and value.status is Status.CLOSED and value.person_of(by.user):
        raise Refused("launch_closed")
    allowed = AUTHORITY[type(command)]
    if not any(is_of(who, value, by) for who in allowed):
        raise refusal(allowed, value, by)


def is_of(who: Who, value: Launch | House | None, by: Actor) -> bool:
    """Whether `by` belongs to a group, as the launch stands now."""
    if who in (Who.CLOCK, Who.SLACK):
        return by.kind == who.value
    if who is Who.ADMIN:
        return by.kind == "shell" or (isinstance(value, House) and by.user in value.admins)
    person = value.person_of(by.user) if isinstance(value, Launch) else None
    return isinstance(value, Launch) and person is not None and is_among(who, value, person)


def is_among(who: Who, launch: Launch, person: str) -> bool:
    """Whether somebody whom the plan names belongs to a group."""
    match who:
        case Who.LEADS:
            return person in launch.plan.commanders
        case Who.COMMANDER:
            return person in commanding(launch)
        case Who.BLOCKING:
            return any(row.person == person and launch.plan.roles[row.role].blocking for row in launch.duty.values())
        case Who.SCRIBE:
            return any(row.person == person and launch.plan.roles[row.role].scribe for row in launch.duty.values())
    return True


def commanding(launch: Launch) -> tuple[str, ...]:
    """The commander on the hook, then the deputies of that shift; in a gap, and after the last shift, whoever commands in another."""
    duty = launch.duty[launch.plan.commander]
    return (duty.person, *duty.deputies) if duty.person else tuple(sorted(launch.plan.commanders))


def refusal(allowed: tuple[Who, ...], value: Launch | House | None, by: Actor) -> Refused:
    """The no that says who may, if it is for people at all."""
    is_for_people = not {*allowed} <= {Who.CLOCK, Who.SLACK, Who.ADMIN}
    if isinstance(value, House) and Who.ADMIN in allowed:
        return Refused("not_an_admin")
    if by.user is None or not isinstance(value, Launch) or not is_for_people:
        return Refused("not_by_you")
    if value.person_of(by.user) is None:
        return Refused("not_named")
    person = value.duty[value.plan.commander].person or ""
    return Refused(f"only_{allowed[-1].value}", person=person, role=value.plan.commander)


def role_of(launch: Launch, by: Actor) -> str | None:
    """The role in which somebody acts: the first of the plan that they are on the hook for."""
    person = launch.person_of(by.user)
    return next((key for key in launch.plan.roles if person and launch.duty[key].person == person), None)
