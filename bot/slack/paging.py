"""Paging: `/launch page`, its form, and the buttons of a page."""

from bot.slack.turn import Opens, Reply, Told, Turn
from bot.views import paging
from bot.views.menu import may
from launch.messages import CallPage, PassPage, Refused, ResolvePage, TakePage
from launch.plan import Plan
from launch.words import Words


async def page(turn: Turn) -> Reply:
    """`/launch page network payments errors rising`; without role or reason, and from the menu, a form for whoever may page."""
    role, reason = role_and_rest(turn.launch.plan, turn.text)
    if turn.text and role is None:
        raise Refused("no_such_role", role=turn.text.split()[0])
    if not reason and may(CallPage(role or "", Words("")), turn.launch, turn.user):
        return Opens(paging.form(turn.launch, turn.address, role, turn.reader))
    return await call(turn, role or "", turn.words(reason))


async def page_because(turn: Turn) -> Reply:
    return await call(turn, turn.fields.get(paging.ROLE, ""), turn.reason())


async def call(turn: Turn, role: str, reason: Words) -> Reply:
    """Whoever pages is told whom it rings at now."""
    if no := await turn.perform(CallPage(role, reason)):
        return no
    launch = turn.launch
    newest = max((page for page in launch.pages.values() if page.role == role), key=lambda page: page.number)
    return Told(turn.named(paging.rings_now(launch, newest, turn.reader), launch), turn.reader)


async def take(turn: Turn) -> Reply:
    return await turn.perform(TakePage(number_of(turn)))


async def pass_on(turn: Turn) -> Reply:
    return await turn.perform(PassPage(number_of(turn)))


async def resolve(turn: Turn) -> Reply:
    return await turn.perform(ResolvePage(number_of(turn)))


def number_of(turn: Turn) -> int:
    """The page that a button stands for. Raises Refused."""
    match turn.address.subject:
        case (number,) if number.isdecimal():
            return int(number)
    raise Refused("unknown_button")


def role_and_rest(plan: Plan, text: str) -> tuple[str | None, str]:
    """The role that a line begins with, by the longest of its names, and what follows it; (None, the line) when it names none."""
    words = text.split()
    for count in range(len(words), 0, -1):
        if role := plan.role_named(" ".join(words[:count])):
            return role, " ".join(text.split(maxsplit=count)[count:])
    return None, text
