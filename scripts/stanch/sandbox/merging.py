"""How a pull request reaches its base: by a merge commit, squashed or rebased."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stanch.sandbox import branches, heads, issues, pulls, rules
from stanch.sandbox.git import WEB, co_authors, delta, signature
from stanch.sandbox.history import merge_base, tree_of
from stanch.sandbox.records import Commit, Issue, Pull
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller, Refusal, require

if TYPE_CHECKING:
    from stanch.sandbox.world import World

METHODS = {"merge": "Merge commits", "squash": "Squash merges", "rebase": "Rebase merges"}


@dataclass(frozen=True)
class How:
    """What is asked for: a method, words of one's own, and the head that one has seen."""

    method: str = "merge"
    message: str | None = None
    title: str | None = None
    sha: str | None = None


def merge(world: "World", repo: Repository, by: Caller, number: int, how: How | None = None) -> Issue:
    """Merge into the base, and close the issues that the text says it fixes."""
    how = how or How()
    issue, pull = pulls.pull_of(repo, number)
    require(repo, by, "write", "contents")
    must_be_mergeable(repo, by, issue, pull, how)
    with world.writing():
        tip = repo.branches[pull.base]
        sha = MAKERS[how.method](world, repo, by, issue, pull, how)
        merged = replace(pull, merge_sha=sha, base_sha=tip)
        pushed = heads.Pushed(pull.base, tip, sha, "pr_merge")
        branches.point(world, repo, by, branches.Move(pull.base, sha, "pr_merge"))
        world.emit("push", None, repo, by, pushed=pushed)
        issue = heads.mark_merged(world, repo, by, issue, merged)
        close_fixed(world, repo, by, issue)
        heads.follow(world, repo, by, pushed)
        if repo.settings.deletes_merged and not pull.head_repo and pull.head in repo.branches:
            branches.drop(world, repo, by, pull.head)
    return issue


def must_be_mergeable(repo: Repository, by: Caller, issue: Issue, pull: Pull, how: How) -> None:
    """Raise what GitHub answers when something stands in the way of a merge."""
    if issue.state == "closed" or pull.draft:
        raise Refusal(405, "Pull Request is not mergeable")
    if not getattr(repo.merging, how.method, False):
        raise Refusal(405, f"{METHODS.get(how.method, how.method)} are not allowed on this repository.")
    if how.sha is not None and how.sha != pull.head_sha:
        raise Refusal(409, "Head branch was modified. Review and try the merge again.")
    if pull.mergeable == "CONFLICTING" or pulls.conflicts_of(repo, pull):
        raise Refusal(405, "Pull Request is not mergeable")
    if how.method not in rules.methods(repo, by, pull.base):
        raise Refusal(405, f"{METHODS[how.method]} are not allowed on this branch.")
    owed = missing(repo, pull.head_sha)
    if owed and not repo.has_role(by.login, "admin"):  # administrators may pass, unless they are told otherwise
        raise Refusal(405, f'Required status check "{owed[0]}" is expected.')
    _must_keep_rules(repo, by, issue, pull)


def _must_keep_rules(repo: Repository, by: Caller, issue: Issue, pull: Pull) -> None:
    """Raise for what the rules of the base want and a pull request has not."""
    wanted = rules.contexts(repo, by, pull.base)
    owed = missing(repo, pull.head_sha, wanted)
    if owed:
        raise Refusal(405, f'Required status check "{owed[0]}" is expected.')
    count = rules.approvals(repo, by, pull.base)
    approved = rules.approved_by(repo, pull, issue.author)
    if len(approved) < count:
        few = "approving review is" if count == 1 else "approving reviews are"
        raise Refusal(405, f"At least {count} {few} required by reviewers with write access.")
    if rules.wants_other_eyes(repo, by, pull.base) and not approved - {rules.last_pusher(repo, pull)}:
        raise Refusal(405, "New changes require approval from someone other than the last pusher.")


def missing(repo: Repository, sha: str, wanted: Iterable[str] | None = None) -> list[str]:
    """The contexts (those that the repository requires) that are not green on a commit."""
    required = repo.merging.required if wanted is None else wanted
    green = {status.context.lower(): status.state == "success" for status in repo.statuses.get(sha, ())}
    for run in repo.runs.values():
        if run.sha == sha:
            green |= {check.name.lower(): check.conclusion in {"success", "neutral", "skipped"} for check in run.checks}
    return sorted(context for context in required if not green.get(context.lower()))


def _three_ways(repo: Repository, pull: Pull) -> dict[str, str | None]:
    """What the base must take over."""
    shared = merge_base(repo, repo.branches[pull.base], pull.head_sha)
    return delta(tree_of(repo, shared), tree_of(repo, pull.head_sha))


def _merged(world: "World", repo: Repository, by: Caller, issue: Issue, pull: Pull, how: How) -> str:
    sha = branches.new_sha(world, issue.title)
    owner = (pull.head_repo or repo.full_name).partition("/")[0]
    title = how.title or f"Merge pull request #{issue.number} from {owner}/{pull.head}\n\n{issue.title}"
    tip = repo.branches[pull.base]
    tree = tree_of(repo, tip).with_changes(_three_ways(repo, pull))
    text = how.message or title
    repo.commits[sha] = Commit(sha, text, by.login, world.clock.now, (tip, pull.head_sha), tree, WEB)
    return sha


