"""What two worlds must agree on: everything that a person sees, without ids, instants of the bot's own and copies.

Ids are replaced by the step that made the thing, or by the key in its first line.
"""

import json
import re
from collections import Counter
from collections.abc import Callable
from difflib import ndiff
from functools import partial
from typing import Any

from stanch.core.marker import LEDGER_OPENING, revealed
from stanch.sandbox.records import Comment, Event, Issue
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import BOT
from stanch.sandbox.shapes import node_id
from tests.scenarios.bot import comments_by_key, is_card, is_first_reminder, key_in, outrun_steps
from tests.scenarios.play import Played

ID = re.compile(r"\b5\d{9}\b")
NUMBER = re.compile(r"(?<=#)\d+\b|(?<=/issues/)\d+\b|(?<=/pull/)\d+\b|(?<=key=)\d+(?=/)|(?<=\")\d+(?=/)|^\d+(?=/)")
AGO = re.compile(
    r", \d[0-9a-z ]* ago| \(this comes \d[^)]* late\)"
    r"|(?<=/escalate/)(\S+) covers=\S+|(?<=You hear from us again by )[^.\n]+"
)
"""How late a reminder says it is depends on when it was said; so do the steps that one stands for, and the time that
the draft in it promises clients.
"""
TIME = re.compile(r"([-0-9]{10} )?[0-9]{2}:[0-9]{2} (UTC|[A-Z]\w+/\w+)")
DID_ITSELF = re.compile(r"(?m)^[-|] ([-0-9]+ )?[:0-9]+ UTC.*(?= by `github-actions`|`github-actions` closed it)")
"""A SEV-4 has no ledger: what a command on it did, once that is edited or deleted, is known from the bot's own label
or closing alone, and a fault makes that later.
"""

World = dict[str, dict[str, Any]]


def picture(played: Played) -> World:
    """Every thread by the step, or the key, that made it."""
    repo = played.world.repository()
    plain = plainly(played)
    folded = copies(repo)
    issues = [issue for issue in repo.issues.values() if issue.number not in folded]
    outrun = outrun_mornings(issues)
    return {plain(f"#{issue.number}"): _thread(issue, repo, plain, outrun) for issue in issues}


def copies(repo: Repository) -> frozenset[int]:
    """Children that were closed because an older one has the same key."""
    oldest: dict[str, int] = {}
    found = set()
    for issue in repo.issues.values():
        for key in key_in(issue.body) if issue.author == BOT else ():
            first = oldest.setdefault(key, issue.number)
            if first != issue.number and issue.state == "closed" and issue.state_reason == "duplicate":
                found.add(issue.number)
    return frozenset(found)


def plainly(played: Played) -> Callable[[str], str]:
    """A translator of texts: ids, numbers and commits become names that do not depend on what was made before."""
    repo = played.world.repository()
    names = {str(number): name for number, name in played.threads.items()}
    ids = {str(id_): f"<{name}>" for id_, name in played.comments.items()}
    plain = partial(_translated, ids, names, _spellings(repo))
    for issue in repo.issues.values():
        keys = key_in(issue.body) if issue.author == BOT else []
        names |= {str(issue.number): f"<{plain(key)}>" for key in keys}
    for issue in repo.issues.values():
        for key, found in comments_by_key(issue).items():
            ids |= {str(comment.id): f"<{plain(key)}>" for comment in found}
    return plain


def _spellings(repo: Repository) -> dict[str, str]:
    """Commits and deployments by their place: people alone make them."""
    found = {node_id("DE", id_): f"deployment-{n}" for n, id_ in enumerate(repo.deployments)}
    for n, sha in enumerate(repo.commits):
        found |= {sha: f"commit-{n}", sha[:12]: f"commit-{n}", sha[:7]: f"commit-{n}"}
    return found


def _translated(ids: dict[str, str], names: dict[str, str], spellings: dict[str, str], text: str) -> str:
    for one, other in spellings.items():
        text = text.replace(one, other)
    text = ID.sub(lambda match: ids.get(match[0], "<gone>"), text)
    return NUMBER.sub(lambda match: names.get(match[0], match[0]), DID_ITSELF.sub(_without_times, AGO.sub(r"\1", text)))


