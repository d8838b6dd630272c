"""Many clicks at once or spread over some seconds, sent by the stand-in itself so that it measures the bot and not the desk."""
import asyncio
from typing import Any

from sandbox.desk import Order, channel_of, message_of, text_of, user_of
from sandbox.errors import DeskError
from sandbox.interactions import click, found
from sandbox.sockets import Ack
from sandbox.standin import StandIn


async def burst(standin: StandIn, order: Order) -> dict[str, Any]:
    """{clicks: [{channel, messageTs, user, action}], over_seconds} -> {sent, acked, ack_ms (sorted)}, 3 s after the last click at most."""
    clicks, seconds = order.get("clicks"), order.get("over_seconds", 0)
    if not isinstance(clicks, list) or not isinstance(seconds, (int, float)):
        raise DeskError("a burst is {clicks: [{channel, messageTs, user, action}], over_seconds: number}")
    pressed = [_prepared(standin, one) for one in clicks]
    loop = asyncio.get_running_loop()
    start = loop.time()
    tasks: list[asyncio.Task[Ack | None]] = []
    for number, (user, channel, message, action) in enumerate(pressed):
        if (wait := start + seconds * number / len(pressed) - loop.time()) > 0:
            await asyncio.sleep(wait)
        tasks.append(loop.create_task(click(standin, user, channel, message, action)))
    acks = [ack for ack in await asyncio.gather(*tasks) if ack]
    return {"sent": len(tasks), "acked": len(acks), "ack_ms": sorted(round(ack.seconds * 1000, 2) for ack in acks)}


def _prepared(standin: StandIn, one: Order) -> tuple[Any, ...]:
    user = user_of(standin, one)
    channel = channel_of(standin, one, user)
    message, action = message_of(standin, one, channel, user), text_of(one, "action")
    found(message.get("blocks") or [], action)
    return user, channel, message, action
