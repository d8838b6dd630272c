"""The desk: orders by which tests and the page act as people, set the clock, make faults; each is one POST under /_control."""
from collections.abc import Awaitable, Callable
from typing import Any

from sandbox import interactions, payloads
from sandbox.burst import burst
from sandbox.desk import (
    Order,
    channel_of,
    flag_of,
    message_of,
    modal_of,
    readable,
    said_message,
    text_of,
    user_of,
    view_of,
    writable,
)
from sandbox.errors import DeskError
from sandbox.events import tell, tell_created, tell_dnd, tell_message, tell_shared, tell_user
from sandbox.files import MOST_BYTES
from sandbox.lines import join
from sandbox.people import person
from sandbox.sentences import say
from sandbox.standin import StandIn
from sandbox.typed import typed

Answer = dict[str, Any]


async def command(standin: StandIn, order: Order) -> Answer:
    user = user_of(standin, order)
    channel, word = channel_of(standin, order, user), text_of(order, "command")
    if order.get("thread_ts"):
        raise DeskError(say(user, "no_thread_command"))
    known = standin.manifest.commands
    if known is not None and word not in known:
        raise DeskError(say(user, "no_command", command=word, commands=", ".join(known) or "—"))
    return {"ack": await interactions.command(standin, user, writable(channel, user), word, str(order.get("text") or ""))}


async def interact(standin: StandIn, order: Order) -> Answer:
    """Anyone may press what they can name: the bot must not trust a click."""
    user, action = user_of(standin, order), text_of(order, "action")
    given = order.get("selected", order.get("value"))
    if order.get("view"):
        ack = await interactions.view_click(standin, user, view_of(standin, order, user), action, given)
    else:
        channel = channel_of(standin, order, user)
        ack = await interactions.click(standin, user, channel, message_of(standin, order, channel, user), action, given)
    return {"acked": ack is not None, "ms": round(ack.seconds * 1000, 1) if ack else None}


async def message(standin: StandIn, order: Order) -> Answer:
    user = user_of(standin, order)
    channel = writable(channel_of(standin, order, user), user)
    if not str(order.get("text") or "").strip():
        raise DeskError(say(user, "empty"))
    here, thread_ts = standin.workspace, order.get("thread_ts")
    if thread_ts and str(thread_ts) not in channel.messages:
        raise DeskError(f"there is no message {thread_ts} in {channel.id} to reply to")
    if user.id not in channel.members:
        join(standin, channel, user.id)
    text = typed(here, text_of(order, "text"))
    said = here.add_message(channel, user.id, text, thread_ts=thread_ts, client_msg_id=here.new_id("m"))
    tell_message(standin, channel, said)
    return {"ts": said["ts"]}


async def submit(standin: StandIn, order: Order) -> Answer:
    user, values = user_of(standin, order), order.get("values") or {}
    modal_of(standin, user)
    if not isinstance(values, dict):
        raise DeskError("values is {block_id: {action_id: value}} or {action_id: value}")
    return await interactions.submit(standin, user, values)


async def close_view(standin: StandIn, order: Order) -> Answer:
    user = user_of(standin, order)
    modal_of(standin, user)
    await interactions.close(standin, user)
    return {}


async def shortcut(standin: StandIn, order: Order) -> Answer:
    user, callback_id = user_of(standin, order), text_of(order, "callback_id")
    known, is_global = standin.manifest.shortcuts, not order.get("messageTs")
    kind = "global" if is_global else "message"
    if known is not None and known.get(callback_id, {}).get("type") != kind:
        there = ", ".join(f"{name} ({one['type']})" for name, one in known.items())
        raise DeskError(f"the manifest has no {kind} shortcut {callback_id!r}; it has {there or 'none'}")
    if is_global:
        payload, channel = payloads.shortcut(standin, user, callback_id), None
    else:
        channel = readable(channel_of(standin, order, user), user)
        payload = payloads.message_shortcut(standin, user, callback_id, channel, said_message(standin, order, channel, user))
    ack = await standin.sockets.deliver("interactive", payload["type"], payload, takes_body=False)
    if ack is None and channel:
        standin.workspace.add_ephemeral(channel, user.id, interactions.failure(standin, user))
    return {"acked": ack is not None}


async def open_home(standin: StandIn, order: Order) -> Answer:
    user = user_of(standin, order)
    home, channel = standin.workspace.homes.get(user.id), standin.workspace.im(user.id)
    event = {"type": "app_home_opened", "user": user.id, "channel": channel.id, "tab": "home", "event_ts": f"{standin.clock.now():.6f}"}
    tell(standin, {**event, "view": dict(home)} if home else event)
    return {}