def _without_times(line: re.Match[str]) -> str:
    return TIME.sub("", line[0])


def _thread(issue: Issue, repo: Repository, plain: Callable[[str], str], needless: set[str]) -> dict[str, Any]:
    here = {str(comment.id) for comment in issue.comments}
    mine = comments_by_key(issue)
    keyed = {plain(key): found for key, found in mine.items()}
    notices = {key: [plain(c.body) for c in found if not c.minimized] for key, found in keyed.items()}
    cards = [c.body for k, found in keyed.items() for c in found if is_card(k) and not c.minimized]
    ledgers = [_remembered(body, here, plain) for body in cards]
    known = {*keyed, *(key for ledger in ledgers for key in ledger.get("delivered", ()))}
    outrun = {plain(key) for key in needless} | outrun_steps(known)
    return {
        "title": plain(issue.title),
        "body": _shown(plain(issue.body or "")),
        "state": (issue.state, issue.state_reason),
        "labels": sorted(repo.label_names(issue)),
        "assignees": sorted(issue.assignees),
        "people": [_said(item, plain) for item in issue.items if _by_person(item)],
        "marks": {plain(f"{c.id}"): _marks(c) for c in issue.comments if _marks(c)},
        "bot did": Counter(_said(e, plain)[0] for e in issue.items if isinstance(e, Event) and e.actor == BOT),
        "notices": {
            k: bodies for k, bodies in notices.items() if not is_card(k) and k not in outrun and not _passed(k, known)
        },
        "card": [_shown(plain(body)) for body in cards],
        "ledger": ledgers,
    }


def _by_person(item: Comment | Event) -> bool:
    return (item.author if isinstance(item, Comment) else item.actor) != BOT


def _said(item: Comment | Event, plain: Callable[[str], str]) -> tuple[str, int]:
    if isinstance(item, Comment):
        return f"{item.author} wrote {plain(item.body)}, {item.editor} edited, {item.edited_at}", item.at
    source = plain(f"#{item.source[1]}") if item.source else ""
    return f"{item.actor} {item.kind} {plain(item.subject)} {item.reason or ''} {source}".rstrip(), item.at


def _marks(comment: Comment) -> list[str]:
    return sorted(reaction.content for reaction in comment.reactions if reaction.login == BOT)


def _passed(key: str, keys: set[str]) -> bool:
    """Whether a first reminder is needless, because the second one was given."""
    return is_first_reminder(key) and f"{key[:-1]}2" in keys


def outrun_mornings(issues: list[Issue]) -> set[str]:
    """The mornings' reminders that are needless, because the same person was reminded on a later morning."""
    keys = [key for issue in issues for key in comments_by_key(issue) if "/remind/" in key]
    newest: dict[str, str] = {}
    for who, _, day in (key.partition("/remind/")[2].rpartition("/") for key in keys):
        newest[who] = max(day, newest.get(who, ""))
    return {key for key in keys if not key.endswith(f"/remind/{(who := _reminded(key))}/{newest[who]}")}


def _reminded(key: str) -> str:
    return key.partition("/remind/")[2].rpartition("/")[0]


def _shown(body: str) -> str:
    """What a card shows: all but its marker and its ledger."""
    return "\n".join(line for line in body.split("\n") if not line.startswith(LEDGER_OPENING))


def _remembered(body: str, here: set[str], plain: Callable[[str], str]) -> dict[str, Any]:
    value = revealed(body)
    if not isinstance(value, dict):
        return {"torn": body[:200]}
    for proof in value.get("gate", {}).get("proofs", {}).values():
        proof[0] = str(proof[0])  # a run's id, which becomes a name
    kept: dict[str, Any] = json.loads(plain(json.dumps(value | {"delivered": {}, "records": []})))
    children = kept.get("children") or {}
    kept["children"] = {key: plain(f"#{n}") for key, n in children.items() if not key.startswith("other/")}
    kept["items"] = [_timeless(row) for row in kept.get("items") or ()]
    for fact in kept.get("hotfixes", {}).get("merged", {}).values():
        fact.pop("heard", None)  # when the bot said it
    for item in kept.get("items", ()):
        item[2] = 0  # when the bot opened the post-mortem, unless somebody edited it
    records = [[plain(str(part)) for part in record[:1]] + record[1:] for record in value["records"]]
    delivered = {plain(key): _state(id_, here) for key, id_ in value["delivered"].items() if "/remind/" not in key}
    outrun = outrun_steps(delivered)
    delivered = {key: at for key, at in delivered.items() if not _passed(key, set(delivered)) and key not in outrun}
    return kept | {"records": sorted(map(str, records)), "delivered": delivered}


