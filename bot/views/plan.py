"""What is wrong or doubtful in a plan file, in sentences: what stands there, in which line, and what would be accepted."""

from collections.abc import Callable

from bot.views.locale import Reader
from launch.findings import Code, Finding

Say = Callable[[str], str]


def sentence(finding: Finding, reader: Reader) -> str:
    """One finding on one line, as plain text: what people wrote in the file stands in it as it is."""
    said = sentences(reader)[finding.code].format(**finding.facts)
    hint = reader._("Did you mean “{nearest}”?").format(**finding.facts) if finding.facts.get("nearest") else ""
    more = reader._("The same at other times of this checkpoint: {more}.").format(**finding.facts) if "more" in finding.facts else ""
    return " ".join(part for part in (_where(finding, reader), said, hint, more) if part)


def _where(finding: Finding, reader: Reader) -> str:
    """Where to look, and whether the plan can be used all the same."""
    if not finding.place:
        return reader._("Line {line}:").format(line=finding.line)
    is_error = finding.severity == "error"
    where = reader._("Line {line}, {place}:") if is_error else reader._("Line {line}, {place}, only a warning:")
    return where.format(line=finding.line, place=finding.place)


def sentences(reader: Reader) -> dict[Code, str]:
    """The sentence of every code; its placeholders are the facts of the finding."""
    _ = reader._
    return {**_of_files(_), **_of_fields(_), **_of_times(_), **_of_names(_), **_of_duty(_), **_of_nights(_)}


def _of_files(_: Say) -> dict[Code, str]:
    return {
        "too_large": _("The file is larger than {limit} KB. Take out what the launch does not need."),
        "too_many_lines": _("The file has more than {limit} lines. Take out what the launch does not need."),
        "line_too_long": _("This line is longer than {limit} characters. Break it into several."),
        "too_dense": _("The file holds more words, entries or escaped signs than a plan can need. Take out what the launch does not need."),
        "too_deep": _("Lists and groups lie more than {limit} deep in each other. A plan needs five levels at most."),
        "not_utf8": _("There is something here that is not UTF-8 text. Save the file as UTF-8."),
        "nothing_there": _("The file holds no plan. Begin with a copy of examples/corvane_id.yaml."),
        "too_many_mistakes": _("{count} more findings, from here on, are not shown. Mend those above, then check again."),
        "alias": _(
            "A text that begins with & or * refers to another place, which a plan cannot do. Write out what is meant, or quote the text."
        ),
        "merge_key": _("“<<” copies fields from another place, which a plan cannot do. Write the fields out."),
        "tag": _("A text that begins with ! instructs the reader of the file, which a plan cannot do. Take it away, or quote the text."),
        "directive": _(
            "A line that begins with a percent sign instructs the reader of the file, which a plan cannot do. Take the line away."
        ),
        "second_document": _("A second document begins here, after “---”. Keep one plan in a file."),
        "duplicate_key": _("“{field}” already stands in line {first_line}. Keep one of the two."),
        "key_not_text": _("A field has no name here, or a list for a name. Write “name: value”."),
        "control_character": _("There is a character here that cannot be seen ({value}). Delete it, or type the text anew."),
        "tab": _("A tab cannot indent a line. Use spaces."),
        "stray_colon": _(
            "This colon makes a field where none can be. Quote a text that holds a colon and a space, or mend the indentation."
        ),
        "no_colon": _("A field begins here and its colon does not come. Write “name: value”, with a space behind the colon."),
        "indentation": _(
            "This line does not fit those above it. Begin all fields of a group in the same column, and each item of a list with “- ”."
        ),
        "open_bracket": _("A bracket opens here that is not closed, or a comma is missing inside it. Write [one, another]."),
        "open_quote": _(
            "A quotation mark opens here that is not closed, or a backslash follows it. Close it, and write \\\\ for a backslash."
        ),
        "odd_start": _("A text cannot begin with @, ` or a percent sign. Quote it."),
        "syntax": _("This cannot be read as YAML. Compare it with the lines around it, and quote a text that holds signs."),
    }


