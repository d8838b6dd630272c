"""Every no as a sentence that says what would be accepted, in the reader's language and zone. Plain text: whoever shows it escapes it."""

from collections.abc import Callable
from datetime import datetime

from bot.views import handover, paging, updates
from bot.views.checkpoints import answers_end, decision
from bot.views.countdown import step_of, when
from bot.views.locale import Reader
from bot.views.no import No
from launch.messages import Refused
from launch.state import Decision, Launch

INSTANTS = ("since", "t0", "next")


def sentence(refused: Refused, launch: Launch | None, reader: Reader) -> str:
    """What a person is told of a no. A launch that is out of sight, closed long ago, has nothing more to say than that."""
    facts = {key: reader.moment(datetime.fromisoformat(value)) if key in INSTANTS else value for key, value in refused.facts.items()}
    if launch is None or refused.code in WITHOUT_LAUNCH:
        return WITHOUT_LAUNCH.get(refused.code, WITHOUT_LAUNCH["unknown_button"])(reader).format(**facts)
    return ABOUT_LAUNCH[refused.code](No(launch, facts, reader))


def failure(reference: str, reader: Reader) -> str:
    """What a person is told when it is our fault."""
    sentence = reader._("This failed on our side and changed nothing. Try again; if it fails again, tell whoever runs the bot: {reference}")
    return sentence.format(reference=reference)


def still_writing(reader: Reader) -> str:
    """When the acknowledgement could not wait for the commit."""
    return reader._("This takes longer than usual. It was understood and is being written; what comes of it will be shown.")


def form_lost(reader: Reader) -> str:
    return reader._("The form could not be opened in time, and nothing changed. Please try once more.")


def forms_off(reader: Reader) -> str:
    return reader._(
        "Slack does not let the bot open forms here, and nothing changed. Typed after /launch, most of it works: /launch help says how. "
        "An admin has to install the app again, with all that its manifest asks for."
    )


def noted(launch: Launch, reader: Reader) -> str:
    return reader._("Noted, and posted in the room.") if launch.channel else reader._("Noted. It is posted when the room opens.")


# --- who may -----------------------------------------------------------------------------------------------------------


def not_named(no: No) -> str:
    return no._("You are not named in the plan. You can look, with /launch who; those it names can act.")


def only_command(no: No) -> str:
    sentence = no._("Only {role} or a deputy on duty may do that: now {people}.")
    return no.say(sentence, role=no.role(no.launch.plan.commander), people=no.commanders)


def only_leads(no: No) -> str:
    sentence = no._("Only those whom the plan names as {role} may do that: {people}.")
    return no.say(sentence, role=no.role(no.launch.plan.commander), people=no.people(sorted(no.launch.plan.commanders)))


def only_blocking(no: No) -> str:
    sentence = no._("Only whoever is on duty for a blocking role, or in command ({people}), may do that.")
    return no.say(sentence, people=no.commanders)


def not_your_vote(no: No) -> str:
    sentence = no._("The answer for {role} comes from whoever is on duty for it: now {person}.")
    return no.say(sentence, role=no.role(no.facts["role"]), person=no.person(no.facts["person"]))


def role_not_asked(no: No) -> str:
    asked = ", ".join(no.role(role) for role in no.launch.plan.checkpoints[no.facts["checkpoint"]].ask)
    return no.say(no._("{checkpoint} does not ask {role}. It asks: {asked}."), role=no.role(no.facts["role"]), asked=asked)


# --- checkpoints -------------------------------------------------------------------------------------------------------


def no_such_checkpoint(no: No) -> str:
    return no.say(no._("There is no checkpoint “{checkpoint}” here. There are: {names}."), names=", ".join(no.launch.plan.checkpoints))


def not_asked_yet(no: No) -> str:
    time = when(no.launch, no.launch.plan.checkpoints[no.facts["checkpoint"]].at).written(no.reader)
    return no.say(no._("{checkpoint} is not asked yet. Planned: {time}. /launch checkpoint {checkpoint} asks it now."), time=time)


def already_asked(no: No) -> str:
    sentence = no._("{checkpoint} was asked already. After the count, whoever decides, now {people}, can ask again.")
    return no.say(sentence, people=no.commanders)


