"""One mistake at a time: how to break the small plan so that exactly one thing, and no other, is said."""

from dataclasses import dataclass
from pathlib import Path

from launch.findings import Code

PLANS = Path(__file__).parents[1] / "plans"
SMALL = (PLANS / "small.yaml").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Mistake:
    """`old` → `new` in the small plan, or all of it where `old` is ""; then `code` at `line` and `place`, with at least these `facts`."""

    code: Code
    line: int
    place: str
    old: str
    new: str
    facts: dict[str, str]

    @property
    def text(self) -> str:
        if not self.old:
            return self.new
        assert SMALL.count(self.old) == 1, self.old
        return SMALL.replace(self.old, self.new)


def m(code: Code, line: int, place: str, old: str, new: str, **facts: str) -> Mistake:
    return Mistake(code, line, place, old, new, facts)


OF_FILES = [
    m("too_large", 1, "", "", "# " + "é" * 131_072, limit="256"),
    m("too_many_lines", 5001, "", "", "#\n" * 5001),
    m("line_too_long", 3, "", "key: small-1", "key: small-1 #" + "." * 4000, limit="4000"),
    m("too_dense", 1, "", "", "# a b c d e f g h i j\n" * 4999),
    m("too_dense", 1, "", "", 'launch: "' + "\\t" * 1500 + "\n  " + "\\t" * 1500 + '"'),
    m("too_dense", 1201, "", "", "a:\n" + "- [b, c, d]\n" * 4000),
    m("too_deep", 21, "", "", "\n".join("  " * depth + "a:" for depth in range(25)), limit="20"),
    m("too_deep", 1, "", "", "a: " + "[" * 21 + "]" * 21, limit="20"),
    m("nothing_there", 1, "", "", "# later\n"),
    m("nothing_there", 1, "", "", "--- {}\n"),
    m("control_character", 4, "", "en: Small launch", "en: Small\x07launch", value="U+0007"),
    m("control_character", 4, "", "en: Small launch", "en: Small\u202elaunch", value="U+202E"),
    m("control_character", 4, "launch.name.en", "en: Small launch", 'en: "Small\\0launch"', value="U+0000"),
    m("control_character", 4, "launch.name.en", "en: Small launch", 'en: "Small\\uD800launch"', value="U+D800"),
    m("alias", 6, "", "language: fr", "language: &mine fr"),
    m("alias", 6, "", "language: fr", "language: *mine"),
    m("alias", 6, "", "language: fr", "language: *"),
    m("merge_key", 10, "", "hold: 40m", "<<: {hold: 40m}"),
    m("tag", 6, "", "language: fr", "language: !!str fr"),
    m("tag", 6, "", "language: fr", "language: !<fr"),
    m("directive", 1, "", "# The smallest plan", "%YAML 1.1\n---\n# The smallest plan"),
    m("second_document", 16, "", "observers:", "---\nobservers:"),
    m("duplicate_key", 7, "launch.language", "language: fr\n", "language: fr\n  language: en\n", field="language", first_line="6"),
    m("key_not_text", 6, "", "language: fr", "? [language]\n  : fr"),
    m("key_not_text", 6, "", "language: fr", ": fr"),
    m("tab", 6, "", "  language: fr", "\tlanguage: fr"),
    m("tab", 6, "", "  language: fr", "  language:\t- fr"),
    m("stray_colon", 9, "", "room: {visibility", "room: now: {visibility"),
    m("no_colon", 6, "", "language: fr", "language"),
    m("indentation", 6, "", "  language: fr", " language: fr"),
    m("indentation", 16, "", "observers:", "- observers:"),
    m("open_bracket", 16, "", "[shops@corvane.example]", "[shops@corvane.example"),
    m("open_quote", 28, "", '"Switch the login address"', '"Switch the login address'),
    m("open_quote", 28, "", '"Switch the login address"', '"Switch the \\login address"'),
    m("odd_start", 4, "", "en: Small launch", "en: @Small launch"),
    m("syntax", 1, "", "", 'launch: "\\UFFFFFFFF"'),
]

