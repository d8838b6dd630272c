"""What Slack would not do for us: said to whoever commands, with what can be done about it."""

from collections.abc import Iterator

from bot.views.card import Notice
from bot.views.lines import line, listed
from bot.views.locale import Reader
from bot.views.notice import reachable_commander, to_person
from bot.views.people import launch_title, name, reader_of
from launch.messages import ErrandFailed, Fact, MembersInvited
from launch.state import Launch


def errand_failed(fact: Fact, event: ErrandFailed, launch: Launch) -> Iterator[Notice]:
    """What Slack refused, and what to do: to whoever commands."""
    for person in reachable_commander(launch):
        reader = reader_of(launch.plan, person)
        sentence = reader._("{launch}: Slack refused {errand} ({error}). {remedy}")
        facts = {"launch": launch_title(launch.plan, reader), "errand": errand(event.errand, reader), "error": event.error}
        yield to_person(fact, launch, person, line(sentence, **facts, remedy=remedy(event.error, reader)))


def members_invited(fact: Fact, event: MembersInvited, launch: Launch) -> Iterator[Notice]:
    for person in reachable_commander(launch) if event.refused else ():
        reader = reader_of(launch.plan, person)
        names = listed([name(launch.plan, each) for each in event.refused], reader)
        sentence = reader._("{launch}: Slack did not let these people into the room: {names}. An admin of the workspace can add guests.")
        yield to_person(fact, launch, person, line(sentence, launch=launch_title(launch.plan, reader), names=names))


def errand(kind: str, reader: Reader) -> str:
    match kind:
        case "create_room":
            return reader._("to make the room")
        case "invite":
            return reader._("to invite people into the room")
        case "topic":
            return reader._("to set the topic of the room")
        case "pin":
            return reader._("to pin the board")
        case "bookmark":
            return reader._("to bookmark the board")
    return kind


def remedy(error: str, reader: Reader) -> str:
    if error == "name_taken":
        return reader._("Other channels have taken its name: rename one, then open the room with /launch.")
    if error in {"missing_scope", "no_permission", "not_allowed_token_type", "invalid_auth", "token_revoked", "account_inactive"}:
        return reader._("An admin has to install the app again, with all that its manifest asks for.")
    if error.startswith("restricted_action"):
        return reader._("A setting of the workspace forbids it. An admin can allow it to the app; then try again with /launch.")
    if error in {"not_in_channel", "channel_not_found", "is_archived"}:
        return reader._("The bot is not in the room, or the room is archived: add the bot, or unarchive the room.")
    return reader._("The launch goes on without it. Whoever runs the bot finds it in its log.")
