"""The verbs of a scenario: how each is carried out, from the keys of its step."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from stanch.sandbox.people import Person
from stanch.sandbox.world import World

Wish = Mapping[str, Any]


class Unknown(Exception):
    """A step names a thread that nobody opened."""


@dataclass(frozen=True)
class Stage:
    """Who acts, and what earlier steps have named."""

    world: World
    me: Person
    names: Mapping[str, int]

    def number(self, wish: Wish) -> int:
        """The thread that a step is about."""
        named = wish["thread"]
        if isinstance(named, str) and named.startswith("label:"):
            key = named.removeprefix("label:").casefold()
            found = [issue.number for issue in self.me.repo.issues.values() if key in issue.labels]
            if not found:
                raise Unknown(named)
            return max(found)
        return self.named(named)

    def named(self, name: str | int) -> int:
        if isinstance(name, int):
            return name
        if name not in self.names:
            raise Unknown(name)
        return self.names[name]

    def text(self, wish: Wish, key: str = "text") -> str:
        """A text in which `{name}` has become the number behind it."""
        known = "|".join(map(re.escape, self.names))
        text = str(wish.get(key, ""))
        return re.sub(rf"\{{({known})\}}", lambda match: str(self.names[match[1]]), text) if known else text

    def head(self, wish: Wish) -> str:
        """The head branch of a step's pull request; Unknown when its thread is an issue."""
        issue = self.me.repo.issues[self.number(wish)]
        if issue.pull is None:
            raise Unknown(f"#{issue.number} is no pull request")
        return issue.pull.head

    def files(self, wish: Wish) -> dict[str, str | None]:
        """The files of a step by their paths, with names filled in; null deletes one."""
        found = wish.get("files", {})
        return {path: None if found[path] is None else self.text(found, path) for path in found}


Verb = Callable[[Stage, Wish], object]


def _body(stage: Stage, number: int) -> str:
    return stage.me.repo.issues[number].body or ""


def _opens(stage: Stage, wish: Wish) -> int:
    labels, assignees = wish.get("labels", ()), wish.get("assignees", ())
    return stage.me.opens(stage.text(wish, "title"), stage.text(wish), labels, assignees)


def _opens_by_form(stage: Stage, wish: Wish) -> int:
    answers = {label: str(value or "").rstrip() for label, value in wish["answers"].items()}
    return stage.me.opens_by_form(wish["form"], stage.text(wish, "title"), answers)


def _adds_to_body(stage: Stage, wish: Wish) -> None:
    """Put text below a heading, or at the end when there is no such heading."""
    number = stage.number(wish)
    body, text = _body(stage, number), stage.text(wish).rstrip()
    pattern = re.compile(rf"^#+ +{re.escape(wish.get('below', ''))}[ \t]*$", re.M | re.I)
    match = pattern.search(body) if "below" in wish else None
    cut = match.end() if match else len(body)
    stage.me.edits_body(number, f"{body[:cut]}\n\n{text}\n{body[cut:]}")


def _changes_body(stage: Stage, wish: Wish) -> None:
    """Put other words in the place of some: `changes` maps what stands in the body to what stands there then.

    Raises ValueError for words that do not stand there.
    """
    number = stage.number(wish)
    body = _body(stage, number)
    for old, new in wish["changes"].items():
        if old not in body:
            raise ValueError(f"{old!r} does not stand in #{number}")
        body = body.replace(old, new, 1)
    stage.me.edits_body(number, body)


def _deploys(stage: Stage, wish: Wish) -> None:
    """Deploy a branch (`ref`), the head of a pull request (`thread`), or the default branch.

    `back` goes that many merges and pushes back on the default branch.
    """
    environment, ref = wish.get("environment", "production"), wish.get("ref", "")
    if "thread" in wish:
        ref = stage.head(wish)
    if wish.get("back"):
        ref = stage.me.repo.head
        for _ in range(wish["back"]):
            ref = stage.me.repo.commits[ref].parents[0]
    stage.me.deploys(environment, ref, wish.get("state", "success"), stage.text(wish))


def _opens_pull(stage: Stage, wish: Wish) -> int:
    """`files` are pushed to the branch first; without them it gets one commit that changes nothing."""
    return stage.me.opens_pull(
        stage.text(wish, "title"),
        stage.text(wish),
        wish.get("branch", "hotfix"),
        files=stage.files(wish) if "files" in wish else None,
        base=wish.get("base", ""),
        draft=bool(wish.get("draft")),
    )


def _pushes_to(stage: Stage, wish: Wish) -> None:
    """More files on the branch of a pull request, or on a branch by name; `onto` pushes by force."""
    branch = wish["branch"] if "branch" in wish else stage.head(wish)
    author, onto = wish.get("author", ""), wish.get("onto", "")
    stage.me.pushes_to(branch, stage.files(wish), stage.text(wish), author=author, onto=onto)