def _squashed(world: "World", repo: Repository, by: Caller, issue: Issue, pull: Pull, how: How) -> str:
    """One commit by the request's author, with everybody else who had a hand in it as co-authors."""
    title, body = squash_words(repo, issue, pull)
    head = f"{how.title or title}"
    text = f"{head}\n\n{how.message if how.message is not None else body}".rstrip()
    author = pulls.commits_of(repo, pull)[:1]
    new = branches.NewCommit(_three_ways(repo, pull), text, author[0].author if author else by.login, WEB)
    return branches.commit(world, repo, by, repo.branches[pull.base], new).sha


def squash_words(repo: Repository, issue: Issue, pull: Pull) -> tuple[str, str]:
    """Title and body that GitHub proposes for a squash, by the repository's settings."""
    commits, settings = pulls.commits_of(repo, pull), repo.merging
    single = len(commits) == 1
    first, _, rest = commits[0].message.partition("\n") if commits else ("", "", "")
    title = first if single and settings.squash_title == "COMMIT_OR_PR_TITLE" else issue.title
    title = f"{title} (#{issue.number})"
    if settings.squash_message == "PR_BODY":
        return title, issue.body or ""
    if settings.squash_message == "BLANK":
        return title, ""
    body = rest.strip() if single else "\n\n".join(f"* {commit.message}" for commit in commits)
    return title, body + _trailers(commits, body)


def _trailers(commits: tuple[Commit, ...], body: str) -> str:
    main = commits[0].author if commits else ""
    said = set(co_authors(body))
    others = dict.fromkeys(
        f"{name} <{email}>" for name, email in (signature(commit.author) for commit in commits if commit.author != main)
    )
    lines = [f"Co-authored-by: {who}" for who in others if who not in said]
    return "\n\n---------\n\n" + "\n".join(lines) if lines else ""


def _rebased(world: "World", repo: Repository, by: Caller, _issue: Issue, pull: Pull, _how: How) -> str:
    """Every commit again on top of the base, each with a new id."""
    sha = repo.branches[pull.base]
    for old in pulls.commits_of(repo, pull):
        if len(old.parents) < 2:  # merges are left out
            files = delta(tree_of(repo, old.parents[0] if old.parents else None), old.tree)
            sha = branches.commit(
                world, repo, by, sha, branches.NewCommit(files, old.message, old.author, by.login)
            ).sha
    return sha


MAKERS = {"merge": _merged, "squash": _squashed, "rebase": _rebased}


def update_branch(world: "World", repo: Repository, by: Caller, number: int) -> str:
    """The button that merges the base into the head; returns the head's new commit. 422 on a conflict.

    A head in a fork is left to its owner here, where GitHub lets maintainers do it too if they may edit.
    """
    issue, pull = pulls.pull_of(repo, number)
    require(repo, by, "write", "contents")
    if issue.state == "closed" or pull.head_repo or pulls.conflicts_of(repo, pull):
        raise Refusal(422, "merge conflict between base and head")
    tip = repo.branches[pull.base]
    tree = tree_of(repo, pull.head_sha).with_changes(
        delta(tree_of(repo, merge_base(repo, tip, pull.head_sha)), tree_of(repo, tip))
    )
    text = f"Merge branch '{pull.base}' into {pull.head}"
    with world.writing():
        sha = branches.new_sha(world, text)
        repo.commits[sha] = Commit(sha, text, by.login, world.clock.now, (pull.head_sha, tip), tree, WEB)
        branches.move(world, repo, by, branches.Move(pull.head, sha))
    return sha


def revert(world: "World", repo: Repository, by: Caller, number: int) -> Issue:
    """The button that opens a pull request which takes a merged one back, on a branch of its own."""
    issue, pull = pulls.pull_of(repo, number)
    require(repo, by, "write", "contents")
    if not pull.merge_sha:
        raise Refusal(422, "Pull request is not merged")
    done = repo.commits[pull.merge_sha]
    files = delta(done.tree, tree_of(repo, pull.base_sha))
    title, branch = f'Revert "{issue.title}"', f"revert-{number}-{pull.head}"
    line = done.message.partition("\n")[0]
    text = f'Revert "{line}"\n\nThis reverts commit {done.sha}.'
    branches.push(world, repo, by, branch, [branches.NewCommit(files, text, "", WEB)], repo.branches[pull.base])
    return pulls.open_pull(
        world, repo, by, pulls.NewPull(title, f"Reverts {repo.full_name}#{number}", branch, pull.base)
    )


def close_fixed(world: "World", repo: Repository, by: Caller, issue: Issue) -> None:
    """Close the issues that a merged pull request says it fixes."""
    for number in pulls.closing(repo, issue):
        fixed = repo.issues[number]
        if fixed.state == "open":
            issues.close(world, repo, by, fixed, "completed")
