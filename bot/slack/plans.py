"""A plan added in Slack by an admin: the button, the form, the file behind it."""

import asyncio

import structlog

from bot.plans import LARGEST, add_plan, commander_offered, read_source, sentences
from bot.slack.turn import Opens, Reply, Told, Turn
from bot.views import plans
from bot.wire import CallFailed, SlackRefused
from launch.messages import Refused
from launch.room import FORBIDDEN

log = structlog.get_logger("bot.slack")


async def choose(turn: Turn) -> Reply:
    """The button, and the way back from a file that was not taken."""
    for_admins(turn)
    return Opens(plans.form(turn.reader), Told(plans.no_files(turn.reader), turn.reader))


async def given(turn: Turn) -> Reply:
    """The form: the file is fetched, read, and added when it has no mistakes."""
    for_admins(turn)
    try:
        content = await fetched(turn, turn.fields.get(plans.FILE, ""))
    except CallFailed as lost:
        return Opens(plans.refused(not_fetched(turn, lost), turn.reader))
    source, read = await asyncio.to_thread(read_source, content)
    findings = list(sentences(read, turn.reader))
    if read.plan is None:
        return Opens(plans.mistakes(findings, turn.reader))
    answer = await add_plan(turn.door, turn.team_id, source, read, turn.by, turn.request_id)
    no, offered_to = turn.told(answer), commander_offered(turn.door, turn.team_id, read.plan.key, answer)
    return Opens(plans.refused(no.sentence, turn.reader) if no else plans.planned(read.plan.key, findings, turn.reader, offered_to))


def for_admins(turn: Turn) -> None:
    """The door looks again; here nobody else is to be asked for a file. Raises Refused."""
    if not turn.is_admin:
        raise Refused("not_an_admin")


def not_fetched(turn: Turn, lost: CallFailed) -> str:
    """Why a file is not here, for whoever handed it over."""
    log.warning("plan_not_fetched", request=turn.request_id, outcome=lost.outcome, error=str(lost))
    is_forbidden = isinstance(lost, SlackRefused) and lost.error in FORBIDDEN
    return plans.no_files(turn.reader) if is_forbidden else plans.not_fetched(turn.reader)


async def fetched(turn: Turn, file: str) -> bytes:
    """What is in a file, up to one byte more than a plan may have. Raises CallFailed."""
    told = await turn.wire.call("files.info", file=file)
    return await turn.wire.fetch(str(told["file"].get("url_private_download") or ""), LARGEST + 1)