def still_asking(no: No) -> str:
    time = no.reader.moment(answers_end(no.launch.plan, no.launch.polls[no.facts["checkpoint"]]))
    return no.say(no._("{checkpoint} is being answered until {time}. It is decided after the count."), time=time)


def answers_are_closed(no: No) -> str:
    sentence = no._("The answers to {checkpoint} are counted and can no longer change. Whoever decides, now {people}, can ask again.")
    return no.say(sentence, people=no.commanders)


def asked_again(no: No) -> str:
    return no.say(no._("{checkpoint} was asked again since. Please use the newest message about it."))


def already_decided(no: No) -> str:
    made = decision(Decision(no.facts["decision"]), no.reader)
    sentence = no._("{person} has already decided this: {decision}. You can decide the other way, or ask again.")
    return no.say(sentence, person=no.person(no.facts["person"]), decision=made)


def step_has_begun(no: No) -> str:
    step = step_of(no.launch.plan, no.facts["checkpoint"], no.reader)
    return no.say(no._("“{step}” was allowed and its time has come, so {checkpoint} is behind us. /launch hold stops T."), step=step)


def decide_first(no: No) -> str:
    sentence = no._("T stands still before “{step}” until whoever decides on {checkpoint}, now {people}, says proceed.")
    return no.say(sentence, step=step_of(no.launch.plan, no.facts["checkpoint"], no.reader), people=no.commanders)


# --- the clock, the room -----------------------------------------------------------------------------------------------


def already_held(no: No) -> str:
    return no.say(no._("T stands still already, since {since}. /launch resume lets it run again."))


def not_held(no: No) -> str:
    return no._("T is running, there is nothing to resume. /launch hold would stop it.")


def room_is_open(no: No) -> str:
    return no._("The room is open already.")


def launch_closed(no: No) -> str:
    return no._("This launch is closed: it can be read, and nothing can be done in it any more.")


def no_such_role(no: No) -> str:
    names = ", ".join(no.role(role) for role in no.launch.plan.roles)
    return no.say(no._("There is no role “{role}” here. There are: {names}."), names=names)


ABOUT_LAUNCH: dict[str, Callable[[No], str]] = {
    "already_asked": already_asked,
    "already_decided": already_decided,
    "already_held": already_held,
    "answers_are_closed": answers_are_closed,
    "asked_again": asked_again,
    "decide_first": decide_first,
    "launch_closed": launch_closed,
    "no_such_checkpoint": no_such_checkpoint,
    "no_such_role": no_such_role,
    "not_asked_yet": not_asked_yet,
    "not_held": not_held,
    "not_named": not_named,
    "not_your_vote": not_your_vote,
    "only_asked": not_named,
    "only_blocking": only_blocking,
    "only_commander": only_command,
    "only_leads": only_leads,
    "only_named": not_named,
    "role_not_asked": role_not_asked,
    "room_is_open": room_is_open,
    "step_has_begun": step_has_begun,
    "still_asking": still_asking,
    **handover.NOES,
    **paging.NOES,
    **updates.NOES,
}

WITHOUT_LAUNCH: dict[str, Callable[[Reader], str]] = {
    "no_launch": lambda r: r._("No launch is planned here. Whoever runs the bot can add a plan: launchroom plan add FILE"),
    "no_such_launch": lambda r: r._("There is no launch “{launch}” any more. /launch shows those there are."),
    "not_an_admin": lambda r: r._(
        "Plans are added by those whom LAUNCHROOM_ADMINS names; where it names nobody, by the admins of the workspace."
    ),
    "not_by_you": lambda r: r._("The clock, Slack or whoever runs the bot does that, and nobody by hand."),
    "minutes_needed": lambda r: r._("Please give a whole number of minutes, from 1 to 1440."),
    "plan_in_use": lambda r: r._("{plan} is under way: its room was opened or something was asked, so its plan stays as it is."),
    "reason_needed": lambda r: r._("Please give a reason, in a few words."),
    "same_plan": lambda r: r._("{plan} is there already, word for word. Change the file, then add it again."),
    "t0_past": lambda r: r._("The T-0 of this plan has passed: {t0}. Give it one to come, then add it again."),
    "unknown_button": lambda r: r._("This button no longer leads anywhere. /launch shows what you can do now."),
}
