"""Every no about a checkpoint, with what would be accepted."""

from collections.abc import Callable

from bot.views import spoken
from bot.views.checkpoints import answers_end
from bot.views.countdown import when
from bot.views.no import No
from bot.views.rounds import named
from launch.state import Decision


def called(no: No) -> str:
    """The checkpoint of a no, as sentences name it."""
    poll = no.launch.polls.get(no.facts["checkpoint"])
    if poll:
        return named(no.launch, poll, poll.round).called(no.reader)
    return spoken.called(no.launch.checkpoints[no.facts["checkpoint"]], no.reader)


def no_such_checkpoint(no: No) -> str:
    names = ", ".join(no.launch.plan.checkpoints)
    return no.say(no._("There is no checkpoint “{checkpoint}” here. There are: {names}."), names=names)


def not_asked_yet(no: No) -> str:
    time = when(no.launch, no.launch.checkpoints[no.facts["checkpoint"]].at).written(no.reader)
    sentence = no._("{checkpoint} is not asked yet. Planned: {time}. /launch checkpoint {checkpoint} shows it, and can ask it now.")
    return no.say(sentence, time=time)


def already_asked(no: No) -> str:
    sentence = no._("{checkpoint} was asked already. After the count, whoever decides, now {people}, can ask again.")
    return no.say(sentence, checkpoint=called(no), people=no.commanders)


def still_asking(no: No) -> str:
    poll = no.launch.polls[no.facts["checkpoint"]]
    time = no.reader.moment(answers_end(no.launch.plan, poll, no.launch.checkpoints[poll.checkpoint].answer))
    sentence = no._("{checkpoint} is being answered, at least until {time}. It is decided after the count.")
    return no.say(sentence, checkpoint=called(no), time=time)


def answers_are_closed(no: No) -> str:
    sentence = no._("The answers to {checkpoint} are counted and can no longer change. Whoever decides, now {people}, can ask again.")
    return no.say(sentence, checkpoint=called(no), people=no.commanders)


def asked_again(no: No) -> str:
    return no.say(no._("{checkpoint} was asked again since. Please use the newest message about it."), checkpoint=called(no))


def already_decided(no: No) -> str:
    kind = no.launch.checkpoints[no.facts["checkpoint"]].kind
    made = spoken.decision(Decision(no.facts["decision"]), kind, no.reader)
    sentence = no._("{person} has already decided this: {decision}. You can decide the other way, or ask again.")
    return no.say(sentence, person=no.person(no.facts["person"]), decision=made)


def step_has_begun(no: No) -> str:
    step = spoken.step(no.launch.plan, no.launch.checkpoints[no.facts["checkpoint"]], no.reader)
    return no.say(no._("“{step}” was allowed and its time has come, so {checkpoint} is behind us. /launch hold stops T."), step=step)


# --- answers -----------------------------------------------------------------------------------------------------------


def not_your_vote(no: No) -> str:
    sentence = no._("The answer for {role} comes from whoever is on duty for it: now {person}.")
    return no.say(sentence, role=no.role(no.facts["role"]), person=no.person(no.facts["person"]))


def role_not_asked(no: No) -> str:
    asked = ", ".join(no.role(role) for role in no.launch.checkpoints[no.facts["checkpoint"]].ask)
    sentence = no._("{checkpoint} does not ask {role}. It asks: {asked}.")
    return no.say(sentence, checkpoint=called(no), role=no.role(no.facts["role"]), asked=asked)


def not_asked_yet_tier(no: No) -> str:
    """Their turn comes after others."""
    poll = no.launch.polls[no.facts["checkpoint"]]
    asked = ", ".join(no.role(role) for role in no.launch.checkpoints[poll.checkpoint].tiers[poll.tier])
    sentence = no._("{checkpoint} does not ask {role} yet. Asked first: {asked}.")
    return no.say(sentence, checkpoint=called(no), role=no.role(no.facts["role"]), asked=asked)


def nobody_on_duty(no: No) -> str:
    sentence = no._("Nobody is on duty for {role}, so nobody can have answered for it.")
    return no.say(sentence, role=no.role(no.facts["role"]))


def no_such_answer(no: No) -> str:
    return no.say(no._("{checkpoint} is answered with GO or NO-GO: to roll back is decided, not answered, there."), checkpoint=called(no))


def not_your_words(no: No) -> str:
    sentence = no._("Only whoever is said to have answered for {role} can say that it is not what they said.")
    return no.say(sentence, role=no.role(no.facts["role"]))


def only_scribe(no: No) -> str:
    scribes = [no.role(role.key) for role in no.launch.plan.roles.values() if role.scribe]
    if not scribes:
        return no.say(no._("What was spoken is written down by whoever commands: now {people}."), people=no.commanders)
    sentence = no._("What was spoken is written down by whoever commands, now {people}, or is on duty for {roles}.")
    return no.say(sentence, people=no.commanders, roles=", ".join(scribes))


def objection_over(no: No) -> str:
    if no.facts["person"]:
        sentence = no._("Nothing is to be done about it any more: {person} has seen to it.")
        return no.say(sentence, person=no.person(no.facts["person"]))
    return no._("It was decided otherwise, or asked again, since: nothing is to be done about it any more.")


def question_needed(no: No) -> str:
    return no._("Please write the question, in a few words.")


def roles_needed(no: No) -> str:
    return no._("Please choose at least one role.")


NOES: dict[str, Callable[[No], str]] = {
    "already_asked": already_asked,
    "already_decided": already_decided,
    "answers_are_closed": answers_are_closed,
    "asked_again": asked_again,
    "no_such_answer": no_such_answer,
    "no_such_checkpoint": no_such_checkpoint,
    "nobody_on_duty": nobody_on_duty,
    "not_asked_yet": not_asked_yet,
    "not_asked_yet_tier": not_asked_yet_tier,
    "not_your_vote": not_your_vote,
    "not_your_words": not_your_words,
    "objection_over": objection_over,
    "only_scribe": only_scribe,
    "question_needed": question_needed,
    "role_not_asked": role_not_asked,
    "roles_needed": roles_needed,
    "step_has_begun": step_has_begun,
    "still_asking": still_asking,
}
