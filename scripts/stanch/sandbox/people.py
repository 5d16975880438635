"""Somebody who acts as in the browser: the verbs of scenarios and tests. What one may not do raises Refusal."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from stanch.sandbox import comments, deployments, files, issues, labels, pulls
from stanch.sandbox.records import Deployment
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller

if TYPE_CHECKING:
    from stanch.sandbox.world import World


def form_body(answers: Mapping[str, str]) -> str:
    """What GitHub makes of a filled-in form: a heading and a value for each question."""
    return "\n\n".join(f"### {label}\n\n{value or '_No response_'}" for label, value in answers.items())


@dataclass(frozen=True)
class Person:
    """An account in one repository."""

    world: "World"
    repo: Repository
    me: Caller

    def opens(self, title: str, body: str = "", labels: Sequence[str] = (), assignees: Sequence[str] = ()) -> int:
        """Open an issue; returns its number."""
        new = issues.NewIssue(title, body, labels, assignees)
        return issues.open_issue(self.world, self.repo, self.me, new).number

    def opens_by_form(self, form: str, title: str, answers: Mapping[str, str]) -> int:
        """Open an issue by a form, whose labels apply whoever fills it in; returns its number."""
        new = issues.NewIssue(title, form_body(answers), form=form)
        return issues.open_issue(self.world, self.repo, self.me, new).number

    def comments(self, number: int, body: str) -> int:
        """Comment; returns the comment's id."""
        return comments.create(self.world, self.repo, self.me, number, body).id

    def edits_comment(self, comment_id: int, body: str) -> None:
        comments.edit(self.world, self.repo, self.me, comment_id, body)

    def deletes_comment(self, comment_id: int) -> None:
        comments.delete(self.world, self.repo, self.me, comment_id)

    def reacts(self, comment_id: int, content: str) -> None:
        comments.react(self.world, self.repo, self.me, comment_id, content)

    def labels(self, number: int, *names: str) -> None:
        labels.label(self.world, self.repo, self.me, number, names)

    def unlabels(self, number: int, name: str) -> None:
        labels.unlabel(self.world, self.repo, self.me, number, name)

    def assigns(self, number: int, *logins: str) -> None:
        labels.assign(self.world, self.repo, self.me, number, logins)

    def unassigns(self, number: int, *logins: str) -> None:
        labels.unassign(self.world, self.repo, self.me, number, logins)

    def closes(self, number: int, reason: Literal["completed", "not_planned", "duplicate"] = "completed") -> None:
        issues.set_state(self.world, self.repo, self.me, number, "closed", reason)

    def reopens(self, number: int) -> None:
        issues.set_state(self.world, self.repo, self.me, number, "open", None)

    def renames(self, number: int, title: str) -> None:
        issues.edit(self.world, self.repo, self.me, number, title=title)

    def edits_body(self, number: int, body: str) -> None:
        issues.edit(self.world, self.repo, self.me, number, body=body)

    def ticks(self, number: int, text: str) -> None:
        """Tick the first open box whose line contains `text`; ValueError when there is none."""
        body = self.repo.issues[number].body or ""
        pattern = re.compile(r"^(\s*[-*+] )\[ \](?=[^\n]*" + re.escape(text) + ")", re.M)
        ticked, found = pattern.subn(r"\1[x]", body, count=1)
        if not found:
            raise ValueError(f"no open box with {text!r} in #{number}")
        self.edits_body(number, ticked)

    def locks(self, number: int, reason: str | None = None) -> None:
        issues.lock(self.world, self.repo, self.me, number, reason)

    def unlocks(self, number: int) -> None:
        issues.unlock(self.world, self.repo, self.me, number)

    def deletes(self, number: int) -> None:
        issues.delete(self.world, self.repo, self.me, number)

    def transfers(self, number: int, to: str) -> int:
        """Move an issue to another repository; returns its number there."""
        target = self.world.repository(to)
        return issues.transfer(self.world, self.repo, self.me, number, target).number

    def opens_pull(self, title: str, body: str = "", head: str = "hotfix") -> int:
        """Open a pull request into the default branch; returns its number."""
        new = pulls.NewPull(title, body, head)
        return pulls.open_pull(self.world, self.repo, self.me, new).number

    def merges(self, number: int) -> str:
        """Merge a pull request; returns the merge commit."""
        pull = pulls.merge(self.world, self.repo, self.me, number).pull
        return (pull.merge_sha if pull else None) or ""

    def pushes(self, path: str, text: str, message: str = "") -> str:
        """Commit a file to the default branch; returns the commit."""
        change = files.Change(path, text, message or f"Update {path}")
        return files.push(self.world, self.repo, self.me, change).sha

    def deploys(
        self, environment: str = "production", ref: str = "", state: str = "success", description: str = ""
    ) -> Deployment:
        """Deploy a branch or commit (the default branch's newest) and report its state; "" reports nothing."""
        where = ref or self.repo.default_branch
        new = deployments.NewDeployment(where, environment, description)
        made = deployments.create(self.world, self.repo, self.me, new)
        if state:
            deployments.report(self.world, self.repo, self.me, made.id, deployments.Report(state))
        return self.repo.deployments[made.id]
