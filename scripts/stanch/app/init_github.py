"""`stanch init` at GitHub: what stands in the way is said before anything is written, and nothing is made twice."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from stanch import __version__
from stanch.adapters.setup.proposal import Head, Proposals, Pull
from stanch.adapters.setup.repository import Home, Repository
from stanch.app.init_told import Landed, is_ours, pull_body, pull_title
from stanch.app.init_work import TAG, Order, Work, every_path
from stanch.core.errors import (
    Forbidden,
    NoSuchThread,
    NotReadable,
    RateLimited,
    Refused,
    UnknownOutcome,
    UsageProblem,
)
from stanch.core.setup.found import Found, Policy
from stanch.core.setup.pin import PINNED

BRANCHES = {"init": "stanch/init", "upgrade": f"stanch/upgrade-{__version__}", "remove": "stanch/remove"}

NEEDED = (
    "It takes a token that may write contents, pull requests and workflows: a classic one with the scopes `repo` and "
    "`workflow` (`gh auth refresh -s workflow`), or a fine-grained one. A job's own GITHUB_TOKEN never may. Without a "
    "token (`--local`) the files are written into the folder, for you to push"
)


MADE_MEANWHILE = "already exists"
"""What GitHub says of a branch or a pull request that somebody else's run made first."""


class MayNot(Forbidden):
    """The token is not enough for a pull request that brings workflows."""

    advice = ""


class Unread(NotReadable):
    """GitHub did not answer what has to be known first."""

    advice = "Nothing was written; run this again later."


class Untold(UnknownOutcome):
    """GitHub did not say what became of a write, or what is there by now."""

    advice = "Run this again: it looks first at what is there, and makes nothing twice."


@dataclass
class OnGitHub:
    """One repository; `say` tells somebody who waits what is being done."""

    repository: Repository
    proposals: Proposals
    name: str
    say: Callable[[str], None]
    homes: list[Home] = field(default_factory=list)

    def look(self, order: Order) -> Found:
        """Everything that matters. Raises UsageProblem or MayNot where nothing could be brought in, else Unread."""
        try:
            return self._looked(order)
        except (NotReadable, RateLimited) as problem:
            raise Unread(str(problem), problem.status) from problem

    def _looked(self, order: Order) -> Found:
        self.say("reading")
        try:
            home = self.repository.home()
        except NoSuchThread:
            raise UsageProblem(
                f"GitHub knows no repository {self.name} that this token may see. Check its name and the token."
            ) from None
        self._refuse(home, order)
        self.homes.append(home)
        release = None if order.pin or order.remove else self.repository.release(PINNED.repository, TAG)
        found = self.repository.look(home, order.pin or release or PINNED, every_path())
        if found.policy is Policy.NONE and not order.remove:
            raise UsageProblem(
                f"GitHub Actions may not run in {home.name}: it is switched off here or by the organisation. Switch it "
                "on under Settings → Actions, or ask an owner; nothing was written."
            )
        return replace(found, release=release)

    def _refuse(self, home: Home, order: Order) -> None:
        if home.archived:
            raise UsageProblem(
                f"{home.name} is archived, so nothing can be written. Unarchive it in its settings first."
            )
        if not home.has_issues and not order.remove:
            raise UsageProblem(
                f"{home.name} has no issues, and an incident is one. Switch them on under Settings → General."
            )
        if order.dry:
            return
        if home.may_push is False:
            raise MayNot(f"This token may only read {home.name}. {NEEDED}.")
        scopes = self.repository.scopes
        if scopes is not None and "workflow" not in scopes:
            raise MayNot(f"This token lacks the scope `workflow`, without which no workflow can be added. {NEEDED}.")

    def bring(self, work: Work) -> Landed:
        """Open the pull request, or find the one that is open. Raises MayNot, Untold and what reading raises."""
        self.say("writing")
        try:
            return self._brought(work, self.homes[-1])
        except (NotReadable, RateLimited, UnknownOutcome) as problem:
            raise Untold(str(problem), problem.status) from problem
        except (Forbidden, Refused) as problem:
            if problem.status == 401:
                raise
            if MADE_MEANWHILE in str(problem).lower():
                raise Untold(str(problem), problem.status) from problem
            raise MayNot(f"{str(problem).rstrip('.')}. {NEEDED}.", problem.status) from problem

    def _brought(self, work: Work, home: Home) -> Landed:
        branch, title = BRANCHES[work.kind], pull_title(work)
        pull, head = self.proposals.open_from(branch), self.proposals.head(branch)
        tree = self.proposals.tree(home.tree, work.upgrade.writes)
        if head is not None and not head.ours and head.tree != tree:
            return self._left(branch, pull)
        # Without an open request the branch may be one that was merged long ago, and then there is nothing to merge.
        old = pull is None and head is not None and head.ours and head.parent != home.head
        fresh = head is None or head.tree != tree or old
        if fresh:
            self._push(branch, head, self.proposals.commit(tree, home.head, title))
        if pull is None:
            made = self.proposals.open(branch, home.branch, title, pull_body(work))
            return Landed("opened", made.number, made.url)
        if fresh and is_ours(pull.body):
            self.proposals.rewrite(pull.number, title, pull_body(work))
        return Landed("updated" if fresh else "there", pull.number, pull.url)

    def _push(self, branch: str, head: Head | None, sha: str) -> None:
        if head is None:
            self.proposals.create_branch(branch, sha)
        else:
            self.proposals.move_branch(branch, sha)

    def _left(self, branch: str, pull: Pull | None) -> Landed:
        """Somebody pushed to the branch: it is theirs now."""
        if pull is not None:
            return Landed("theirs", pull.number, pull.url)
        raise UsageProblem(
            f"The branch {branch} is there with somebody's work on it, and no pull request is open from it. "
            "Open one, or delete the branch; then run this again."
        )