def _timeless(row: list[Any]) -> list[Any]:
    """An item as a card remembers it, without when each thing was first seen: a fault makes that later."""
    number, fingerprint, _, place, ticked, dues, owners, text, *_ = [*row, *[0] * 8]
    return [number, fingerprint, place, ticked, [dues[0], *(day for _, day in dues[1:])], owners, text]


def _state(id_: int, here: set[str]) -> str:
    if id_ < 0:
        return "assigned"
    return "here" if str(id_) in here else "gone"


def doubled(played: Played) -> list[str]:
    """Every effect that is visible twice."""
    repo = played.world.repository()
    found = []
    for issue in repo.issues.values():
        for key, comments in comments_by_key(issue).items():
            visible = [comment for comment in comments if not comment.minimized]
            found += [f"{len(visible)} x {key} on #{issue.number}"] if key and len(visible) > 1 else []
    open_children = Counter(
        key for i in repo.issues.values() if i.author == BOT and i.state == "open" for key in key_in(i.body)
    )
    return found + [f"{n} open children {key}" for key, n in open_children.items() if n > 1]


def written_twice(played: Played) -> list[str]:
    """Every notice and child that was created more than once, even if a copy was folded away later."""
    return [f"{n} x {key}" for key, n in Counter(played.written).items() if n > 1 and not is_card(key)]


def differences(one: Any, other: Any, path: str = "") -> list[str]:
    """Where two pictures differ, in words."""
    if one == other:
        return []
    if isinstance(one, dict) and isinstance(other, dict):
        keys = sorted({*one, *other})
        return [d for key in keys for d in differences(one.get(key), other.get(key), f"{path}/{key}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [d for n, pair in enumerate(zip(one, other, strict=True)) for d in differences(*pair, f"{path}/{n}")]
    if isinstance(one, str) and isinstance(other, str) and "\n" in one:
        lines = [line for line in ndiff(one.split("\n"), other.split("\n")) if line[0] in "+-"]
        return [f"{path}: {lines[:6]}"]
    return [f"{path}: {one!r} became {other!r}"]


VERDICTS = frozenset({"marks", "records", "answers"})
STATES = frozenset({"state", "labels", "assignees", "last call"})


def lasting(scene: World, parts: frozenset[str]) -> World:
    """What no later act makes needless: verdicts on commands, their marks and answers; or the end states too.

    Without the states a thread may be absent: an incident that was reopened in time owes no post-mortem. Whose a
    post-mortem is depends on who led when it was opened.
    """
    threads = {
        name: {
            "state": thread["state"],
            "labels": thread["labels"],
            "assignees": thread["assignees"] if name.startswith("#step") else [],
            "last call": max((key for key in thread["notices"] if "/call/" in key), key=_stamp, default=""),
            "marks": thread["marks"],
            "records": [ledger.get("records") for ledger in thread["ledger"]],
            "answers": sorted(key for key in thread["notices"] if "/refused/" in key or "/help/" in key),
        }
        for name, thread in scene.items()
        if parts and (parts & STATES or name.startswith("#step"))
    }
    return {name: {part: thread[part] for part in sorted(parts)} for name, thread in threads.items()}


def _stamp(key: str) -> str:
    return key.rpartition("/")[2]


def verdicts(scene: World) -> dict[str, list[str]]:
    """The ledgers' records of each comment, by the step that wrote it."""
    found: dict[str, list[str]] = {}
    for record in (r for thread in scene.values() for ledger in thread["ledger"] for r in ledger.get("records", ())):
        found.setdefault(record.split("'")[1], []).append(record)
    return found