READERS = "    a%s: {title: A, approvers: [commander, application], channel: C0SOME%s}\n"

ERRORS = "criteria:\n  errors: {go: '< 1', %s}\ncheckpoints:\n"
HEALTH = "criteria: {errors: {go: '< 1'}}\ncheckpoints:\n  - {on: [error], name: health, at: T-2h, answer: 9m, ask: [qa]}\n  - {name: final"

OF_FIELDS = [
    m("unknown_field", 7, "launch.langage", "language: fr", "language: fr\n  langage: fr", field="langage", nearest="language"),
    m("unknown_field", 15, "people.camille.guests", "guest: true", "guests: true", nearest="guest"),
    m("unknown_field", 28, "cutover[0].undo", "at: T-30m}", "at: T-30m, undo: back}", nearest="do"),
    m("unknown_field", 19, "roles.application.approves", "blocking: true", "blocking: true, approves: [customers]", nearest=""),
    m("unknown_field", 14, "people.samira.reach[1].before", "after: 1m", "before: 1m", accepted="call, sms, push, mail, after"),
    m("unknown_field", 10, "launch.limits.problem.all", "duty: 16h", "duty: 16h, problem: {all: 5m}", accepted="total, partial"),
    m("unknown_field", 2, "rollback", "launch:\n", "rollback: {}\nlaunch:\n", nearest=""),
    m("unknown_field", 4, "launch.name.de", "en: Small launch", "de: Kleiner Start", accepted="fr, en"),
    m("missing_field", 2, "launch", "  kind: external\n  language: fr\n", "  kind: external\n", field="language"),
    m("missing_field", 14, "people.samira", "name: Samira Belkacem, ", "", field="name"),
    m("missing_field", 32, "updates.audiences.staff", ", channel: C0SMALL01", "", field="channel"),
    m("missing_field", 25, "checkpoints[0]", "at: T-45m, ", "", field="at"),
    m("missing_field", 26, "checkpoints[1]", "at: 2027-03-16 08:45", "every: 1h, from: T+6h", field="to"),
    m("missing_field", 11, "launch.cover", "people:\n", "  cover: {from: 2027-03-15 22:00}\npeople:\n", field="to"),
    m("missing_field", 25, "criteria.errors", "checkpoints:\n", "criteria:\n  errors: {hold: '> 3'}\ncheckpoints:\n", field="go"),
    m("empty", 5, "launch.kind", "kind: external", "kind:"),
    m("empty", 11, "launch.bridge", "people:\n", "  bridge: {}\npeople:\n"),
    m("empty", 32, "updates.audiences.staff.channel", "channel: C0SMALL01}", "channel: #small-staff\n      }"),
    m("empty", 5, "launch.kind", "kind: external", "kind: ~"),
    m("empty", 5, "launch.kind", "kind: external", 'kind: " "'),
    m("empty", 4, "launch.name", "name: {fr: Petit lancement, en: Small launch}", "name: {}"),
    m("empty", 16, "observers[0]", "[shops@corvane.example]", '[""]'),
    m("not_text", 14, "people.samira.name", "name: Samira Belkacem", "name: [Samira, Belkacem]"),
    m("not_list", 25, "checkpoints[0].on", "on: [smoke test passed]", "on: smoke test passed"),
    m("not_list", 22, "shifts[0].qa", "qa: [camille]", "qa: camille"),
    m("not_mapping", 11, "launch.bridge", "people:\n", "  bridge: in the hall\npeople:\n"),
    m("not_tiers", 26, "checkpoints[1].ask", "ask: [[application]]", "ask: [application, [commander]]"),
    m("not_tiers", 26, "checkpoints[1].ask", "ask: [[application]]", "ask: [[]]"),
    m("not_tiers", 26, "checkpoints[1].ask", "ask: [[application]]", "ask: []"),
    m("not_true_false", 15, "people.camille.guest", "guest: true", "guest: yes", value="yes"),
    m("too_long", 19, "roles.application.title", "title: Application", "title: A" + "p" * 40, limit="40"),
    m(
        "too_many",
        11,
        "launch.links",
        "people:\n",
        f"  links: [{', '.join(['{title: A, url: https://a.example}'] * 9)}]\npeople:\n",
        count="9",
    ),
    m("too_many", 30, "updates.audiences", "    staff: {", "".join(READERS % (n, n) for n in range(19)) + "    staff: {", count="21"),
    m("bad_launch_key", 3, "launch.key", "key: small-1", "key: Small 1", value="Small 1"),
    m("bad_launch_key", 3, "launch.key", "key: small-1", "key: a-launch-of-22-letters"),
    m("bad_launch_key", 3, "launch.key", "key: small-1", "key: small-"),
    m("bad_launch_key", 3, "launch.key", "key: small-1", "key: général"),
    m("bad_key", 26, "checkpoints[1].name", "name: shops", "name: Shops open", value="Shops open"),
    m("bad_key", 15, "people.Léa", "  camille: {", "  Léa: {name: Léa, mail: lea@corvane.example}\n  camille: {", value="Léa"),
    m("bad_mail", 12, "people.claire.mail", "claire@corvane.example", "claire.corvane.example", value="claire.corvane.example"),
    m("bad_mail", 16, "observers[0]", "shops@corvane.example", "shops@corvane"),
    m("bad_slack_id", 13, "people.daniel.slack", "U0DANIEL", '"@daniel"', value="@daniel"),
    m("bad_address", 11, "launch.bridge.video", "people:\n", "  bridge: {video: zoom}\npeople:\n", value="zoom", nearest=""),
    m("bad_address", 11, "launch.bridge.video", "people:\n", "  bridge: {video: a.example/x}\npeople:\n", nearest="https://a.example/x"),
    m("bad_address", 11, "launch.links[0].url", "people:\n", '  links: [{title: A, url: "javascript:a()"}]\npeople:\n', nearest=""),
    m("bad_channel", 31, "updates.audiences.customers.channel", "'#small-news'", "small-news", nearest="#small-news"),
    m("bad_channel", 31, "updates.audiences.customers.channel", "'#small-news'", '"#Small News"', nearest="#small-news"),
    m("bad_channel", 32, "updates.audiences.staff.channel", "C0SMALL01", "U0SMALL01.", value="U0SMALL01.", nearest=""),
    m("secret_not_read", 11, "launch.bridge.video", "people:\n", '  bridge: {video: "secret:URL"}\npeople:\n', value="secret:URL"),
    m("secret_not_read", 11, "launch.bridge.dial_in", "people:\n", "  bridge: {dial_in: secret:TEL}\npeople:\n", value="secret:TEL"),
    m("not_a_secret", 14, "people.samira.reach[1].call", "call: secret:TEL_SAMIRA", 'call: "+33199001234"'),
    m("not_a_secret", 14, "people.samira.reach[1].call", "secret:TEL_SAMIRA", "secret:tel_samira"),
    m("not_a_secret", 25, "criteria.errors.source", "checkpoints:\n", ERRORS % "source: 'http:secret:stats'"),
    m("not_a_way", 14, "people.samira.reach[0]", "reach: [slack, {call", "reach: [pager, {call"),
    m("not_a_way", 14, "people.samira.reach[1]", "{call: secret:TEL_SAMIRA, after: 1m}", "{after: 1m}"),
    m("not_a_way", 14, "people.samira.reach[1]", "{call: secret:TEL_SAMIRA", "{call: secret:TEL, sms: secret:TEL"),
    m("bad_source", 25, "criteria.errors.source", "checkpoints:\n", ERRORS % "source: a dashboard", value="a dashboard"),
    m("bad_limit", 25, "criteria.errors.hold", "checkpoints:\n", ERRORS % "hold: over 3", value="over 3"),
    m("bad_limit", 25, "criteria.errors.hold", "checkpoints:\n", ERRORS % "hold: '> 3 for five minutes'"),
    m("not_a_criterion", 26, "checkpoints[0].on[0]", "checkpoints:\n  - {name: final", HEALTH, value="error", nearest="errors"),
    m("not_one_of", 20, "roles.qa.handover", "absent: [day]", "absent: [day], handover: none", accepted="full, light"),
    m("not_one_of", 5, "launch.kind", "kind: external", "kind: extern", nearest="external", accepted="external, internal"),
    m("not_one_of", 9, "launch.room.visibility", "visibility: private", "visibility: secret", nearest=""),
    m("unknown_language", 13, "people.daniel.lang", "lang: en", "lang: eng", nearest="en", accepted="fr, en"),
    m("unknown_language", 31, "updates.audiences.customers.languages[0]", "languages: [en, fr]", "languages: [eng, fr]", nearest="en"),
]