def _runs_workflow(stage: Stage, wish: Wish) -> int:
    """A workflow run that begins and ends on the head of a pull request (`thread`) or on a branch (`ref`).

    `artifacts` by name, each with its files.
    """
    head, event = wish["ref"] if "ref" in wish else stage.head(wish), wish.get("event", "pull_request")
    artifacts = {name: stage.files({"files": files}) for name, files in wish.get("artifacts", {}).items()}
    kept = {name: {path: text or "" for path, text in files.items()} for name, files in artifacts.items()}
    checks = wish.get("checks", ("test",))
    run = stage.me.starts_run(head, wish.get("path", ".github/workflows/ci.yml"), event=event, checks=checks)
    stage.me.finishes_run(run, wish.get("conclusion", "success"), artifacts=kept)
    return run


def _runs_proof(stage: Stage, wish: Wish) -> int:
    """A workflow run of the proof, with `files` in its artifact."""
    artifacts = {wish.get("artifact", "stanch-proof"): wish.get("files", {})}
    usual = {"path": ".github/workflows/stanch-prove.yml", "checks": ("prove",), "artifacts": artifacts}
    return _runs_workflow(stage, {**usual, **wish})


def _reports(stage: Stage, wish: Wish) -> None:
    """A commit status on the head of a pull request."""
    where = stage.text(wish), wish.get("url", "")
    stage.me.reports(stage.head(wish), wish.get("state", "success"), wish.get("context", "ci"), *where)


VERBS: Mapping[str, Verb] = {
    "opens": _opens,
    "opens by form": _opens_by_form,
    "comments": lambda stage, wish: stage.me.comments(stage.number(wish), stage.text(wish)),
    "edits comment": lambda stage, wish: stage.me.edits_comment(stage.named(wish["comment"]), stage.text(wish)),
    "deletes comment": lambda stage, wish: stage.me.deletes_comment(stage.named(wish["comment"])),
    "labels": lambda stage, wish: stage.me.labels(stage.number(wish), *wish["labels"]),
    "unlabels": lambda stage, wish: stage.me.unlabels(stage.number(wish), wish["label"]),
    "assigns": lambda stage, wish: stage.me.assigns(stage.number(wish), *wish["assignees"]),
    "unassigns": lambda stage, wish: stage.me.unassigns(stage.number(wish), *wish["assignees"]),
    "closes": lambda stage, wish: stage.me.closes(stage.number(wish), wish.get("reason", "completed")),
    "reopens": lambda stage, wish: stage.me.reopens(stage.number(wish)),
    "renames": lambda stage, wish: stage.me.renames(stage.number(wish), stage.text(wish, "title")),
    "edits body": lambda stage, wish: stage.me.edits_body(stage.number(wish), stage.text(wish)),
    "adds to body": _adds_to_body,
    "changes body": _changes_body,
    "ticks": lambda stage, wish: stage.me.ticks(stage.number(wish), stage.text(wish)),
    "deploys": _deploys,
    "opens pull": _opens_pull,
    "pushes to": _pushes_to,
    "deletes branch": lambda stage, wish: stage.me.deletes_branch(wish["branch"]),
    "approves": lambda stage, wish: stage.me.approves(stage.number(wish), stage.text(wish)),
    "requests changes": lambda stage, wish: stage.me.requests_changes(stage.number(wish), stage.text(wish)),
    "reviews": lambda stage, wish: stage.me.reviews(stage.number(wish), stage.text(wish)),
    "dismisses": lambda stage, wish: stage.me.dismisses(stage.number(wish), wish["of"]),
    "marks ready": lambda stage, wish: stage.me.readies(stage.number(wish)),
    "marks draft": lambda stage, wish: stage.me.drafts(stage.number(wish)),
    "retargets": lambda stage, wish: stage.me.retargets(stage.number(wish), wish["base"]),
    "updates branch": lambda stage, wish: stage.me.updates_branch(stage.number(wish)),
    "reverts": lambda stage, wish: stage.me.reverts(stage.number(wish)),
    "runs workflow": _runs_workflow,
    "runs proof": _runs_proof,
    "reports": _reports,
    "queues": lambda stage, wish: stage.me.queues(stage.number(wish), wish.get("how", "squash")),
    "lands": lambda stage, wish: stage.me.lands(stage.number(wish)),
    "leaves queue": lambda stage, wish: stage.me.leaves_queue(stage.number(wish)),
    "merges": lambda stage, wish: stage.me.merges(stage.number(wish), wish.get("how", "merge")),
    "pushes": lambda stage, wish: stage.me.pushes(wish["path"], stage.text(wish), wish.get("message", "")),
}
"""By the word that a step's `does` says. A verb's number is what the step's `as` names."""
