"""A plan file becomes a plan, or all of its mistakes are told at once, each once."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time
from typing import get_args

import pytest

from bot.views.locale import LANGUAGES, Reader
from launch.findings import MOST_SAID, Code
from launch.plan import (
    Audience,
    Bridge,
    Checkpoint,
    Cover,
    Criterion,
    Evidence,
    Limits,
    Link,
    Moment,
    Person,
    Plan,
    PlannedHold,
    Reach,
    Role,
    Room,
    Series,
    Shift,
    Step,
    Title,
)
from launch.reading import read_plan
from launch.roster import rostered
from tests.launch.mistakes import MISTAKES, PLANS, SMALL, Mistake

EXAMPLE = (Path(__file__).parents[2] / "examples" / "corvane_id.yaml").read_text(encoding="utf-8")
BROKEN = (PLANS / "broken.yaml").read_text(encoding="utf-8")


def plan_of(text: str) -> Plan:
    read = read_plan(text)
    assert read.plan is not None, read.findings
    return read.plan


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def told(text: str | bytes) -> list[tuple[int, Code]]:
    return [(finding.line, finding.code) for finding in read_plan(text).findings]


# --- the plan ----------------------------------------------------------------------------------------------------------


def test_the_small_plan_becomes_what_it_says() -> None:
    assert read_plan(SMALL).findings == ()
    plan = plan_of(SMALL)
    assert (plan.key, plan.kind, plan.language, plan.zone) == ("small-1", "external", "fr", "Europe/Paris")
    assert plan.name == Title({"fr": "Petit lancement", "en": "Small launch"})
    assert plan.t0 == at("2027-03-16 03:30")
    assert plan.room == Room(Moment(at("2027-03-15 09:00")), "private", ("all on duty",))
    assert (plan.limits.hold, plan.limits.grace) == (timedelta(minutes=40), timedelta(minutes=2))
    assert plan.people["claire"] == Person("claire", "Claire Aubrac", "Europe/Paris", "fr", mail="claire@corvane.example")
    assert plan.people["daniel"] == Person("daniel", "Daniel Okafor", "America/Toronto", "en", slack="U0DANIEL")
    assert plan.people["camille"].guest
    assert plan.observers == ("shops@corvane.example",)
    assert plan.roles["application"] == Role("application", Title({"": "Application"}), blocking=True, aliases=("app",))
    assert plan.roles["qa"].absent == ("day",)
    assert plan.shifts[1] == Shift(
        "day",
        "America/Toronto",
        at("2027-03-16 05:00"),
        at("2027-03-16 13:00"),
        {"commander": ("daniel",), "application": ("camille", "samira")},
    )
    asked, smoke = (("application", "qa"),), (Evidence(Title({"": "smoke test passed"})),)
    final = Checkpoint("final", Moment(offset=timedelta(minutes=-45)), asked, timedelta(minutes=10), "dns", smoke)
    assert plan.checkpoints["final"] == final
    assert plan.checkpoints["shops"].at == Moment(at("2027-03-16 07:45"))
    dns = Title({"": "Switch the login address"})
    assert plan.cutover == {"dns": Step("dns", dns, "application", Moment(offset=timedelta(minutes=-30)))}
    customers = Title({"fr": "Clients", "en": "Customers"})
    assert plan.audiences == {
        "customers": Audience("customers", customers, ("commander", "application"), "small-news", ("en", "fr")),
        "staff": Audience("staff", Title({"": "Staff"}), ("application", "commander"), "C0SMALL01", ("fr",)),
    }
    assert (plan.bridge, plan.links, plan.roles["qa"].patience) == (None, (), None)


def test_the_example_reads_with_warnings_each_of_which_is_true() -> None:
    read = read_plan(EXAMPLE)
    assert {finding.severity for finding in read.findings} == {"warning"}
    assert [(f.code, f.place, f.facts.get("shifts") or f.facts.get("at", "")) for f in read.findings] == [
        ("slack_only_at_night", "people.app_paris", "paris_night, montreal_night"),
        ("slack_only_at_night", "people.app_day", "paris_day"),  # from 06:00 to 07:00
        ("slack_only_at_night", "people.db_day", "paris_day"),
        ("slack_only_at_night", "people.qa_paris", "paris_night"),
        ("slack_only_at_night", "people.sup_montreal", "paris_night"),  # there from 17:00 to 01:00
        ("slack_only_at_night", "people.sup_evening", "montreal_night"),
        ("slack_only_at_night", "people.sup_paris", "paris_day"),
        ("one_night", "shifts[0].qa", ""),
        ("one_night", "shifts[0].support", ""),
        ("one_night", "shifts[3].support", ""),
        ("no_second", "shifts[5].qa", ""),
        ("before_its_evidence", "checkpoints[2].on[0]", "2027-03-16 03:15 Europe/Paris"),
        ("before_its_evidence", "checkpoints[3].on[1]", "2027-03-16 03:40 Europe/Paris"),
        ("asked_near_edge", "checkpoints[6].every", "2027-03-16 14:30 Europe/Paris"),
    ]
    plan = plan_of(EXAMPLE)
    assert (len(plan.people), len(plan.roles), len(plan.shifts), len(plan.checkpoints), len(plan.cutover)) == (29, 9, 6, 8, 12)
    assert plan.roles["network"].aliases == ("réseau", "net")


def test_the_trap_in_the_example_is_found_if_it_is_put_back() -> None:
    """Two tiers of 30 minutes, asked half an hour before what they guard."""
    [finding] = [f for f in read_plan(EXAMPLE.replace("answer: 12m", "answer: 30m")).findings if f.severity == "error"]
    assert (finding.code, finding.place, finding.facts["closes"]) == (
        "checkpoint_too_late",
        "checkpoints[7].at",
        "2027-03-17 16:06 Europe/Paris",
    )


def test_what_the_example_says_of_people_roles_and_the_room() -> None:
    plan = plan_of(EXAMPLE)
    assert plan.people["net_paris"].reach == (
        Reach("slack"),
        Reach("push", "PUSH_NET_PARIS"),
        Reach("call", "TEL_NET_PARIS", timedelta(minutes=1)),
    )
    assert (plan.people["vendor_desk"].reach, plan.people["lead_day"].reach) == ((Reach("call", "TEL_VENDOR"),), ())
    network, support = plan.roles["network"], plan.roles["support"]
    assert [shift.name for shift in plan.shifts if not network.is_on_standby(shift.name)] == ["paris_night"]
    assert support.levels == ("support", "database", "vendor")
    assert {key for key, role in plan.roles.items() if role.handover == "light"} == {"security", "qa"}
    assert plan.room.observers == "corvane-id-suivi"
    assert plan.cover == Cover(at("2027-03-15 21:00"), at("2027-03-17 19:00"))


def test_what_the_example_asks_and_what_it_looks_at() -> None:
    plan = plan_of(EXAMPLE)
    assert plan.checkpoints["keep"].tiers == (("application", "support", "security"), ("qa",))
    assert (plan.checkpoints["keep"].before, plan.checkpoints["keep"].kind) == ("point_of_no_return", "gate")
    health = plan.checkpoints["health"]
    assert (health.at, health.kind) == (Moment(offset=timedelta(hours=6)), "periodic")
    assert health.series == Series(timedelta(hours=2), Moment(offset=timedelta(hours=30)))
    contacts = Title({"fr": "contacts au support", "en": "contacts with support"})
    assert health.on[1] == Evidence(contacts, "contacts")
    assert plan.criteria["contacts"] == Criterion(
        "contacts", contacts, Title({"": "contacts / 30 min"}), "asked of support", timedelta(minutes=30), "< 60", "> 120", "> 300", "27"
    )


def test_the_steps_of_the_example_begin_when_those_before_are_likely_over() -> None:
    """The chain begins at 01:00 and is likely to be over at 03:35; what is counted from T-0 stays so, what has an hour keeps it."""
    steps = plan_of(EXAMPLE).cutover
    assert steps["firewall"].at == steps["backup"].at == Moment(offset=timedelta(minutes=-200))
    assert steps["smoke"].at == Moment(offset=timedelta(minutes=-80))
    assert (steps["smoke"].likely, steps["smoke"].worst) == (timedelta(minutes=25), timedelta(minutes=35))
    assert (steps["dns"].at, steps["dns"].after, steps["dns"].backup) == (Moment(offset=timedelta(minutes=-30)), ("smoke",), "net_montreal")
    retire = steps["retire_legacy"]
    assert (retire.owner, retire.beside, retire.irreversible) == ("application", ("vendor", "database"), True)
    assert steps["reconcile"].check == "accounts_match"


def test_what_the_example_says_of_the_bridge_of_links_and_of_updates() -> None:
    plan = plan_of(EXAMPLE)
    assert plan.bridge == Bridge("https://visio.corvane.example/corvane-id", "+33 1 99 00 12 34", "Lyon, salle Rhône, 3e étage")
    assert plan.links[0] == Link(Title({"fr": "Marche à suivre", "en": "Runbook"}), "https://wiki.corvane.example/corvane-id/runbook")
    assert [link.url.partition("//")[0] for link in plan.links] == ["https:"] * 3
    assert plan.limits == Limits()
    assert {key: role.patience for key, role in plan.roles.items() if role.patience} == {"vendor": timedelta(minutes=10)}
    assert [(each.key, each.approvers, each.channel, each.languages) for each in plan.audiences.values()] == [
        ("customers", ("comms", "commander"), "clients-pro", ("fr", "en")),
        ("partners", ("comms", "commander"), "partenaires", ("fr",)),
        ("staff", ("comms",), "magasins", ("fr", "en")),
    ]


def test_the_shifts_of_the_example_follow_each_other_around_the_world() -> None:
    edges = [(shift.name, f"{shift.starts:%d %H:%M}", f"{shift.ends:%d %H:%M}") for shift in plan_of(EXAMPLE).shifts]
    assert edges == [
        ("paris_night", "15 21:00", "16 05:00"),
        ("paris_day", "16 05:00", "16 13:00"),
        ("montreal_day", "16 13:00", "16 21:00"),
        ("montreal_night", "16 21:00", "17 04:00"),
        ("pune_day", "17 04:00", "17 12:00"),
        ("paris_close", "17 12:00", "17 19:00"),
    ]


def test_the_example_is_read_in_a_third_of_a_second() -> None:
    read_plan(EXAMPLE)
    start = process_time()
    read_plan(EXAMPLE)
    assert process_time() - start < 0.3


@pytest.mark.parametrize(
    ("zone", "t0", "instant", "hours"),
    [
        ("Europe/Paris", "2027-03-28 04:30", "2027-03-28 02:30", 7),
        ("Europe/Paris", "2027-10-31 04:30", "2027-10-31 03:30", 9),
        ("America/Toronto", "2027-03-14 04:30", "2027-03-14 08:30", 7),
        ("America/Toronto", "2027-11-07 04:30", "2027-11-07 09:30", 9),
        ("Asia/Kolkata", "2027-03-28 04:30", "2027-03-27 23:00", 8),
        ("Asia/Kolkata", "2027-10-31 04:30", "2027-10-30 23:00", 8),
    ],
)
def test_a_night_on_which_clocks_change(zone: str, t0: str, instant: str, hours: int) -> None:
    """T-0 at 04:30, the night shift from 22:00 to 06:00, the final question 45 minutes before T-0 whatever the clocks do."""
    evening = f"{datetime.fromisoformat(t0) - timedelta(days=1):%Y-%m-%d}"
    text = SMALL.replace("2027-03-16", t0[:10]).replace("2027-03-15", evening)
    text = text.replace("zone: Europe/Paris", f"zone: {zone}").replace("zone: America/Toronto, from", f"zone: {zone}, from")
    plan = plan_of(text.replace(f"from: {t0[:10]} 01:00, to: {t0[:10]} 09:00", f"from: {t0[:10]} 06:00, to: {t0[:10]} 14:00"))
    night, day = plan.shifts
    assert plan.t0 == at(instant)
    assert night.ends - night.starts == timedelta(hours=hours)
    assert day.starts == night.ends
    assert rostered(plan, "qa", plan.t0 - timedelta(minutes=45)) == (night, ("camille",))


def test_bytes_read_as_text_does_and_so_do_other_line_ends() -> None:
    assert read_plan(EXAMPLE.encode()) == read_plan(EXAMPLE)
    assert read_plan(b"\xef\xbb\xbf" + EXAMPLE.encode()) == read_plan(EXAMPLE)
    assert read_plan(EXAMPLE.replace("\n", "\r\n")) == read_plan(EXAMPLE)


def test_an_accent_is_the_same_however_it_was_typed() -> None:
    assert plan_of(EXAMPLE.replace("réseau", "re\u0301seau")).role_named("réseau") == "network"


def test_what_other_readers_of_yaml_guess_at_is_taken_as_it_is_written() -> None:
    """A colon is no number to the base of 60, `no` no falsehood, 0x10 and 1_0 no numbers, a date no date."""
    text = SMALL.replace("title: Application", "title: no").replace("[smoke test passed]", '[14:30, 0x10, 1_0, 2027-03-16, 1e3, "null"]')
    plan = plan_of(text)
    assert plan.roles["application"].title == Title({"": "no"})
    said = ("14:30", "0x10", "1_0", "2027-03-16", "1e3", "null")
    assert plan.checkpoints["final"].on == tuple(Evidence(Title({"": text})) for text in said)


def test_times_may_be_quoted_and_what_is_usual_may_be_left_out() -> None:
    text = SMALL.replace("t0: 2027-03-16 04:30", 't0: "2027-03-16 04:30"').replace("limits: {hold: 40m, grace: 2m, ", "limits: {")
    text = text.replace("visibility: private, ", "").replace(", invite: all on duty", "").replace("  kind: external\n", "")
    text = text.replace("observers: [shops@corvane.example]\n", "")
    plan = plan_of(text)
    assert plan.limits == Limits(duty=timedelta(hours=16))
    assert replace(plan, limits=plan_of(SMALL).limits) == plan_of(SMALL.replace("observers: [shops@corvane.example]\n", ""))
    without = SMALL[: SMALL.index("updates:")]
    assert plan_of(without).audiences == {}


@pytest.mark.parametrize("address", ["http://wiki/run?x=1#y", "https://meet.example:8443/a,b(c)", "https://éclair.example"])
def test_an_address_of_a_page_is_kept_as_it_is_written(address: str) -> None:
    plan = plan_of(SMALL.replace("people:\n", f"  bridge: {{video: '{address}'}}\n  links: [{{title: A, url: '{address}'}}]\npeople:\n"))
    assert (plan.bridge, plan.links) == (Bridge(address), (Link(Title({"": "A"}), address),))


def test_roles_may_be_asked_without_tiers_and_left_in_peace_by_shift() -> None:
    text = SMALL.replace("ask: [[application, qa]]", "ask: [application, qa]").replace("invite: all on duty", "invite: on_shift")
    plan = plan_of(text.replace("absent: [day]", "absent: [day], standby_in: [day], scribe: true, levels: [application]"))
    assert plan.checkpoints["final"].tiers == (("application", "qa"),)
    assert plan.room.invite == ("on shift",)
    assert plan.roles["qa"].standby_in == ("day",)
    assert (plan.roles["qa"].scribe, plan.roles["qa"].levels) == (True, ("qa", "application"))
    assert plan_of(SMALL.replace("aliases: [app]", "standby_outside: [night]")).roles["application"].standby_in == ("day",)


def test_an_absence_whose_hours_cannot_be_read_is_not_blamed_for_more() -> None:
    text = SMALL.replace("ask: [[application]]", "ask: [[application, qa]]")
    assert told(text.replace("to: 2027-03-16 09:00", "to: late")) == [(23, "not_a_moment")]


def test_a_planned_hold_is_kept_and_what_lies_before_it_comes_earlier() -> None:
    """T-45m comes 20 minutes earlier on the clocks, dns at T-30m too; dns at T-29m does not: there is time to answer."""
    hold = "  holds: [{name: breath, at: T-29m, lasts: 20m, why: a breath}]\npeople:\n"
    plan = plan_of(SMALL.replace("people:\n", hold))
    breath = PlannedHold("breath", Moment(offset=timedelta(minutes=-29)), timedelta(minutes=20), Title({"": "a breath"}))
    assert plan.holds == {"breath": breath}
    late = SMALL.replace("people:\n", hold).replace("at: T-45m", "at: T-40m")
    assert told(late) == [(26, "checkpoint_too_late")]
    assert told(late.replace("at: T-30m}", "at: T-28m}")) == []


def test_how_long_a_step_takes_may_be_written_once() -> None:
    likely, worst = (plan_of(SMALL.replace("at: T-30m}", f"at: T-30m, {name}: 9m}}")).cutover["dns"] for name in ("likely", "worst"))
    assert likely == worst
    assert likely.worst == timedelta(minutes=9)


@pytest.mark.parametrize("limit", ["< 1.5", "> 3 for 5m", "= 0", "> 0 unexplained for 30m", "<>0", ">= -2 %", "< 5% of all for sale"])
def test_a_threshold(limit: str) -> None:
    text = SMALL.replace("checkpoints:\n", f'criteria:\n  errors: {{go: "{limit}"}}\ncheckpoints:\n')
    expected = [] if "sale" not in limit else [(25, "bad_limit")]
    assert told(text) == expected


# --- the mistakes ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("mistake", MISTAKES, ids=[f"{number}-{each.code}" for number, each in enumerate(MISTAKES)])
def test_one_mistake_is_told_once_and_nothing_else_is_blamed(mistake: Mistake) -> None:
    [finding] = read_plan(mistake.text).findings
    assert (finding.code, finding.line, finding.place) == (mistake.code, mistake.line, mistake.place)
    assert mistake.facts.items() <= finding.facts.items()


def test_every_code_has_a_file_that_earns_it() -> None:
    assert {each.code for each in MISTAKES} | {"not_utf8", "too_many_mistakes"} == set(get_args(Code))


def test_a_plan_written_in_a_hurry_is_told_all_of_its_mistakes_at_once() -> None:
    assert told(BROKEN) == [
        (3, "bad_launch_key"),
        (4, "unknown_field"),
        (5, "not_one_of"),
        (7, "unknown_zone"),
        (8, "t0_before_the_room"),
        (9, "time_skipped"),
        (9, "not_invitable"),
        (10, "unknown_field"),
        (10, "not_a_duration"),
        (13, "unknown_zone"),
        (13, "not_a_secret"),
        (13, "unknown_language"),
        (13, "duplicate_mail"),
        (14, "missing_field"),
        (14, "bad_mail"),
        (14, "not_true_false"),
        (15, "bad_key"),
        (15, "unreachable"),
        (18, "two_commanders"),
        (19, "unknown_shift"),
        (19, "role_word_taken"),
        (23, "shift_ends_early"),
        (23, "no_second"),
        (24, "duplicate_name"),
        (24, "unknown_role"),
        (25, "not_an_hour"),
        (25, "no_such_date"),
        (25, "unknown_person"),
        (25, "nobody_named"),
        (26, "empty_shift"),
        (28, "not_tiers"),
        (28, "not_above_zero"),
        (29, "unknown_role"),
        (29, "unknown_step"),
        (30, "not_a_moment"),
        (30, "not_list"),
        (31, "checkpoint_too_late"),
        (32, "missing_field"),
        (34, "duplicate_key"),
        (34, "unknown_role"),
        (37, "unknown_role"),
        (37, "bad_channel"),
        (37, "unknown_language"),
        (38, "missing_field"),
        (38, "no_approver"),
    ]
    assert read_plan(BROKEN).plan is None


def test_a_role_that_only_approves_is_held_by_somebody() -> None:
    """It is told once: who could approve without it is not asked."""
    text = SMALL.replace("shifts:\n", "  press: {title: Press}\nshifts:\n").replace("[application, commander]", "[press]")
    assert told(text) == [(21, "role_never_held")]
    assert read_plan(text).plan is None


def test_who_may_approve_is_counted_where_the_room_would_ask_them() -> None:
    """Before its first shift a role's people of that shift are asked; two shifts at once count together."""
    early = "shifts:\n  - {name: early, from: 2027-03-15 12:00, to: 2027-03-15 22:00, qa: [daniel]}\n"
    assert told(SMALL.replace("shifts:\n", early)) == []
    aside = "shifts:\n  - {name: aside, from: 2027-03-15 22:00, to: 2027-03-16 14:00, press: [claire]}\n"
    text = SMALL.replace("shifts:\n", f"  press: {{title: Press}}\n{aside}").replace("[application, commander]", "[press, commander]")
    assert told(text) == []


