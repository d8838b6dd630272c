"""What Slack would not do for us: said once to whoever commands, with what the launch does without it and who can mend it."""

from collections.abc import Iterator
from functools import partial

from bot.views.card import Notice
from bot.views.lines import Line, line, listed
from bot.views.locale import Reader
from bot.views.notice import to_command
from bot.views.people import launch_title, name
from launch.messages import ErrandFailed, Fact, MembersInvited
from launch.plan import Plan
from launch.room import FORBIDDEN
from launch.state import Launch


def errand_failed(fact: Fact, event: ErrandFailed, launch: Launch) -> Iterator[Notice]:
    """What Slack refused, what follows from it, and what to do."""
    yield to_command(fact, launch, partial(refused, launch.plan, event))


def refused(plan: Plan, event: ErrandFailed, reader: Reader) -> Line:
    scope = scope_of(event.errand, plan) if event.error == "missing_scope" else None
    facts = {
        "launch": launch_title(plan, reader),
        "errand": errand(event.errand, reader),
        "error": f"{event.error}, {scope}" if scope else event.error,
        "without": without(event.errand, reader),
        "remedy": remedy(event.error, reader),
    }
    return line(reader._("{launch}: Slack refused {errand} ({error}). {without} {remedy}"), **facts)


def members_invited(fact: Fact, event: MembersInvited, launch: Launch) -> Iterator[Notice]:
    if event.refused:
        yield to_command(fact, launch, partial(not_let_in, launch.plan, event))


def not_let_in(plan: Plan, event: MembersInvited, reader: Reader) -> Line:
    names = listed([name(plan, each) for each in event.refused], reader)
    sentence = reader._("{launch}: Slack did not let these people into the room: {names}. An admin of the workspace can add guests.")
    return line(sentence, launch=launch_title(plan, reader), names=names)


def errand(kind: str, reader: Reader) -> str:
    """What was asked of Slack."""
    asked = {
        "create_room": reader._("to make the room"),
        "invite": reader._("to invite people into the room"),
        "topic": reader._("to set the topic of the room"),
        "pin": reader._("to pin the board"),
        "bookmark": reader._("to put the board and the links among the bookmarks of the room"),
        "find_person": reader._("to find people by their mail address"),
        "know_account": reader._("to say whose accounts these are"),
        "edit": reader._("to change messages that are posted"),
    }
    return asked.get(kind, kind)


def without(kind: str, reader: Reader) -> str:
    """How the launch does without it, in a sentence for somebody who has other things to do."""
    match kind:
        case "create_room":
            return reader._("Until there is a room, the launch goes on by private messages.")
        case "invite":
            return reader._("What is asked of people reaches them in private; into the room somebody has to add them.")
        case "find_person":
            return reader._("Whom the plan names by mail only cannot be asked or paged: write their account into the plan (slack: U…).")
        case "know_account":
            return reader._("The accounts in the plan are taken as they stand there; a closed one is not noticed.")
        case "edit":
            return reader._("What is asked of you comes as a new message each time; the board stays as it is. /launch shows how it stands.")
    return reader._("Everything else goes on.")


def scope_of(kind: str, plan: Plan) -> str | None:
    """What Slack wants granted for it."""
    is_private = plan.room.visibility == "private"
    match kind:
        case "create_room" | "invite" | "topic":
            return "groups:write" if is_private else "channels:manage"
        case "pin":
            return "pins:write"
        case "bookmark":
            return "bookmarks:write"
        case "find_person":
            return "users:read.email"
        case "know_account":
            return "users:read"
    return None


def remedy(error: str, reader: Reader) -> str:
    if error == "name_taken":
        return reader._("Other channels have taken its name: rename one, then open the room with /launch.")
    if error.startswith("restricted_action"):
        return reader._("A setting of the workspace forbids it. An admin can allow it to the app; then try again with /launch.")
    if error in FORBIDDEN:
        return reader._("An admin has to install the app again, with all that its manifest asks for.")
    if error in {"not_in_channel", "channel_not_found", "is_archived"}:
        return reader._("The bot is not in the room, or the room is archived: add the bot, or unarchive the room.")
    return reader._("Whoever runs the bot finds it in its log.")
