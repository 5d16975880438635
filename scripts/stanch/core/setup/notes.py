"""What a team should know of what was found and of what is missing: kinds and names; the words come later."""

from collections.abc import Iterator

from stanch.core.config_problems import CONFIG_PATH
from stanch.core.setup.choices import Choices, proposed_labels
from stanch.core.setup.found import Found, Policy, Rules
from stanch.core.setup.severities import unheard
from stanch.core.setup.surroundings import PROOF, lookalikes, steps, waited_for
from stanch.core.setup.upgrade import Fate, Upgrade

Note = dict[str, object]


def _note(kind: str, *names: str) -> Note:
    return {"kind": kind, "names": list(names)}


def known(found: Found) -> tuple[Note, ...]:
    """What was found, in the order in which a reader wants it."""
    around = lookalikes(found.environments or ())
    told = [
        _note("production", found.production) if found.gate.branch else _note("branch", found.branch),
        *([_note("private" if found.private else "public")] if found.private is not None else ()),
        _note("tests", *found.suites) if found.suites else _note("no_tests"),
        _note("waited", *(name for name in waited_for(found.workflows) if name != PROOF)),
    ]
    told += [_note(f"{kind}_named", *names) for kind, names in around.items()]
    return tuple(told)


def missing(found: Found, choices: Choices, done: Upgrade) -> tuple[Note, ...]:
    """What is not there yet, or could not be told: the gravest first."""
    return (
        *_in_the_way(found),
        *([_note("visibility")] if found.private is None else ()),
        *(_undecided(found, choices) if _decides(done) else ()),
        *_of_the_gate(found, choices),
        _note("runbooks"),
        *([_note("theirs", *(one.path for one in done.of(Fate.THEIRS)))] if done.of(Fate.THEIRS) else ()),
        _note("notices"),
    )


def _in_the_way(found: Found) -> Iterator[Note]:
    if found.policy in {Policy.LOCAL, Policy.SELECTED}:
        yield _note("policy", found.policy.value)
    if found.policy is None and found.name:
        yield _note("policy_unknown")


def _decides(done: Upgrade) -> bool:
    """Whether the configuration is as Stanch wrote it, so that what was answered is all that is decided."""
    return any(one.path == CONFIG_PATH for one in done.of(Fate.ADD, Fate.REPLACE, Fate.SAME))


def _undecided(found: Found, choices: Choices) -> Iterator[Note]:
    if not choices.people:
        yield _note("owners" if found.owners else "nobody")
    if not choices.zone:
        yield _note("zone")
    if choices.clients is None:
        yield _note("clients")
    if not choices.labels and (proposed := proposed_labels(found)):
        yield _note("labels", *(label for labels in proposed.values() for label in labels))
    if quiet := unheard(choices.labels):
        yield _note("listen", *quiet)
    if not found.suites:
        yield _note("proof")


def _of_the_gate(found: Found, choices: Choices) -> Iterator[Note]:
    if found.suites and steps(found, choices.prepare):
        yield _note("prepare")
    if found.environments is not None and not _deploys(found):
        yield _note("production")
    told = {None: "rules_unknown", Rules.NO_PLAN: "rules_no_plan", Rules.NONE: "rules", Rules.REVIEWED: "rules_status"}
    if found.rules is not Rules.REQUIRED:
        yield _note(told[found.rules])


def _deploys(found: Found) -> bool:
    names = {name.lower() for name in found.environments or ()}
    return "production" in names or bool(lookalikes(names).get("production"))