def _of_fields(_: Say) -> dict[Code, str]:
    return {
        "unknown_field": _("There is no field “{field}” here. Known: {accepted}."),
        "missing_field": _("The field “{field}” is missing. Add it."),
        "empty": _("Nothing is written here. Fill it in (a text that begins with # is quoted), or take it away."),
        "not_text": _("There is a list here, or fields. Write a text."),
        "not_list": _("There is no list here. Write [one, another]."),
        "not_mapping": _("There are no fields here. Write each as “name: value”."),
        "not_tiers": _("This is neither a list of roles nor a list of tiers. Write [network, qa] or [[application, network], [qa]]."),
        "not_true_false": _("“{value}” says neither yes nor no. Write true or false."),
        "too_long": _("“{value}” is longer than {limit} characters. Shorten it."),
        "too_many": _("There are {count} entries here, and room for {limit}. Take out those that matter least."),
        "bad_launch_key": _(
            "“{value}” cannot name a channel. Use 2 to 21 small letters, digits and hyphens, with a letter first: corvane-id."
        ),
        "bad_key": _(
            "“{value}” is not a name that can be typed. Use up to 40 small letters without accents, digits, - and _, with a letter first."
        ),
        "bad_mail": _("“{value}” is not a mail address. Write it like name@example.com."),
        "bad_slack_id": _("“{value}” is not the id of a Slack member. It stands in their profile and looks like U012AB3CD."),
        "bad_address": _("“{value}” is not the address of a page. Write it like https://example.com/page."),
        "bad_channel": _("“{value}” is not a channel. Write its name in quotes, like “#customers”, or its id, like C012AB3CD."),
        "secret_not_read": _("“{value}” names a secret, and this version reads none. Write what it stands for, or take the line away."),
        "not_a_secret": _("A number or an address is not written in the plan. Write the name of a secret, like secret:TEL_LEA."),
        "not_a_way": _("This is no way to reach somebody. Write slack, or call, sms, push or mail with a secret: “call: secret:TEL_LEA”."),
        "bad_source": _("“{value}” is not a source. Write prometheus:…, http:…, csv:…, or asked of and a role: asked of support."),
        "bad_limit": _("“{value}” is not a threshold. Write one of < <= > >= = <>, a number, and perhaps for how long: “> 3 for 5m”."),
        "not_a_criterion": _("“{value}” is not the key of a criterion, and is taken as words. Write the key, or words with a space."),
        "not_one_of": _("“{value}” is not accepted here. Accepted: {accepted}."),
        "unknown_language": _("“{value}” is not a language of this room. Accepted: {accepted}."),
    }


def _of_times(_: Say) -> dict[Code, str]:
    return {
        "unknown_zone": _("“{value}” is not a time zone. Write continent and city, like Europe/Paris, or UTC."),
        "not_a_duration": _("“{value}” is not a duration. Write 10m, 3h, 1h30m or 2d."),
        "not_above_zero": _("“{value}” leaves no time. Write a duration above zero, like 10m."),
        "too_long_a_time": _("“{value}” is longer than 400 days. Write a shorter duration."),
        "not_a_moment": _("“{value}” is not a time. Write 2027-03-16 04:30, or T-45m for 45 minutes before T-0."),
        "not_an_hour": _("“{value}” is counted from T-0, which cannot be here. Write a date and an hour, like 2027-03-16 04:30."),
        "no_such_date": _("There is no “{value}”. Check the year (2000 to 2099), the month, the day, and the hour (00:00 to 23:59)."),
        "time_skipped": _("The clocks skip {value} on that day. It is taken as {taken} ({utc} UTC). Write that, or the time you mean."),
        "time_twice": _(
            "The clocks show {value} twice on that day. The first is taken, {utc} UTC. If you mean the second, write it in UTC."
        ),
        "t0_before_the_room": _("T-0 does not come after the room opens, {opens}. Move one of the two."),
        "before_the_room": _("“{checkpoint}” is asked before the room opens, {opens}. Move one of the two."),
        "checkpoint_too_late": _(
            "Answers may come until {closes}, but “{step}” begins {begins}. Ask earlier, or give less time for the answer."
        ),
        "not_from_t0": _("“{value}” is not counted from T-0. A planned hold moves with T: write T-30m."),
        "cover_ends_early": _("The cover does not end after it begins. Check the dates."),
        "at_and_every": _("A checkpoint is asked once (“at”) or again and again (“every”, “from”, “to”). Take one of the two away."),
        "series_guards": _("“{checkpoint}” comes again and again and can hold up no step. Take “before” away, or ask once."),
        "series_too_fast": _("It comes again after {every}, while its answers may take {answering}. Ask less often, or give less time."),
        "series_too_long": _("It would be asked {count} times. Ask {limit} times at most: less often, or not so long."),
        "series_ends_early": _("“{checkpoint}” is over before it is first asked. Check “from” and “to”."),
        "step_without_time": _("Nothing says when this step begins. Write “at”, or “after” with the steps it comes after."),
        "steps_in_a_circle": _("These steps wait for one another: {steps}. Take one “after” away."),
        "worst_is_better": _("“{step}” takes less at worst than it is likely to. Write the longer time under “worst”."),
        "step_too_early": _("“{step}” begins {begins}, but “{other}”, which it comes after, likely ends {ends}. Move one of the two."),
        "before_its_evidence": _(
            "“{checkpoint}” looks at “{criterion}” {at}, but at worst “{step}” proves it {ends}. Ask later, or begin the steps earlier."
        ),
    }