BASE = "{id: base, do: B, owner: qa, at: T-55m, likely: 15m}"
HOLD = "  holds: [{name: built_in, at: %s, lasts: 10m, why: to breathe}]\npeople:\n"
LATE = SMALL[SMALL.index("[smoke test") : SMALL.index("updates:")]
EVIDENCE = (
    LATE.replace("smoke test passed", "errors")
    .replace("cutover:", "criteria: {errors: {go: '< 1'}}\ncutover:")
    .replace("at: T-30m}", "at: T-30m}\n  - {id: count, do: C, owner: qa, at: T-2h, likely: 1h, worst: 76m, check: errors}")
)

OF_TIMES = [
    m("unknown_zone", 7, "launch.zone", "zone: Europe/Paris", "zone: Europe/Pariss", nearest="Europe/Paris"),
    m("unknown_zone", 7, "launch.zone", "zone: Europe/Paris", "zone: paris", nearest="Europe/Paris"),
    m("unknown_zone", 23, "shifts[1].zone", "name: day, zone: America/Toronto", "name: day, zone: Toronto", nearest="America/Toronto"),
    m("unknown_zone", 26, "checkpoints[1].at", "at: 2027-03-16 08:45", "at: 2027-03-16 08:45 CEST", value="CEST"),
    m("not_a_duration", 10, "launch.limits.hold", "hold: 40m", "hold: 40 min", value="40 min"),
    m("not_a_duration", 25, "checkpoints[0].at", "at: T-45m", "at: T-45", value="45"),
    m("not_above_zero", 10, "launch.limits.page", "grace: 2m", "page: 0m", value="0m"),
    m("not_a_duration", 20, "roles.qa.patience", "absent: [day]", "absent: [day], patience: ten", value="ten"),
    m("not_above_zero", 25, "checkpoints[0].answer", "answer: 10m", "answer: 0m", value="0m"),
    m("too_long_a_time", 10, "launch.limits.hold", "hold: 40m", "hold: 401d", value="401d"),
    m("not_a_moment", 26, "checkpoints[1].at", "at: 2027-03-16 08:45", "at: 08:45", value="08:45"),
    m("not_an_hour", 8, "launch.t0", "t0: 2027-03-16 04:30", "t0: T-0", value="T-0"),
    m("not_an_hour", 22, "shifts[0].from", "from: 2027-03-15 22:00", "from: T-6h", value="T-6h"),
    m("no_such_date", 26, "checkpoints[1].at", "at: 2027-03-16 08:45", "at: 2027-02-29 08:45", value="2027-02-29 08:45"),
    m("time_skipped", 9, "launch.room.opens", "2027-03-15 10:00", "2026-03-29 02:30", taken="2026-03-29 03:00 Europe/Paris", utc="01:00"),
    m("time_twice", 9, "launch.room.opens", "2027-03-15 10:00", "2026-10-25 02:30", value="2026-10-25 02:30", utc="00:30"),
    m("t0_before_the_room", 8, "launch.t0", "opens: 2027-03-15 10:00", "opens: T-0", opens="2027-03-16 04:30 Europe/Paris"),
    m("before_the_room", 25, "checkpoints[0].at", "opens: 2027-03-15 10:00", "opens: T-40m", checkpoint="final"),
    m("checkpoint_too_late", 25, "checkpoints[0].at", "at: T-45m", "at: T-41m", step="dns", closes="2027-03-16 04:01 Europe/Paris"),
    m("checkpoint_too_late", 25, "checkpoints[0].at", "grace: 2m", "grace: 6m", begins="2027-03-16 04:00 Europe/Paris"),
    m("checkpoint_too_late", 25, "checkpoints[0].at", "[[application, qa]]", "[[qa], [application]]", step="dns"),
    m("checkpoint_too_late", 25, "checkpoints[0].at", "at: T-30m}", f"after: [base]}}\n  - {BASE}", begins="2027-03-16 03:50 Europe/Paris"),
    m("not_from_t0", 11, "launch.holds[0].at", "people:\n", HOLD % "2027-03-16 04:00", value="2027-03-16 04:00"),
    m("cover_ends_early", 11, "launch.cover.to", "people:\n", "  cover: {from: 2027-03-15 22:00, to: 2027-03-15 22:00}\npeople:\n"),
    m("at_and_every", 26, "checkpoints[1].at", "at: 2027-03-16 08:45", "at: T+5h, every: 1h, from: T+5h, to: T+6h"),
    m("series_guards", 25, "checkpoints[0].before", "at: T-45m", "every: 1h, from: T-4h, to: T-2h", checkpoint="final"),
    m("series_too_fast", 26, "checkpoints[1].every", "at: 2027-03-16 08:45", "every: 17m, from: T+3h, to: T+5h", answering="17m"),
    m("series_too_long", 26, "checkpoints[1].every", "at: 2027-03-16 08:45", "every: 1h, from: T+3h, to: T+203h", count="201", limit="200"),
    m("series_ends_early", 26, "checkpoints[1].to", "at: 2027-03-16 08:45", "every: 1h, from: T+3h, to: 2027-03-16 06:00"),
    m("step_without_time", 28, "cutover[0]", ", at: T-30m}", "}"),
    m("steps_in_a_circle", 28, "cutover[0].after", "at: T-30m}", "after: [base]}\n  - {id: base, do: B, owner: qa, after: [dns]}"),
    m("steps_in_a_circle", 28, "cutover[0].after", "at: T-30m}", "at: T-30m, after: [dns]}", steps="dns → dns"),
    m("worst_is_better", 28, "cutover[0].worst", "at: T-30m}", "at: T-30m, likely: 10m, worst: 9m}", step="dns"),
    m(
        "step_too_early",
        28,
        "cutover[0].at",
        "at: T-30m}",
        "at: T-30m, after: [base]}\n  - {id: base, do: B, owner: qa, at: T-1h, likely: 31m}",
        other="base",
        ends="2027-03-16 04:01 Europe/Paris",
    ),
    m("before_its_evidence", 25, "checkpoints[0].on[0]", LATE, EVIDENCE, step="count", ends="2027-03-16 03:46 Europe/Paris"),
]

