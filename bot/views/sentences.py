"""Every no as a sentence that says what would be accepted, in the reader's language and zone. Plain text: whoever shows it escapes it."""

from collections.abc import Callable
from datetime import datetime

from bot.views import changes, checkpoint_noes, handover, live, paging, problems, updates
from bot.views.blocks import one_line
from bot.views.countdown import step_of
from bot.views.locale import Reader
from bot.views.no import No
from bot.views.people import launch_title
from launch.messages import Refused
from launch.state import Launch

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


def done_in(launch: Launch, reader: Reader) -> str:
    """From outside its room."""
    return reader._("Done in {launch}.").format(launch=one_line(launch_title(launch.plan, reader)))


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
    "already_held": already_held,
    "decide_first": decide_first,
    "launch_closed": launch_closed,
    "no_such_role": no_such_role,
    "not_held": not_held,
    "not_named": not_named,
    "only_asked": not_named,
    "only_blocking": only_blocking,
    "only_commander": only_command,
    "only_leads": only_leads,
    "only_named": not_named,
    "room_is_open": room_is_open,
    **changes.NOES,
    **checkpoint_noes.NOES,
    **handover.NOES,
    **live.NOES,
    **paging.NOES,
    **problems.NOES,
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