def _of_names(_: Say) -> dict[Code, str]:
    return {
        "duplicate_name": _("“{value}” is the name of what stands in line {first_line}. Find another."),
        "duplicate_mail": _("{value} is also the address of “{person}”. Give each their own, or keep one of the two."),
        "duplicate_slack": _("{value} is also the Slack id of “{person}”. Give each their own, or keep one of the two."),
        "same_person_name": _("“{value}” is also the name of “{person}”. If they are two people, add what tells them apart."),
        "role_word_taken": _("“{value}” already means the role “{role}”. Find a word that means this role only."),
        "named_twice": _("“{value}” stands here twice. Take one away."),
        "unreachable": _(
            "“{person}” has neither mail nor slack: nothing sent in Slack will reach them. Add one of the two if there is one."
        ),
        "unknown_person": _("Nobody under people is called “{value}”. Known: {accepted}."),
        "unknown_role": _("There is no role “{value}”. Known: {accepted}."),
        "not_invitable": _("“{value}” invites nobody. Accepted: {accepted}."),
        "unknown_shift": _("There is no shift “{value}”. Known: {accepted}."),
        "unknown_step": _("There is no step “{value}” under cutover. Known: {accepted}."),
        "no_commander": _("No role decides. Write “decides: true” for the one that commands the launch."),
        "two_commanders": _("Several roles decide: {roles}. Keep “decides: true” for the one that commands the launch."),
        "same_channel": _(
            "{channel} is also the channel of the audience “{audience}”. Give each its own, unless both are meant to see all texts."
        ),
        "room_as_channel": _("{value} is the room of the launch itself. Name the channel in which this audience reads."),
    }


def _of_duty(_: Say) -> dict[Code, str]:
    return {
        "shift_ends_early": _("“{shift}” does not end after it begins. Check the dates, and whether the zone is that of the hours."),
        "shifts_overlap": _(
            "This shift begins before “{shift}” (line {first_line}) is over, and both hold: {roles}. Let one end where the other begins."
        ),
        "nobody_named": _("Nobody is named for “{role}”. Name somebody, or take the line away."),
        "empty_shift": _("Nobody is on duty in “{shift}”. Write each role with its people: “network: [lea, yann]”."),
        "absent_but_held": _("“{role}” has people in “{shift}”, where the role itself is absent. Take one of the two away."),
        "no_second": _("Only one person holds “{role}” in “{shift}”, and its no stops the launch. Name a second one, to step in."),
        "role_never_held": _("“{role}” has work in this plan and no people in any shift. Name them in the shifts."),
        "role_unused": _("“{role}” is neither asked nor held by anybody. Take it away, or give it people and questions."),
        "nobody_on_shift": _(
            "Nobody holds “{role}” when “{checkpoint}” asks it, {at}. Move the checkpoint, or add a shift with somebody for it."
        ),
        "no_commander_on_shift": _(
            "Nobody holds “{role}” when “{checkpoint}” is asked, {at}: nobody could decide. Move the checkpoint, or add a shift."
        ),
        "planned_gap": _(
            "“{role}” is asked while it is absent by plan, and will not answer: {checkpoints}. Ask it at another time, or not at all."
        ),
        "no_approver": _("No role approves these texts. Name one or more: [comms, commander]."),
        "lone_approver": _(
            "Fewer than two people can approve texts for “{audience}” in: {shifts}. Nobody approves their own: name more people, or roles."
        ),
    }


def _of_nights(_: Say) -> dict[Code, str]:
    return {
        "hole_in_cover": _("Nobody holds {roles} from {starts} to {ends}. Name people, or say under “absent” that it is meant."),
        "asked_near_edge": _(
            "“{checkpoint}” asks at {at}, and these roles change hands at {edge}: {roles}. Leave more than half an hour between the two."
        ),
        "step_near_edge": _(
            "“{step}” cannot be undone and begins {at}, but “{role}”, its owner, changes hands {edge}. Leave over half an hour between."
        ),
        "slack_only_at_night": _(
            "“{person}” is on duty in their own night ({shifts}) and is reached in Slack only. Add a call to “reach”, or somebody awake."
        ),
        "one_night": _("All who hold “{role}” in “{shift}” have their night in it (clocks of {zone}). Name somebody who lives elsewhere."),
        "long_duty": _("“{person}” is on duty from {starts} to {ends} without a break: more than {limit}. Let somebody else take a shift."),
    }