SECOND = "  - {name: %s, at: T-2h, answer: 10m, ask: [[%s]]}\ncutover:"

HOLDS = HOLD.replace("}]", "},\n    {name: built_in, at: T-2h, lasts: 5m, why: again}]") % "T-3h"

OF_NAMES = [
    m("duplicate_name", 27, "checkpoints[2].name", "cutover:", SECOND % ("final", "qa"), value="final", first_line="25"),
    m(
        "duplicate_name",
        29,
        "cutover[1].id",
        "owner: application, at: T-30m}",
        "owner: qa, at: T-30m}\n  - {id: dns, do: D, owner: qa, at: T-0}",
    ),
    m("duplicate_mail", 14, "people.samira.mail", "samira@corvane.example", "Claire@corvane.example", person="claire"),
    m("duplicate_slack", 14, "people.samira.slack", "mail: samira@corvane.example", "slack: U0DANIEL", person="daniel"),
    m("same_person_name", 14, "people.samira.name", "Samira Belkacem", "Claire Aubrac", person="claire"),
    m("role_word_taken", 20, "roles.qa.title", "en: Test director", "en: APP", value="APP", role="application"),
    m("role_word_taken", 20, "roles.qa.aliases[1]", "absent: [day]", "absent: [day], aliases: [qa, application]", role="application"),
    m("named_twice", 23, "shifts[1].application[1]", "[camille, samira]", "[camille, camille]", value="camille"),
    m("named_twice", 25, "checkpoints[0].ask[0][2]", "[[application, qa]]", "[[application, qa, application]]"),
    m("unreachable", 15, "people.camille", "mail: camille@corvane.example, ", "", person="camille"),
    m("unknown_person", 22, "shifts[0].qa[0]", "qa: [camille]", "qa: [camile]", value="camile", nearest="camille"),
    m("unknown_role", 28, "cutover[0].owner", "owner: application", "owner: aplication", nearest="application"),
    m("unknown_role", 25, "checkpoints[0].ask[0][1]", "[[application, qa]]", "[[application, press]]", nearest=""),
    m("unknown_role", 22, "shifts[0].qua", "qa: [camille]", "qua: [camille]", nearest="qa"),
    m("unknown_role", 23, "shifts[1].zon", "day, zone: America/Toronto", "day, zon: [samira]", nearest="zone"),
    m(
        "unknown_role",
        31,
        "updates.audiences.customers.approvers[1]",
        "[commander, application]",
        "[commander, aplication]",
        nearest="application",
    ),
    m("not_invitable", 9, "launch.room.invite", "invite: all on duty", "invite: everybody", nearest=""),
    m("not_invitable", 9, "launch.room.invite[1]", "invite: all on duty", "invite: [qa, aplication]", nearest="application"),
    m("unknown_shift", 20, "roles.qa.absent[0]", "absent: [day]", "absent: [daytime]", accepted="night, day"),
    m("unknown_step", 28, "cutover[0].after[0]", "at: T-30m}", "at: T-30m, after: [dnss]}", value="dnss"),
    m("unknown_role", 28, "cutover[0].with[0]", "at: T-30m}", "at: T-30m, with: [qaa]}", nearest="qa"),
    m("named_twice", 28, "cutover[0].with[0]", "at: T-30m}", "at: T-30m, with: [application]}", value="application"),
    m("unknown_person", 28, "cutover[0].backup", "at: T-30m}", "at: T-30m, backup: camile}", nearest="camille"),
    m("unknown_role", 25, "criteria.errors.source", "checkpoints:\n", ERRORS % "source: asked of support", value="support"),
    m("unknown_role", 20, "roles.qa.levels[1]", "absent: [day]", "absent: [day], levels: [qa, vendor]", value="vendor"),
    m("unknown_shift", 20, "roles.qa.standby_outside[0]", "absent: [day]", "absent: [day], standby_outside: [nights]", nearest="night"),
    m("unknown_shift", 20, "roles.qa.standby_in[0]", "absent: [day]", "absent: [day], standby_in: [evening]", value="evening"),
    m("named_twice", 25, "checkpoints[0].ask[1][0]", "T-45m, answer: 10m, ask: [[application, qa]]", "T-2h, answer: 9m, ask: [[qa], [qa]]"),
    m("duplicate_name", 12, "launch.holds[1].name", "people:\n", HOLDS, value="built_in", first_line="11"),
    m("room_as_channel", 9, "launch.room.observers_channel", "all on duty}", "all on duty, observers_channel: '#lancement-small-1'}"),
    m("same_channel", 9, "launch.room.observers_channel", "all on duty}", "all on duty, observers_channel: '#small-news'}"),
    m("unknown_step", 25, "checkpoints[0].before", "before: dns", "before: dnss", nearest="dns", accepted="dns"),
    m("no_commander", 17, "roles", ", decides: true", ""),
    m("two_commanders", 19, "roles.application.decides", "blocking: true", "blocking: true, decides: true", roles="commander, application"),
    m("same_channel", 32, "updates.audiences.staff.channel", "C0SMALL01", '"#small-news"', channel="#small-news", audience="customers"),
    m("room_as_channel", 32, "updates.audiences.staff.channel", "C0SMALL01", '"#lancement-small-1"', value="#lancement-small-1"),
]

