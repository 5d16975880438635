"""Somebody who acts as in the browser: the verbs of scenarios and tests. What one may not do raises Refusal."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from stanch.sandbox import (
    branches,
    comments,
    deployments,
    files,
    history,
    issues,
    labels,
    merge_queue,
    merging,
    pulls,
    reviews,
    runs,
)
from stanch.sandbox.owners import Owner
from stanch.sandbox.records import Deployment, Dispatch


def form_body(answers: Mapping[str, str]) -> str:
    """What GitHub makes of a filled-in form: a heading and a value for each question."""
    return "\n\n".join(f"### {label}\n\n{value or '_No response_'}" for label, value in answers.items())


@dataclass(frozen=True)
class Person(Owner):
    """An account in one repository; see owners.Owner for the verbs of its settings."""

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

    def opens_pull(
        self,
        title: str,
        body: str = "",
        head: str = "hotfix",
        *,
        files: Mapping[str, str | None] | None = None,
        base: str = "",
        draft: bool = False,
    ) -> int:
        """Open a pull request (into the default branch), with files pushed to its branch first; returns its number.

        `head` may be `owner:branch` of a fork, whose files are pushed there before by somebody of that fork.
        """
        if files is not None:
            self.pushes_to(head, files, title)
        new = pulls.NewPull(title, body, head, base, draft)
        return pulls.open_pull(self.world, self.repo, self.me, new).number

    def pushes_to(
        self,
        branch: str,
        files: Mapping[str, str | None],
        message: str = "",
        *,
        author: str = "",
        committer: str = "",
        onto: str = "",
    ) -> str:
        """Commit files (None deletes one) and push them to a branch, which is made if need be; returns the commit.

        `author` and `committer` are accounts or `Name <e-mail>`. `onto` is the revision that the commit stands on
        when it is not the branch's own: a push by force.
        """
        new = branches.NewCommit(files, message or f"Update {', '.join(files)}"[:72], author, committer)
        found = history.resolve(self.repo, onto) if onto else None
        parent = found.sha if found else onto or None
        return branches.push(self.world, self.repo, self.me, branch, [new], parent).sha

    def deletes_branch(self, branch: str) -> None:
        branches.delete(self.world, self.repo, self.me, branch)

    def retargets(self, number: int, base: str) -> None:
        """Send a pull request to another base."""
        pulls.retarget(self.world, self.repo, self.me, number, base)

    def links(self, number: int, to: int) -> None:
        """Link an issue to a pull request in the sidebar."""
        pulls.link(self.world, self.repo, self.me, number, to)

    def drafts(self, number: int) -> None:
        """Take a pull request back into draft."""
        pulls.set_draft(self.world, self.repo, self.me, number, draft=True)

    def readies(self, number: int) -> None:
        """Mark a pull request as ready for review."""
        pulls.set_draft(self.world, self.repo, self.me, number, draft=False)

    def approves(self, number: int, body: str = "") -> int:
        """Approve a pull request; returns the review's id."""
        return reviews.submit(self.world, self.repo, self.me, number, "APPROVE", body).id

    def requests_changes(self, number: int, body: str = "Please change this.") -> int:
        """Ask for changes; returns the review's id."""
        return reviews.submit(self.world, self.repo, self.me, number, "REQUEST_CHANGES", body).id

    def reviews(self, number: int, body: str = "Read.") -> int:
        """Review with words alone; returns the review's id."""
        return reviews.submit(self.world, self.repo, self.me, number, "COMMENT", body).id

    def edits_review(self, number: int, review_id: int, body: str) -> None:
        reviews.edit(self.world, self.repo, self.me, number, review_id, body)

    def dismisses(self, number: int, review: int | str) -> None:
        """Take a review back, by its id or as the newest opinion of somebody."""
        issue, pull = pulls.pull_of(self.repo, number)
        mine = [one.id for one in pull.reviews if one.author == review and one.state in reviews.OPINIONS]
        review_id = review if isinstance(review, int) else mine[-1] if mine else 0
        reviews.dismiss(self.world, self.repo, self.me, issue.number, review_id)

    def merges(self, number: int, method: str = "merge") -> str:
        """Merge a pull request (merge, squash, rebase); returns the commit that it became."""
        pull = merging.merge(self.world, self.repo, self.me, number, merging.How(method)).pull
        return (pull.merge_sha if pull else None) or ""

    def updates_branch(self, number: int) -> str:
        """Merge the base into the head of a pull request; returns the head's new commit."""
        return merging.update_branch(self.world, self.repo, self.me, number)

    def reverts(self, number: int) -> int:
        """Open the pull request that takes a merged one back; returns its number."""
        return merging.revert(self.world, self.repo, self.me, number).number

    def queues(self, number: int, method: str = "squash") -> str:
        """Put a pull request into the merge queue; returns the commit that is to be checked."""
        return merge_queue.enter(self.world, self.repo, self.me, number, method)

    def leaves_queue(self, number: int, reason: str = "dequeued") -> None:
        merge_queue.leave(self.world, self.repo, self.me, number, reason)

    def lands(self, number: int) -> str:
        """Let the queue merge what it has checked; returns the commit."""
        return merge_queue.land(self.world, self.repo, number)

    def reports(
        self, revision: str, state: str, context: str = "default", description: str = "", url: str = ""
    ) -> None:
        """Post a commit status."""
        wanted = files.NewStatus(state, context, description or None, url or None)
        files.post_status(self.world, self.repo, self.me, self.commit(revision), wanted)

    def starts_run(
        self,
        revision: str,
        path: str = ".github/workflows/ci.yml",
        *,
        event: str = "pull_request",
        checks: Sequence[str] = ("test",),
        branch: str = "",
    ) -> int:
        """Let a workflow run begin that this person caused ("" as path: another app's check suite); returns its id."""
        where = branch or (revision if revision in self.repo.branches else "")
        new = runs.NewRun(self.commit(revision), where, path, event, checks)
        return runs.begin(self.world, self.repo, self.me, new).id

    def dispatches(self, workflow: str, ref: str = "") -> int:
        """Start a workflow by hand; returns the id of its run, which waits."""
        sent = Dispatch("workflow", workflow, ref or self.repo.default_branch, {}, self.me.login, self.world.clock.now)
        files.dispatch(self.world, self.repo, self.me, sent)
        return runs.of_workflow(self.repo, workflow)[0].id

    def gives_runner(self, run_id: int) -> None:
        """Let a run that waits go on, as GitHub does once it has a runner."""
        runs.start(self.world, self.repo, self.me, run_id)

    def finishes_run(
        self,
        run_id: int,
        conclusion: str = "success",
        *,
        checks: Mapping[str, str] | None = None,
        artifacts: Mapping[str, Mapping[str, str | bytes]] | None = None,
    ) -> None:
        """Let a run end; `checks` has the conclusions that differ, `artifacts` the files of each by name."""
        runs.finish(self.world, self.repo, self.me, run_id, runs.Ending(conclusion, checks or {}, artifacts or {}))

    def commit(self, revision: str) -> str:
        """The commit that a revision names; ValueError when it names none."""
        found = history.resolve(self.repo, revision)
        if found is None:
            raise ValueError(f"{revision!r} names no commit")
        return found.sha

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
