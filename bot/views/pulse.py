"""As of when a screen is true, and whether the bot is well: so that nobody takes a screen that stands still for a launch that does."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.views.lines import Instant, Line, line
from bot.views.locale import Reader
from bot.views.tables import Small
from launch.state import Launch

BEAT = timedelta(minutes=5)
"""A screen is drawn anew this often though nothing has happened: twelve edits an hour."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """The last beat, UTC; how many of our connections to Slack stand, and how many more Slack counts than are ours."""

    at: datetime
    standing: int = 2
    wanted: int = 2
    strangers: int = 0

    @property
    def is_well(self) -> bool:
        return self.standing >= self.wanted and not self.strangers


def beat(now: datetime) -> datetime:
    """The last full five minutes."""
    return now - timedelta(seconds=now.timestamp() % BEAT.total_seconds())


def as_of(launch: Launch, pulse: Pulse | None) -> datetime:
    """What is drawn now was true then, to the minute: at the last fact, or at the last beat with none since."""
    at = max(launch.last_at, pulse.at) if pulse else launch.last_at
    return at.replace(second=0, microsecond=0)


def small_print(at: datetime, pulse: Pulse | None, reader: Reader) -> Small:
    return Small(line(reader._("As of {time}. {health}"), time=Instant(at), health=health(pulse, reader)))


def health(pulse: Pulse | None, reader: Reader) -> Line:
    """How the bot hears Slack. Where nobody listens to Slack there is nothing to say."""
    if pulse is None or pulse.is_well:
        return Line((reader._("Bot well."),))
    if pulse.standing == 0:
        return Line((reader._("🔴 The bot does not hear Slack: buttons and /launch do nothing now."),))
    if pulse.standing < pulse.wanted:
        sentence = reader._("The bot hears Slack on {standing} of {wanted} connections.")
        return line(sentence, standing=pulse.standing, wanted=pulse.wanted)
    sentence = reader._("Slack counts {strangers} connections that are not ours: a press may get lost, press again.")
    return line(sentence, strangers=pulse.strangers)
