"""Who is called what, and who reads in which language and zone."""

from bot.views.locale import Reader
from launch.plan import Plan
from launch.state import Launch


def room_reader(plan: Plan) -> Reader:
    """Everybody in the room at once."""
    return Reader(plan.language, plan.zone)


def reader_of(plan: Plan, person: str) -> Reader:
    """A person of the plan, in private."""
    known = plan.people.get(person)
    return Reader(known.language, known.zone) if known else room_reader(plan)


def reader_for(launch: Launch, user: str | None) -> Reader:
    """Whoever is behind a Slack user id; a stranger reads what the room reads."""
    return reader_of(launch.plan, launch.person_of(user) or "")


def name(plan: Plan, person: str | None) -> str:
    known = plan.people.get(person or "")
    return known.name if known else person or "?"


def holder(plan: Plan, person: str | None, reader: Reader) -> str:
    """Who is on the hook, which may be nobody."""
    return name(plan, person) if person else reader._("nobody on duty")


def role_title(plan: Plan, role: str, reader: Reader) -> str:
    known = plan.roles.get(role)
    return known.title.to(reader.language) if known else role


def launch_title(plan: Plan, reader: Reader) -> str:
    return plan.name.to(reader.language)