def test_the_room_has_the_name_that_an_audience_may_not_have() -> None:
    for language in LANGUAGES:
        name = Reader(language, "UTC")._("launch-{key}").format(key="small-1")
        text = SMALL.replace("language: fr", f"language: {language}").replace("C0SMALL01", f'"#{name}"')
        assert told(text) == [(32, "room_as_channel")]


def test_bytes_that_are_no_text_are_told_with_their_line() -> None:
    assert told(b"launch:\n  key: caf\xe9\n") == [(2, "not_utf8")]
    assert told("launch: {}".encode("utf-16")) == [(1, "not_utf8")]


def test_a_missing_section_is_told_once_and_its_names_are_taken_on_trust() -> None:
    sections = re.split(r"^(?=\w)", SMALL, flags=re.MULTILINE)
    assert len(sections) == 9
    for section in ("people", "roles", "shifts", "checkpoints"):
        text = "".join(part for part in sections if not part.startswith(f"{section}:"))
        assert [dict(f.facts) for f in read_plan(text).findings if f.severity == "error"] == [{"field": section}]


def test_warnings_leave_a_plan_that_can_be_used() -> None:
    text = SMALL.replace("2027-03-16", "2027-03-29").replace("opens: 2027-03-15 10:00", "opens: 2027-03-28 02:30")
    text = text.replace("2027-03-15", "2027-03-28").replace("29 01:00, to: 2027-03-29 09", "29 00:00, to: 2027-03-29 08")
    read = read_plan(text)
    assert [(f.code, f.severity) for f in read.findings] == [("time_skipped", "warning")]
    assert read.plan is not None
    assert read.plan.room.opens == Moment(at("2027-03-28 01:00"))


@pytest.mark.parametrize("wrong", ["yes", '"warning"'])
def test_after_a_hundred_findings_the_rest_is_counted(wrong: str) -> None:
    people = "".join(f"  p{number:03}: {{name: P{number}, guest: {wrong}}}\n" for number in range(150))
    read = read_plan(SMALL.replace("observers:", f"{people}observers:"))
    assert len(read.findings) == MOST_SAID + 1
    last = read.findings[-1]
    assert (last.code, last.severity, last.facts) == ("too_many_mistakes", "error", {"count": "200"})
    assert read.plan is None


def test_an_error_behind_a_hundred_warnings_is_not_lost() -> None:
    people = "".join(f"  p{number:03}: {{name: P{number}}}\n" for number in range(150))
    read = read_plan(SMALL.replace("observers:", f"{people}observers:").replace("before: dns", "before: dnss"))
    assert {f.severity for f in read.findings[:-1]} == {"warning"}
    assert (read.plan, read.findings[-1].severity) == (None, "error")
