"""What the bot wrote, by its markers; and what a maintainer may do to it."""

from collections.abc import Iterable, Mapping
from typing import Any

from stanch.adapters.pull_reader import ARTIFACT
from stanch.core.marker import marker_of
from stanch.core.own_workflows import PROOF_WORKFLOW
from stanch.sandbox import comments
from stanch.sandbox.records import Comment, Issue
from stanch.sandbox.rights import BOT, Caller
from stanch.sandbox.verbs import Stage, Unknown, Verb
from tests.gated import archive


def key_in(body: str | None) -> list[str]:
    """The key at the top of a body, if there is one."""
    marker = marker_of(body or "")
    return [marker.key] if marker else []


def is_card(key: str) -> bool:
    return key.endswith("/card")


def is_first_reminder(key: str) -> bool:
    """Whether it is needless once the second one is due: a look at that time says only the second."""
    return "/update/" in key and key.endswith("/1")


def outrun_steps(keys: Iterable[str]) -> set[str]:
    """The steps of an escalation that are needless once a later one was given: a look at that time says only that."""
    newest: dict[str, str] = {}
    steps = [key for key in keys if "/escalate/" in key]
    for key in sorted(steps, key=_place):
        newest[key.rpartition("/")[0]] = key
    return set(steps) - set(newest.values())


def _place(key: str) -> float:
    """The last step is named, the others are counted."""
    name = key.rpartition("/")[2]
    return float(name) if name.isdecimal() else float("inf")


def comments_by_key(issue: Issue) -> dict[str, list[Comment]]:
    """The bot's comments on a thread, oldest first, those of no key under an empty one."""
    found: dict[str, list[Comment]] = {}
    for comment in issue.comments:
        if comment.author == BOT:
            found.setdefault((key_in(comment.body) or [""])[0], []).append(comment)
    return found


def picked(stage: Stage, wish: Mapping[str, Any]) -> Comment:
    """The card, or the nth notice in the order of the kinds; Unknown when the bot wrote none yet."""
    found = comments_by_key(stage.me.repo.issues[stage.number(wish)])
    card = wish["what"] == "card"
    kept = found.keys() - outrun_steps(found)
    keys = sorted(key for key in kept if is_card(key) == card and not is_first_reminder(key))
    if not keys:
        raise Unknown(wish["what"])
    return found[keys[wish.get("nth", 0) % len(keys)]][0]


def _comments_and_a_workflow_reacts(stage: Stage, wish: Mapping[str, Any]) -> int:
    """Somebody comments, and another workflow of the repository, whose token is the bot's, reacts at once."""
    made = stage.me.comments(stage.number(wish), wish["text"])
    comments.react(stage.world, stage.me.repo, Caller(BOT), made, wish["reaction"])
    return made


def _proves(stage: Stage, wish: Mapping[str, Any]) -> int:
    """The proof's job runs on the head, and finds that the test fails before and passes after."""
    head = stage.head(wish)
    kept = archive(stage.me.commit(head), stage.me.repo.head)
    run = stage.me.starts_run(head, PROOF_WORKFLOW, checks=("prove",))
    stage.me.finishes_run(run, "success", artifacts={ARTIFACT: kept})
    return run


VERBS: Mapping[str, Verb] = {
    "proves": _proves,
    "deletes the bot's": lambda stage, wish: stage.me.deletes_comment(picked(stage, wish).id),
    "makes the bot say": lambda stage, wish: stage.me.edits_comment(
        (comment := picked(stage, wish)).id, comment.body.replace(wish["instead of"], wish["text"])
    ),
    "comments, and a workflow reacts": _comments_and_a_workflow_reacts,
    "edits the bot's": lambda stage, wish: stage.me.edits_comment(
        (comment := picked(stage, wish)).id, comment.body + "\n\nedited by hand"
    ),
}