async def clock(standin: StandIn, order: Order) -> Answer:
    """Nothing given stamps the time as it is now."""
    launch, speed = order.get("launch"), order.get("speed")
    if not isinstance(launch, str | None) or not isinstance(speed, int | float | None):
        raise DeskError("launch is an ISO-8601 time in UTC, speed a number")
    try:
        standin.clock.set(launch, speed)
    except ValueError as error:
        raise DeskError(str(error)) from error
    standin.workspace.touch()
    return {"clock": standin.clock.shown()}


async def users(standin: StandIn, order: Order) -> Answer:
    """Who is meant stands in `id`, or in `name` where no id is given."""
    given = {key: value for key, value in order.items() if value is not None}
    key = "id" if "id" in given else "name"
    known = next((user for user in standin.workspace.users.values() if getattr(user, key) == given.get(key)), None)
    user = person(given, known)
    is_dnd_new = user.dnd != (known.dnd if known else False)
    user.updated = int(standin.clock.now())
    standin.workspace.users[user.id] = user
    standin.workspace.touch()
    tell_user(standin, user, "user_change" if known else "team_join")
    if is_dnd_new:
        tell_dnd(standin, user)
    return {"user": user.shown()}


async def channels(standin: StandIn, order: Order) -> Answer:
    """A person makes a channel of their own: {user, name, is_private?, is_ext_shared?, members?: [ids]}."""
    user, name = user_of(standin, order), text_of(order, "name")
    if standin.workspace.named(name):
        raise DeskError(f"the name {name!r} is taken")
    members = order.get("members") or []
    if not isinstance(members, list):
        raise DeskError(f"members is a list of ids of people, not {members!r}")
    for member in members:
        if standin.workspace.user(str(member)) is None:
            raise DeskError(f"there is no user {member!r}")
    is_private, is_ext_shared = flag_of(order, "is_private"), flag_of(order, "is_ext_shared")
    channel = standin.workspace.add_channel(name, user.id, is_private=is_private)
    channel.is_ext_shared = is_ext_shared
    tell_created(standin, channel)
    for member in members:
        join(standin, channel, member, inviter=user.id)
    return {"channel": channel.id}


async def share(standin: StandIn, order: Order) -> Answer:
    """Connects a channel to another company's workspace, or parts them: {channel, on}."""
    channel, on = channel_of(standin, order), flag_of(order, "on")
    if "on" not in order:
        raise DeskError("on is needed: true connects the channel, false parts it")
    if channel.is_im:
        raise DeskError("only a channel can be shared, not a direct conversation")
    if channel.is_ext_shared != on:
        channel.is_ext_shared = on
        standin.workspace.touch()
        tell_shared(standin, channel)
    return {"channel": channel.id, "is_ext_shared": on}


async def files(standin: StandIn, order: Order) -> Answer:
    """What a person uploads in a form: {user, name, content}; a submission then names its id."""
    user, name, content = user_of(standin, order), text_of(order, "name"), text_of(order, "content").encode()
    if len(content) > MOST_BYTES:
        raise DeskError(say(user, "file_too_large", name=name))
    file = standin.workspace.add_file(user.id, name, content)
    return {"file": {key: getattr(file, key) for key in ("id", "name", "size", "filetype", "mimetype")}}


async def reset(standin: StandIn, order: Order) -> Answer:
    standin.faults.clear()
    standin.tiers.off()
    standin.sockets.heal()
    standin.workspace.forget()
    standin.log.forget()
    return {}


async def fault(standin: StandIn, order: Order) -> Answer:
    kind = order.get("kind")
    if kind == "clear":
        standin.faults.clear(str(order.get("of", "")))
        after_clearing(standin)
    elif kind in ("down", "tiers") and order.get("on") is False:
        standin.faults.clear(kind)
        after_clearing(standin)
    else:
        added = standin.faults.add(order)
        if added.kind == "tiers":
            standin.tiers.on(added.options["scale"], added.options["posts_per_minute"])
        if added.kind == "down":
            standin.sockets.cut_all()
        standin.sockets.apply_faults()
    standin.workspace.touch()
    return {"faults": [active.shown() for active in standin.faults.active]}


def after_clearing(standin: StandIn) -> None:
    if not standin.faults.standing("tiers"):
        standin.tiers.off()
    if not standin.faults.standing("black_hole"):
        standin.sockets.heal()


ORDERS: dict[str, Callable[[StandIn, Order], Awaitable[Answer]]] = {
    "command": command, "interact": interact, "message": message, "submit": submit, "close-view": close_view, "shortcut": shortcut,
    "open-home": open_home, "clock": clock, "users": users, "channels": channels, "share": share, "files": files,
    "reset": reset, "fault": fault, "burst": burst,
}
