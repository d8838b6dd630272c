"""What only the whole plan shows: here its names and roles; its hours are for `launch.timing`, people on duty for `launch.coverage`."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime

from launch import coverage, timing
from launch.draft import Draft
from launch.findings import Code, Findings
from launch.moments import is_known
from launch.plan import Role, Shift

_ROOM_NAMES = {"fr": "lancement-{key}", "en": "launch-{key}"}  # as the views name the room
_EVER = datetime.min.replace(tzinfo=UTC)


def check(draft: Draft, said: Findings) -> None:
    """Tell what is wrong or doubtful between the parts of a plan."""
    _people(draft, said)
    _role_words(draft, said)
    _commander(draft, said)
    _overlaps(draft, said)
    for role in draft.plan.roles.values():
        _duty(draft, role, said)
    _audiences(draft, said)
    _observers(draft, said)
    _approval(draft, said)
    timing.check(draft, said)
    coverage.check(draft, said)


def _people(draft: Draft, said: Findings) -> None:
    """Two entries for one account are a mistake; two people of one name may be."""
    codes: tuple[tuple[Code, str], ...] = (("duplicate_mail", "mail"), ("duplicate_slack", "slack"), ("same_person_name", "name"))
    for code, field in codes:
        firsts: dict[str, str] = {}
        for key, person in draft.plan.people.items():
            value = getattr(person, field)
            first = firsts.setdefault(value.casefold(), key) if value else key
            if first != key:
                say = said.warning if code == "same_person_name" else said.error
                say(code, draft.spot("people", key, field), value=value, person=first)


def _role_words(draft: Draft, said: Findings) -> None:
    """A word that people type must mean one role."""
    firsts: dict[str, str] = {}
    for role in draft.plan.roles.values():
        node = draft.spot("roles", role.key)
        words = [(role.key, node), *((word, node.at("title")) for word in role.title.words.values())]
        words += [(word, node.at("aliases").having(word)) for word in role.aliases]
        for word, spot in {word.casefold(): (word, spot) for word, spot in reversed(words) if word}.values():
            first = firsts.setdefault(word.casefold(), role.key)
            if first != role.key:
                said.error("role_word_taken", spot, value=word, role=first)


def _commander(draft: Draft, said: Findings) -> None:
    """Exactly one role decides."""
    roles = [role.key for role in draft.plan.roles.values() if role.decides]
    if len(roles) > 1:
        said.error("two_commanders", draft.spot("roles", roles[1], "decides"), roles=", ".join(roles))
    claims = [draft.spot("roles", key, "decides") for key in draft.plan.roles]
    if draft.plan.roles and not any(isinstance(claim.value, str) and claim.value != "false" for claim in claims):
        said.error("no_commander", draft.root.at("roles"))


def _overlaps(draft: Draft, said: Findings) -> None:
    """Two shifts hold a role at once: each pair of shifts is told once."""
    pairs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for role in draft.plan.roles:
        shifts = [
            shift for shift in draft.shifts_of(role) if is_known(shift.starts) and is_known(shift.ends) and shift.name not in draft.blurred
        ]
        for earlier, later in _at_once(shifts):
            pairs[earlier.name, later.name].append(role)
    for (first, second), roles in pairs.items():
        line = str(draft.spot("shifts", first).line)
        said.error("shifts_overlap", draft.spot("shifts", second, "from"), shift=first, first_line=line, roles=", ".join(roles))


def _at_once(shifts: list[Shift]) -> Iterator[tuple[Shift, Shift]]:
    """The shifts that begin before an earlier one is over, each with that one; `shifts` are in the order of their beginnings."""
    longest = None
    for shift in shifts:
        if longest and shift.starts < longest.ends:
            yield longest, shift
        longest = shift if longest is None or shift.ends > longest.ends else longest


def _duty(draft: Draft, role: Role, said: Findings) -> None:
    """Who holds a role, over all shifts."""
    shifts = draft.shifts_of(role.key)
    node = draft.spot("roles", role.key)
    asking = (*(checkpoint.ask for checkpoint in draft.plan.checkpoints.values()), *(a.approvers for a in draft.plan.audiences.values()))
    is_needed = role.decides or any(role.key in roles for roles in asking)
    if not shifts and draft.plan.shifts and draft.is_sure(role.key):
        owns = any(role.key in (step.owner, *step.beside) for step in draft.plan.cutover.values())
        say = said.error if is_needed else said.warning
        say("role_never_held" if is_needed or owns else "role_unused", node, role=role.key)
    for shift in shifts:
        people = draft.spot("shifts", shift.name, role.key)
        if shift.name in role.absent:
            said.error("absent_but_held", people, role=role.key, shift=shift.name)
        if role.blocking and isinstance(people.value, list) and len(people.value) == 1:
            said.warning("no_second", people, role=role.key, shift=shift.name)


def _audiences(draft: Draft, said: Findings) -> None:
    """Each text goes where only its readers are, and has somebody other than its author to approve it."""
    room = _ROOM_NAMES[draft.plan.language].format(key=draft.plan.key)
    firsts: dict[str, str] = {}
    for key, audience in draft.plan.audiences.items():
        channel = draft.root.at("updates", "audiences", key, "channel")
        first = firsts.setdefault(audience.channel, key) if audience.channel else key
        if audience.channel == room:
            said.error("room_as_channel", channel, value=f"#{room}")
        elif first != key:
            said.warning("same_channel", channel, channel=str(channel.value), audience=first)


def _observers(draft: Draft, said: Findings) -> None:
    """Those who look on have a channel of their own."""
    room, channel = _ROOM_NAMES[draft.plan.language].format(key=draft.plan.key), draft.root.at("launch", "room", "observers_channel")
    readers = [key for key, each in draft.plan.audiences.items() if each.channel and each.channel == draft.plan.room.observers]
    if draft.plan.room.observers == room:
        said.error("room_as_channel", channel, value=f"#{room}")
    elif readers:
        said.warning("same_channel", channel, channel=str(channel.value), audience=readers[0])


def _approval(draft: Draft, said: Findings) -> None:
    """In each shift at least two people may approve: what the only one wrote, nobody could."""
    roles = {role for audience in draft.plan.audiences.values() for role in audience.approvers}
    answering = {role: _at_beginnings(draft, role) for role in roles if draft.is_sure(role) and draft.shifts_of(role)}
    for key, audience in draft.plan.audiences.items():
        approvers = draft.root.at("updates", "audiences", key, "approvers")
        is_read = isinstance(approvers.value, list) and 0 < len(approvers.value) == len(audience.approvers)
        if not is_read or not answering.keys() >= set(audience.approvers):
            continue
        crews = zip(draft.plan.shifts, *(answering[role] for role in audience.approvers), strict=True)
        few = [shift.name for shift, *people in crews if is_known(shift.starts) and len(set().union(*people)) < 2]
        if few:
            said.warning("lone_approver", approvers, audience=key, shifts=", ".join(few))


def _at_beginnings(draft: Draft, role: str) -> list[tuple[str, ...]]:
    """Who answers for a role when each shift of the plan begins, as `rostered` has it; that is too slow to be asked for each."""
    held = draft.shifts_of(role)
    seats = [(shift.starts if number else _EVER, shift.ends, shift.holders[role]) for number, shift in enumerate(held)]
    return [next((people for starts, ends, people in seats if starts <= shift.starts < ends), ()) for shift in draft.plan.shifts]
