"""A launch with as many roles, and people who hold them, as a figure needs."""

from datetime import UTC, datetime, timedelta
from typing import Any

from launch.plan import Checkpoint, Moment, Person, Plan, Role, Room, Shift, Title

TEAM, POINT = "T0BENCH", "go"
T0 = datetime(2030, 1, 1, 12, tzinfo=UTC)


def a_plan(people: int, key: str = "crowd") -> Plan:
    """A plan in which `people` hold a blocking role each, are all asked at one checkpoint, and have two hours to answer."""
    persons = {f"p{n}": Person(f"p{n}", f"Person {n}", "UTC", "en", slack=user(n)) for n in range(people)}
    roles = {"commander": Role("commander", Title({"": "Commander"}), decides=True)}
    roles |= {f"r{n}": Role(f"r{n}", Title({"": f"Role {n}"}), blocking=True) for n in range(people)}
    holders = {"commander": ("p0",)} | {f"r{n}": (f"p{n}",) for n in range(people)}
    shift = Shift("all", "UTC", T0 - timedelta(days=1), T0 + timedelta(days=1), holders)
    point = Checkpoint(POINT, Moment(offset=timedelta(hours=-1)), (tuple(f"r{n}" for n in range(people)),), timedelta(hours=2))
    room = Room(Moment(at=T0 - timedelta(days=1)))
    return Plan(key, Title({"": "Crowd"}), "en", "UTC", T0, room, persons, roles, (shift,), {POINT: point})


def user(number: int) -> str:
    return f"U{number:09}"


def click(key: str, number: int, nonce: int) -> dict[str, Any]:
    """The click of one person on GO as Slack sends it, with the message it stands in: about 3 KB."""
    address = f"{key}/{POINT}/1/r{number}"
    blocks = [{"type": "section", "text": {"type": "plain_text", "text": "y" * 1400}}]
    message = {"type": "message", "ts": "1893452400.000100", "user": "U0BOT", "text": "x" * 800, "blocks": blocks}
    return {
        "type": "block_actions",
        "user": {"id": user(number), "username": f"p{number}", "name": f"p{number}", "team_id": TEAM},
        "api_app_id": "A0BENCH",
        "token": "unused",
        "container": {"type": "message", "message_ts": "1893452400.000100", "channel_id": "D0BENCH", "is_ephemeral": False},
        "trigger_id": f"{nonce}.1.bench",
        "team": {"id": TEAM, "domain": "bench"},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": "D0BENCH", "name": "directmessage"},
        "message": message,
        "state": {"values": {}},
        "response_url": "https://hooks.slack.com/actions/T0BENCH/1/x",
        "actions": [{"action_id": "checkpoint.go", "block_id": "b", "type": "button", "value": address, "action_ts": f"{nonce}.5"}],
    }
