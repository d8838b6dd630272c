"""The laws of pages, handovers and customer updates: what holds on every day, however it goes."""

from launch import game
from launch.handover import is_open
from launch.messages import (
    PageCalled,
    PageRang,
    PageResolved,
    PageTaken,
    PromiseMissed,
    UpdateApproved,
    UpdateDrafted,
    UpdateEdited,
    UpdatePublished,
    UpdateTriedAgain,
    UpdateWithdrawn,
)
from launch.roster import duty_in, is_in_slack, rostered
from launch.state import Duty, Handover, Launch, Page, PageKind, Stage
from launch.updates import approvers
from tests.laws.histories import Turn

# --- one holder on the hook ----------------------------------------------------------------------------------------------


def the_hook_is_where_the_roster_or_a_handover_says(turn: Turn) -> None:
    """Exactly one person a covered role: of the shift that is on, of the one that did not hand over, or of the one that took over early."""
    launch = turn.after.launch
    assert set(launch.duty) == set(launch.plan.roles)
    for role, duty in launch.duty.items():
        at = launch.closed_at or max(turn.at, launch.last_at)
        shift, _ = rostered(launch.plan, role, at)
        should = duty_in(launch, role, shift, at)
        early = [row for row in rows_of(launch, role) if row.accepted_by and row.edge > at]
        late = [row for row in rows_of(launch, role) if row.edge <= at and is_open(launch, row)]
        if early:
            assert duty.shift == early[-1].shift
        elif late:
            assert duty.person == late[-1].outgoing
        else:
            assert (duty.person, duty.deputies, duty.shift) == (should.person, should.deputies, should.shift)
        assert should.person is None or duty.person, "a covered role is never empty"
        assert_there(launch, duty)


def rows_of(launch: Launch, role: str) -> list[Handover]:
    return [row for row in launch.handovers.values() if row.role == role]


def assert_there(launch: Launch, duty: Duty) -> None:
    for person in filter(None, (duty.person, *duty.deputies)):
        assert person == "hotline" or (launch.members[person].user and launch.members[person].is_active)


def a_late_handover_is_paged(turn: Turn) -> None:
    launch = turn.clocked.launch
    if launch.closed_at is None:
        for row in launch.handovers.values():
            waits = f"handover_late:{row.role}:{row.shift}" in game.due(launch)
            is_past = launch.edge_at is not None and row.edge <= launch.edge_at
            assert not is_open(launch, row) or not is_past or waits or row.is_late
            if row.is_late:
                assert any((page.role, page.shift) == (row.role, row.shift) for page in launch.pages.values())


# --- pages ---------------------------------------------------------------------------------------------------------------


def is_superseded(page: Page) -> bool:
    """A decision was wanted, and the clock has put the question anew since."""
    return page.kind is PageKind.DECISION and page.resolved_at is not None


def no_page_ends_silently(turn: Turn) -> None:
    """Each is ringing with its next ring in hand, or somebody has it, or somebody said that it is over."""
    launch = turn.after.launch
    for page in launch.pages.values():
        if page.is_ringing and launch.closed_at is None:
            assert any(key.startswith(f"page:{page.number}:") for key in game.due(launch))
            able = [person for person in page.chain if is_in_slack(launch, person)]
            assert not able or page.ringing or page.round > 1
        assert page.is_ringing or page.holder or page.resolved_by or is_superseded(page)


def nothing_rings_after_an_answer_and_no_answer_is_taken_back(turn: Turn) -> None:
    over, taken = set[int](), dict[int, str]()
    for event in turn.after.events:
        match event:
            case PageCalled(number=number):
                assert number not in over | set(taken)
            case PageRang(page=number):
                assert number not in over | set(taken)
            case PageTaken(page=number, person=person):
                assert number not in taken
                taken[number] = person
            case PageResolved(page=number):
                assert number not in over
                over.add(number)
    assert all(turn.after.launch.pages[number].holder == person for number, person in taken.items())


# --- updates -------------------------------------------------------------------------------------------------------------


def nothing_goes_out_unapproved_altered_or_twice(turn: Turn) -> None:
    """A text is published when a second person approved exactly this edition; once for each time somebody said that it may go out."""
    written, allowed, out = dict[int, tuple[int, str]](), dict[int, int](), set[int]()
    sent = 0
    for event in turn.after.events:
        match event:
            case UpdateDrafted(number=number, person=person):
                written[number] = (1, person)
            case UpdateEdited(draft=number, edition=edition, person=person):
                assert number not in allowed, "what was approved is not edited any more"
                written[number] = (edition, person)
            case UpdateApproved(draft=number, edition=edition, person=person):
                assert edition == written[number][0]
                assert person not in (written[number][1], author_of(turn, number))
                allowed[number] = edition
                sent += 1
            case UpdateTriedAgain(draft=number):
                assert number in allowed
                assert number not in out
                sent += 1
            case UpdatePublished(draft=number):
                assert allowed[number] == written[number][0]
                assert number not in out
                out.add(number)
            case UpdateWithdrawn(draft=number):
                assert number not in allowed
    assert sent == sum(errand.kind == "publish" for fact in turn.after.facts for errand in game.errands(fact, turn.after.launch))


def author_of(turn: Turn, number: int) -> str:
    return next(event.person for event in turn.after.told(UpdateDrafted) if event.number == number)


def a_text_that_waits_waits_for_somebody(turn: Turn) -> None:
    """Everybody on duty who may approve it was asked, or the next one is asked in time."""
    launch = turn.after.launch
    for draft in launch.drafts.values():
        if draft.stage is Stage.WAITING and launch.closed_at is None:
            asked = {row.person for row in launch.approvals.values() if (row.draft, row.edition) == (draft.number, draft.edition)}
            able = approvers(launch, draft)
            assert draft.author not in able
            assert draft.editor not in able
            assert set(able) <= asked or any(key.startswith(f"approver:{draft.number}:") for key in game.due(launch))


def a_promise_is_kept_moved_or_alarmed(turn: Turn) -> None:
    launch = turn.clocked.launch
    missed = {event.draft for event in turn.clocked.told(PromiseMissed)}
    for draft in launch.drafts.values():
        if draft.published_at and draft.next_at and draft.next_at <= turn.at and launch.closed_at is None:
            later = [d for d in launch.drafts.values() if d.audience == draft.audience and d.published_at and d is not draft]
            is_kept = any((d.published_at or turn.at) >= draft.published_at for d in later)
            assert is_kept or draft.number in missed
