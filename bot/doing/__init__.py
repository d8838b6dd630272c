"""`launchroom do`: a word given at the shell, in the name of a person, through the same door and the same handlers as in Slack.

It works while Slack is down, whether the bot runs or not; a running bot takes the change up within a second.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.doing.aims import (
    Aim,
    ShellTurn,
    Unclear,
    alone,
    as_typed,
    at_checkpoint,
    at_edition,
    at_handover,
    at_page,
    at_vote,
    for_minutes,
    for_reason,
    without_reason,
)
from bot.doing.problems import at_impact, at_minutes, at_problem, at_report
from bot.doing.questions import at_question, at_spoken, at_unasked
from bot.door import Door
from bot.main import known, own_door
from bot.settings import HouseSettings
from bot.slack import agenda, checkpoints, countdown, handover, paging, problems, room, roster, updates
from bot.slack.turn import Handler, Opens, Reply, Told, Turn
from bot.views import doing as view
from bot.views.address import Address
from bot.views.agenda import pieces, rows
from bot.views.customers import channel_name
from bot.views.lines import drawn
from bot.views.locale import Reader
from bot.views.modals import REASON
from bot.views.room import channel_name as room_name
from bot.views.sentences import sentence
from bot.wire import Wire
from launch.messages import CLOCK, OpenCheckpoint, Refused
from launch.plan import Language, Plan
from launch.state import Launch

SLACK = "https://slack.com/api/"
_date = re.compile(r"<!date\^(?P<epoch>\d+)\^(?P<shape>[^|]+)\|[^>]*>")
_channel = re.compile(r"<#(?P<id>\w+)>")


async def checkpoint(turn: Turn) -> Reply:
    """As in Slack, written for whoever sits at the shell."""
    launch, reader = turn.launch, turn.reader
    if not turn.text:
        return turn.shown(drawn(rows(launch, turn.user, reader), reader))
    return turn.shown(drawn(pieces(launch, turn.user, launch.checkpoints[agenda.named(turn, turn.text)], reader), reader))


async def ask(turn: Turn) -> Reply:
    return await turn.perform(OpenCheckpoint(agenda.name_of(turn))) or turn.menu()


async def proceed(turn: Turn) -> Reply:
    return await (checkpoints.proceed_because(turn) if turn.fields[REASON] else checkpoints.proceed(turn))


async def standing(turn: Turn) -> Reply:
    return turn.menu()


async def help_(turn: Turn) -> Reply:
    return turn.shown(drawn(view.words(turn.reader), turn.reader))


WORDS: dict[str, tuple[Aim, Handler]] = {
    "": (alone, standing),
    "help": (alone, help_),
    "who": (as_typed, roster.who),
    "checkpoint": (as_typed, checkpoint),
    "page": (as_typed, paging.page),
    "hold": (as_typed, countdown.hold),
    "resume": (alone, countdown.resume),
    "extend": (for_minutes, countdown.extend_because),
    "live": (alone, countdown.live),
    "roll-back": (for_reason, countdown.turn_back_because),
    "note": (as_typed, room.note),
    "go": (without_reason(at_vote), checkpoints.go),
    "condition": (at_vote, checkpoints.condition_written),
    "no-go": (at_vote, checkpoints.no_go_because),
    "record": (at_spoken, agenda.recorded),
    "ask": (at_unasked, ask),
    "question": (at_question, agenda.question_put),
    "proceed": (at_checkpoint, proceed),
    "hold-at": (at_checkpoint, checkpoints.hold_because),
    "again": (without_reason(at_checkpoint), checkpoints.ask_again),
    "take": (without_reason(at_page), paging.take),
    "pass": (without_reason(at_page), paging.pass_on),
    "resolve": (without_reason(at_page), paging.resolve),
    "problem": (at_report, problems.reported),
    "have": (without_reason(at_problem), problems.take),
    "impact": (at_impact, problems.changed),
    "more-time": (at_minutes, problems.extended),
    "solved": (at_problem, problems.closed),
    "accept": (at_handover, handover.accept),
    "approve": (without_reason(at_edition), updates.approve),
    "send-back": (at_edition, updates.send_back_because),
    "open": (alone, room.open_room),
    "close": (alone, room.close),
}
"""`update` is not among them: its form has no words."""


async def do(settings: HouseSettings, key: str, words: Sequence[str], person: str | None, language: Language) -> tuple[str, bool]:
    """What came of `words` in the launch `key`, for whoever typed them, and whether it was done. `person` as in --as."""
    reader = Reader(language, "UTC")
    if not settings.database.exists():
        return view.no_database(str(settings.database), reader), False
    with own_door(settings) as door:
        identity = await known(door)
        launch = await current(door, identity.team_id, key) if identity else None
        if launch is None:
            keys = [each.id for each in door.launches(identity.team_id)] if identity else []
            return view.no_such_launch(key, keys, reader) if keys else sentence(Refused("no_launch"), None, reader), False
        # A turn has a wire; no word of the shell speaks to Slack.
        wire = Wire("", SLACK)
        try:
            return await carried_out(turn_of(door, wire, launch, words, person or "", Reader(language, launch.plan.zone)))
        except Unclear as no:
            return str(no), False
        finally:
            await wire.close()


async def current(door: Door, team_id: str, key: str) -> Launch | None:
    """The launch with all that fell due while no bot was running: nobody is shown, or judged by, a shift that is over."""
    if door.look(team_id, key):
        await door.perform(None, key, CLOCK, team_id)
    return door.look(team_id, key)


def turn_of(door: Door, wire: Wire, launch: Launch, words: Sequence[str], person: str, reader: Reader) -> ShellTurn:
    """The turn of a person of the plan, or of nobody, who may only look. Raises Unclear."""
    first, _, rest = " ".join(" ".join(words).split()).partition(" ")
    word = view.meant(first) if first else ""
    if word not in WORDS:
        raise Unclear(view.form_needed(reader) if word == "update" else view.no_such_word(first, reader))
    if not person and not is_look(word):
        raise Unclear(view.person_needed(reader))
    user = user_of(launch, person, reader) if person else ""
    outside, address = door.outside, Address(launch.id)
    request_id = f"shell:{outside.new_key()}"
    return ShellTurn(door, wire, outside.new_salt, launch.team_id, reader, user, request_id, text=rest, address=address, word=word)


def is_look(word: str) -> bool:
    """Whether it only shows something."""
    return word in ("", "help", "who", "checkpoint")


def user_of(launch: Launch, word: str, reader: Reader) -> str:
    """The Slack user behind a key, a name or a mail of the plan. Raises Unclear."""
    person = person_named(launch.plan, word)
    if person is None:
        raise Unclear(view.no_such_person(word, launch.plan, reader))
    member = launch.members.get(person)
    if member is None or member.user is None or not member.is_active:
        raise Unclear(view.no_account(person, launch.plan, reader))
    return member.user


def person_named(plan: Plan, word: str) -> str | None:
    wanted = word.strip().casefold()
    people = plan.people.values()
    return next((each.key for each in people if wanted in {name.casefold() for name in (each.key, each.name, each.mail or "")}), None)


async def carried_out(turn: ShellTurn) -> tuple[str, bool]:
    """What the handler of Slack replies, in plain text; where its card would say it, how things stand after."""
    aim, handler = WORDS[turn.word]
    try:
        reply = await handler(aim(turn))
    except Refused as no:
        return turn.no(no).sentence, False
    if isinstance(reply, Opens):
        raise turn.unclear()
    answer = turn.answers[-1] if turn.answers else None
    if isinstance(reply, Told):
        return reply.sentence, answer is not None and not (answer.refused or answer.failure)
    shown = reply or turn.menu()
    text = plain(shown.drawn.text, turn.launch, turn.reader)
    if answer is None:
        return text, True
    done = view.done(turn.launch.person_of(turn.user) or "", turn.launch.plan, turn.reader) if answer.facts else view.was_so(turn.reader)
    return f"{done}\n{text}", True


def plain(text: str, launch: Launch, reader: Reader) -> str:
    """The text of a message with what Slack would show for its tokens, and its escaped characters as they are."""
    names = {launch.channel: f"#{room_name(launch)}"}
    names |= {row.channel: channel_name(launch.plan, row.audience) for row in launch.outlets.values()}

    def instant(token: re.Match[str]) -> str:
        at = datetime.fromtimestamp(int(token["epoch"]), UTC)
        return reader.moment(at) if "date" in token["shape"] else reader.clock(at, named=True)

    text = _channel.sub(lambda token: names.get(token["id"], f"#{token['id']}"), _date.sub(instant, text))
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
