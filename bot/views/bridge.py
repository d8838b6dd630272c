"""Where people talk while the launch runs, and what they want at hand: lines that can be tapped."""

from collections.abc import Iterator, Sequence

from bot.views.blocks import one_line
from bot.views.lines import Line, Part, Web, line
from bot.views.locale import Reader
from launch.plan import Plan


def bridge(plan: Plan, reader: Reader) -> Iterator[Line]:
    """Nothing when the plan names no bridge."""
    if plan.bridge:
        video = [Web(plan.bridge.video, reader._("video"))] if plan.bridge.video else []
        spoken = [one_line(place) for place in (plan.bridge.dial_in, plan.bridge.place) if place]
        yield line(reader._("Bridge: {places}"), places=dotted([*video, *spoken]))


def links(plan: Plan, reader: Reader) -> Iterator[Line]:
    """What to have at hand, on one line."""
    if plan.links:
        at_hand: list[Part] = [Web(link.url, link.title.to(reader.language)) for link in plan.links]
        yield line(reader._("At hand: {links}"), links=dotted(at_hand))


def dotted(parts: Sequence[Part]) -> Line:
    first, *rest = parts
    return Line((first, *(each for part in rest for each in (" · ", part))))
