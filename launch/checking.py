"""What only the whole plan shows: names taken twice, nobody on duty when a question is asked, an answer that comes too late."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from launch.document import Node
from launch.fields import UNKNOWN, is_known
from launch.findings import Code, Findings
from launch.moments import wall_text
from launch.plan import Checkpoint, Moment, Plan, Role, Shift
from launch.roster import rostered

_ROOM_NAMES = {"fr": "lancement-{key}", "en": "launch-{key}"}  # as the views name the room
_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan as far as it could be read, and where it is written.

    `entries` are the nodes of listed things, by section and name; `blurred` the shifts in which some role could not be made out.
    """

    plan: Plan
    root: Node
    entries: Mapping[tuple[str, str], Node]
    blurred: Collection[str]

    def spot(self, section: str, name: str, *path: str | int) -> Node:
        """Where something about an entry of a section is written."""
        entry = self.entries.get((section, name)) or self.root.at(section, name)
        return entry.at(*path)

    def instant(self, at: Moment) -> datetime:
        """When `at` comes if T-0 stays where it is planned; UNKNOWN, or far off, where either could not be read."""
        return at.at or UNKNOWN if at.offset is None else self.plan.t0 + at.offset

    def wall(self, at: datetime) -> str:
        return wall_text(at, self.plan.zone)

    def shifts_of(self, role: str) -> list[Shift]:
        return [shift for shift in self.plan.shifts if role in shift.holders]

    def is_sure(self, role: str) -> bool:
        """Whether all is known of when a role is held, and by whom."""
        return all(
            bool(shift.holders[role]) and is_known(shift.starts) and is_known(shift.ends)
            if role in shift.holders
            else shift.name not in self.blurred
            for shift in self.plan.shifts
        )


def check(draft: Draft, said: Findings) -> None:
    """Tell what is wrong or doubtful between the parts of a plan."""
    _people(draft, said)
    _role_words(draft, said)
    _commander(draft, said)
    _overlaps(draft, said)
    for role in draft.plan.roles.values():
        _duty(draft, role, said)
        _cover(draft, role, said)
    _room(draft, said)
    for checkpoint in draft.plan.checkpoints.values():
        _too_late(draft, checkpoint, said)
    _audiences(draft, said)
    _approval(draft, said)


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
        for earlier, later in _at_once(sorted(shifts, key=lambda shift: shift.starts)):
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
        owns = any(step.owner == role.key for step in draft.plan.cutover.values())
        say = said.error if is_needed else said.warning
        say("role_never_held" if is_needed or owns else "role_unused", node, role=role.key)
    for shift in shifts:
        people = draft.spot("shifts", shift.name, role.key)
        if shift.name in role.absent:
            said.error("absent_but_held", people, role=role.key, shift=shift.name)
        if role.blocking and isinstance(people.value, list) and len(people.value) == 1:
            said.warning("no_second", people, role=role.key, shift=shift.name)


def _room(draft: Draft, said: Findings) -> None:
    """The room is open before anything happens in it."""
    opens = draft.instant(draft.plan.room.opens)
    if not is_known(opens):
        return
    if draft.plan.t0 <= opens:
        said.error("t0_before_the_room", draft.root.at("launch", "t0"), opens=draft.wall(opens))
        return
    for checkpoint in draft.plan.checkpoints.values():
        if draft.instant(checkpoint.at) < opens:
            spot = draft.spot("checkpoints", checkpoint.name, "at")
            said.warning("before_the_room", spot, checkpoint=checkpoint.name, opens=draft.wall(opens))


def _too_late(draft: Draft, checkpoint: Checkpoint, said: Findings) -> None:
    """A checkpoint is answered, or its silence counted, before the step behind it begins."""
    step = draft.plan.cutover.get(checkpoint.before or "")
    begins = draft.instant(step.at) if step else UNKNOWN
    closes = draft.instant(checkpoint.at) + checkpoint.answer + draft.plan.limits.grace
    if step and is_known(closes) and closes > begins:
        spot = draft.spot("checkpoints", checkpoint.name, "at")
        said.error("checkpoint_too_late", spot, step=step.id, begins=draft.wall(begins), closes=draft.wall(closes))


def _cover(draft: Draft, role: Role, said: Findings) -> None:
    """Somebody is there to answer for a role, or to decide, at each checkpoint; a planned absence is told once."""
    gaps: list[str] = []
    for checkpoint in draft.plan.checkpoints.values():
        at, is_asked = draft.instant(checkpoint.at), role.key in checkpoint.ask
        if not (is_asked or role.decides) or not _is_uncovered(draft, role.key, at):
            continue
        if is_asked and _is_absent(draft, role, at):
            gaps.append(checkpoint.name)
            continue
        asks = draft.spot("checkpoints", checkpoint.name, "ask", 0).having(role.key)
        code: Code = "no_commander_on_shift" if role.decides else "nobody_on_shift"
        said.error(code, asks, role=role.key, checkpoint=checkpoint.name, at=draft.wall(at))
    if gaps:
        asks = draft.spot("checkpoints", gaps[0], "ask", 0).having(role.key)
        said.warning("planned_gap", asks, role=role.key, checkpoints=", ".join(gaps))


def _is_uncovered(draft: Draft, role: str, at: datetime) -> bool:
    """Whether nobody is rostered for a role that is held at other times."""
    if not is_known(at) or not draft.is_sure(role) or not draft.shifts_of(role):
        return False
    shift, _ = rostered(draft.plan, role, at)
    return shift is None


def _is_absent(draft: Draft, role: Role, at: datetime) -> bool:
    """Whether the plan says that a role is not there in a shift that is on at `at`."""
    return any(shift.name in role.absent and shift.starts <= at < shift.ends for shift in draft.plan.shifts)


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
    held = sorted(draft.shifts_of(role), key=lambda shift: shift.starts)
    seats = [(shift.starts if number else _EVER, shift.ends, shift.holders[role]) for number, shift in enumerate(held)]
    return [next((people for starts, ends, people in seats if starts <= shift.starts < ends), ()) for shift in draft.plan.shifts]
