"""Handover: the button with which somebody takes a role over."""

from bot.slack.turn import Reply, Turn
from launch.messages import AcceptHandover, Refused


async def accept(turn: Turn) -> Reply:
    match turn.address.subject:
        case (role, shift):
            return await turn.perform(AcceptHandover(role, shift))
    raise Refused("unknown_button")
