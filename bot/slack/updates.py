"""Customer updates: the form of a text, the buttons of its author and of whoever approves it, `/launch update`."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.slack.turn import Opens, Reply, Told, Turn
from bot.views import updates
from bot.views.modals import AUDIENCE, NEXT_AT, SITUATION, text_field
from launch.messages import ApproveUpdate, DraftUpdate, EditUpdate, Refused, SayPublished, SendBackUpdate, WithdrawUpdate
from launch.state import Draft, Situation
from launch.words import Words


async def draft(turn: Turn) -> Reply:
    """The button."""
    return await opened(turn, "")


async def typed(turn: Turn) -> Reply:
    """`/launch update some words`: they begin the text."""
    return await opened(turn, turn.text)


async def opened(turn: Turn, prefill: str) -> Reply:
    """The form for those who may fill it in, for which the door is asked; else their no."""
    answer = await turn.ask(updates.UNWRITTEN)
    if turn.launch.plan.audiences and answer.refused and answer.refused.code == "no_such_audience":
        return Opens(updates.draft_form(turn.launch, turn.reader, turn.address, prefill))
    return turn.told(answer)


async def edit(turn: Turn) -> Reply:
    """The button: the same, for a text that is there."""
    draft, edition = draft_of(turn)
    answer = await turn.ask(EditUpdate(draft.number, edition, draft.situation, None, None))
    if answer.refused and answer.refused.code == "text_missing":
        return Opens(updates.draft_form(turn.launch, turn.reader, turn.address))
    return turn.told(answer)


async def written(turn: Turn) -> Reply:
    """The form of a new text."""
    audience = turn.fields.get(AUDIENCE, "")
    return beside(await turn.perform(DraftUpdate(audience, situation(turn), text(turn, "en"), text(turn, "fr"), next_at(turn))))


async def edited(turn: Turn) -> Reply:
    draft, edition = draft_of(turn)
    command = EditUpdate(draft.number, edition, situation(turn), text(turn, "en"), text(turn, "fr"), next_at(turn))
    return beside(await turn.perform(command))


def beside(told: Told | None) -> Told | None:
    """Whatever it is that cannot be done, the form stays open, and nothing that was typed is lost."""
    return replace(told, field=told.field or SITUATION) if told else None


def situation(turn: Turn) -> Situation:
    return Situation(turn.fields[SITUATION])


def text(turn: Turn, language: str) -> Words | None:
    """Letter by letter; None when nothing was written."""
    typed = turn.fields.get(text_field(language), "")
    return turn.words(typed) if typed.strip() else None


def next_at(turn: Turn) -> datetime | None:
    seconds = turn.fields.get(NEXT_AT)
    return datetime.fromtimestamp(int(seconds), UTC) if seconds else None


# --- under a text ------------------------------------------------------------------------------------------------------


async def withdraw(turn: Turn) -> Reply:
    return await turn.perform(WithdrawUpdate(draft_of(turn)[0].number))


async def approve(turn: Turn) -> Reply:
    draft, edition = draft_of(turn)
    return await turn.perform(ApproveUpdate(draft.number, edition))


async def send_back(turn: Turn) -> Reply:
    """The button: nothing is sent back without a reason."""
    draft, edition = draft_of(turn)
    return await turn.or_form(SendBackUpdate(draft.number, edition), updates.send_back_form(turn.address, turn.reader))


async def send_back_because(turn: Turn) -> Reply:
    draft, edition = draft_of(turn)
    return await turn.perform(SendBackUpdate(draft.number, edition, turn.reason()))


async def there(turn: Turn) -> Reply:
    return await turn.perform(SayPublished(draft_of(turn)[0].number, is_there=True))


async def not_there(turn: Turn) -> Reply:
    return await turn.perform(SayPublished(draft_of(turn)[0].number, is_there=False))


def draft_of(turn: Turn) -> tuple[Draft, int]:
    """The draft and the edition that a button or a form stands for. Raises Refused."""
    draft = updates.draft_at(turn.launch, turn.address)
    match turn.address.subject:
        case (_, edition) if draft and edition.isdecimal():
            return draft, int(edition)
    raise Refused("unknown_button")
