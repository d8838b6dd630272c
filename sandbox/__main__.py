"""python -m sandbox: the stand-in Slack workspace as a process of its own, with the bot as its child if asked."""
import argparse
import asyncio
import json
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml.error import YAMLError

from sandbox.child import Child
from sandbox.control import channels
from sandbox.errors import DeskError
from sandbox.manifest import read_yaml
from sandbox.server import start
from sandbox.standin import StandIn, Tokens

PASSED_ON = ("port", "host", "manifest", "clock", "launch", "speed", "record", "bot_token", "app_token", "brief_log")


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one (default)")
    parser.add_argument("--host", default="127.0.0.1", help="loopback only")
    parser.add_argument("--manifest", type=Path, metavar="FILE", help="the app's manifest; without it all is granted")
    parser.add_argument("--users", type=Path, metavar="FILE", help="YAML or JSON list of people")
    parser.add_argument("--channels", type=Path, metavar="FILE", help="YAML or JSON list of {user, name, is_private?, members?}, by names")
    parser.add_argument("--moments", type=Path, metavar="FILE", help="JSON list of {at, label: {fr, en}} that the page offers to jump to")
    parser.add_argument("--clock", type=Path, metavar="FILE", help="launch time, shared with the bot; without it the system's time")
    parser.add_argument("--start", dest="launch", metavar="ISO", help="launch time to start from; needs --clock")
    parser.add_argument("--speed", type=float, help="how fast launch time runs (default 1); needs --clock")
    parser.add_argument("--record", type=Path, metavar="FILE", help="append each call, response_url post and ack as a JSON line")
    parser.add_argument("--brief-log", action="store_true", help="keep payloads out of the log: for load")
    parser.add_argument("--bot-token", default=Tokens.bot)
    parser.add_argument("--app-token", default=Tokens.app)
    parser.add_argument("--run", metavar="COMMAND", help="start this bot as a child, and end it with the stand-in")
    return parser.parse_args(given)


async def serve(options: argparse.Namespace) -> None:
    users = listed(options.users, "people")
    moments = listed(options.moments, "moments") or []
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    async with start(users=users, moments=moments, **{name: getattr(options, name) for name in PASSED_ON}) as standin:
        for channel in listed(options.channels, "channels") or []:
            await channels(standin, by_ids(standin, channel))
        sys.stdout.write(f"sandbox ready {standin.url}\n")
        sys.stdout.flush()
        if options.run:
            await run_bot(standin, options)
        await ended.wait()


def listed(path: Path | None, what: str) -> list[dict[str, Any]] | None:
    """Raises ValueError when the file holds something else than a list."""
    if path is None:
        return None
    told = json.loads(path.read_text(encoding="utf-8")) if path.suffix == ".json" else read_yaml(path)
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise ValueError(f"{path} is not a list of {what}")
    return told


def by_ids(standin: StandIn, channel: dict[str, Any]) -> dict[str, Any]:
    """The desk knows people by their ids, a file by their names."""
    ids = {user.name: user.id for user in standin.workspace.users.values()}
    named = {**channel, "user": ids.get(channel.get("user", ""), channel.get("user"))}
    return {**named, "members": [ids.get(name, name) for name in channel.get("members", [])]}


async def run_bot(standin: StandIn, options: argparse.Namespace) -> None:
    surroundings = {"SLACK_API_URL": f"{standin.url}/api/", "SLACK_BOT_TOKEN": options.bot_token, "SLACK_APP_TOKEN": options.app_token,
                    "LAUNCHROOM_CLOCK": str(options.clock.resolve()) if options.clock else "system"}
    standin.child = Child(options.run, surroundings, standin.workspace.touch)
    await standin.child.start()


def main() -> None:
    try:
        asyncio.run(serve(arguments()))
    except (OSError, ValueError, DeskError, YAMLError) as error:
        sys.exit(f"sandbox: {error}")


if __name__ == "__main__":
    main()