WIPE = "at: T-30m}\n  - {id: wipe, do: W, owner: application, at: T+55m, likely: 5m, irreversible: true}"

OF_DUTY = [
    m("shift_ends_early", 22, "shifts[0].to", "to: 2027-03-16 06:00", "to: 2027-03-15 06:00", shift="night"),
    m("shift_ends_early", 22, "shifts[0].to", "to: 2027-03-16 06:00", "to: 2027-03-15 22:00"),
    m("shifts_overlap", 23, "shifts[1].from", "from: 2027-03-16 01:00", "from: 2027-03-16 00:59", shift="night", first_line="22"),
    m("shifts_overlap", 23, "shifts[1].from", "to: 2027-03-16 06:00", "to: 2027-03-16 06:01", roles="commander, application"),
    m("nobody_named", 23, "shifts[1].application", "application: [camille, samira]", "application: []", role="application"),
    m("empty_shift", 23, "shifts[1]", ", commander: [daniel], application: [camille, samira]", "", shift="day"),
    m("absent_but_held", 22, "shifts[0].qa", "absent: [day]", "absent: [day, night]", role="qa", shift="night"),
    m("no_second", 23, "shifts[1].application", "[camille, samira]", "[camille]", role="application", shift="day"),
    m("role_never_held", 20, "roles.qa", ", qa: [camille]", "", role="qa"),
    m("role_unused", 21, "roles.press", "shifts:", "  press: {title: Press}\nshifts:", role="press"),
    m(
        "nobody_on_shift",
        26,
        "checkpoints[1].ask[0][0]",
        "[daniel], application: [camille, samira]",
        "[daniel, claire]",
        role="application",
        checkpoint="shops",
    ),
    m("no_commander_on_shift", 26, "checkpoints[1].ask[0]", "commander: [daniel], ", "", checkpoint="shops"),
    m("planned_gap", 26, "checkpoints[1].ask[0][1]", "ask: [[application]]", "ask: [[application, qa]]", role="qa", checkpoints="shops"),
    m(
        "hole_in_cover",
        24,
        "shifts[1].to",
        "people:\n",
        "  cover: {from: 2027-03-15 22:00, to: 2027-03-16 16:00}\npeople:\n",
        roles="application",
        starts="2027-03-16 14:00 Europe/Paris",
    ),
    m("asked_near_edge", 26, "checkpoints[1].at", "at: 2027-03-16 08:45", "at: 2027-03-16 06:30", edge="2027-03-16 06:00 Europe/Paris"),
    m("asked_near_edge", 26, "checkpoints[1].at", "08:45, answer: 15m", "05:00, answer: 28m", roles="application"),
    m("asked_near_edge", 26, "checkpoints[1].every", "at: 2027-03-16 08:45", "every: 20m, from: T+1h, to: T+4h", more="3"),
    m("step_near_edge", 29, "cutover[1].at", "at: T-30m}", WIPE, step="wipe", edge="2027-03-16 06:00 Europe/Paris"),
    m("slack_only_at_night", 15, "people.camille", ", reach: [slack, {push: secret:PUSH_CAMILLE, after: 0m}]", "", shifts="day"),
    m("one_night", 23, "shifts[1].application", "[camille, samira]", "[camille, claire]", zone="Europe/Paris"),
    m("long_duty", 23, "shifts[1].application", "duty: 16h", "duty: 15h59m", person="camille", limit="15h59m"),
    m("no_approver", 32, "updates.audiences.staff.approvers", "[application, commander]", "[]"),
    m("lone_approver", 32, "updates.audiences.staff.approvers", "[application, commander]", "[commander]", shifts="day"),
    m("lone_approver", 32, "updates.audiences.staff.approvers", "[application, commander]", "[qa]", shifts="night, day"),
]

MISTAKES = [*OF_FILES, *OF_FIELDS, *OF_TIMES, *OF_NAMES, *OF_DUTY]
