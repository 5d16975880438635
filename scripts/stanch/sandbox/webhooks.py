"""Webhooks: their payloads, which of them start a workflow, and how they travel over HTTP."""

import hashlib
import hmac
import json
import logging
import queue
import threading
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from stanch.sandbox import shapes, shapes_pull, shapes_repo
from stanch.sandbox.git import NO_COMMIT
from stanch.sandbox.history import ahead
from stanch.sandbox.repository import Repository
from stanch.sandbox.rights import Caller

if TYPE_CHECKING:
    from stanch.sandbox.world import World

ALWAYS = ("workflow_dispatch", "repository_dispatch", "workflow_run")
"""Events that start workflows even when GITHUB_TOKEN was their cause."""

SKIPPING = ("[skip ci]", "[ci skip]", "[no ci]", "[skip actions]", "[actions skip]")
DEQUEUED = {"invalidated": "CI_FAILURE"}
MOST_COMMITS = 20
"""Commits that a push lists in Actions; a webhook may list up to 2,048."""
TIMEOUT = 10
"""Seconds that GitHub waits for a receiver."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Delivery:
    event: str
    action: str | None
    payload: dict[str, object]
    by_bot: bool


def starts_workflow(event: str, payload: Mapping[str, Any], *, by_bot: bool) -> bool:
    """Whether GitHub would start workflows for it: nothing that GITHUB_TOKEN wrote, but dispatches.

    An inactive deployment starts none, nor does a pull request that has a conflict, a deleted branch, or a push
    whose newest commit says `[skip ci]` (of a pull request GitHub heeds that too, but its payload does not tell).
    A run that ends starts others whoever began it; that GitHub does so for three levels only is not counted here.
    (Reference: platform facts, sections 1 and 2.)
    """
    if event == "deployment_status" and payload["deployment_status"]["state"] == "inactive":
        return False
    if event == "pull_request" and payload["pull_request"]["mergeable"] is False:
        return False
    if event == "push" and (payload["deleted"] or _skips(payload["head_commit"]["message"])):
        return False
    return not by_bot or event in ALWAYS


def _skips(message: str) -> bool:
    return any(word in message for word in SKIPPING) or "\n\nskip-checks: true" in message.lower()


def payload(
    world: "World", event: str, action: str | None, repo: Repository, by: Caller, parts: Mapping[str, Any]
) -> dict[str, object]:
    """The payload of one event, as GitHub documents it."""
    made: dict[str, object] = {} if action is None else {"action": action}
    if "review" in parts:
        made["review"] = shapes_pull.review(world, repo, parts["issue"], parts["review"])
    if "pushed" in parts:
        made |= _pushed(world, repo, parts["pushed"], by.login)
    for name, part in parts.items():
        made |= _MAKERS[name](world, repo, event, part)
    if event == "deployment":
        made |= {"workflow": None, "workflow_run": None}
    return (
        made
        | {"repository": shapes_repo.repository(world, repo), "sender": shapes.user(world, by.login)}
        | _deployed(world, parts)
    )


def _deployed(world: "World", parts: Mapping[str, Any]) -> dict[str, object]:
    if "status" not in parts:
        return {}
    return {"deployment_status": shapes_repo.deployment_status(world, parts["deployment"], parts["status"])}


def _issue(world: "World", repo: Repository, event: str, issue: Any) -> dict[str, object]:
    if event == "pull_request":
        return {"number": issue.number, "pull_request": shapes_pull.pull(world, repo, issue)}
    if event == "pull_request_review":
        return {"pull_request": shapes_pull.simple_pull(world, repo, issue)}
    return {"issue": shapes.issue(world, repo, issue)}


def _moved(world: "World", _repo: Repository, _event: str, moved: Any) -> dict[str, object]:
    target, issue = moved
    new = {"new_issue": shapes.issue(world, target, issue), "new_repository": shapes_repo.repository(world, target)}
    return {"changes": new}


def _dispatch(_world: "World", repo: Repository, event: str, sent: Any) -> dict[str, object]:
    if event == "workflow_dispatch":
        ref = sent.ref if sent.ref.startswith("refs/") else f"refs/heads/{sent.ref}"
        return {"inputs": sent.inputs or {}, "ref": ref, "workflow": f".github/workflows/{sent.name}"}
    installation = {"id": repo.id, "node_id": shapes.node_id("MDIz", repo.id)}
    return {"branch": repo.default_branch, "client_payload": sent.inputs or {}, "installation": installation}


def _pushed(world: "World", repo: Repository, pushed: Any, by: str) -> dict[str, object]:
    """At most 20 commits are listed, as GitHub does."""
    before, after = pushed.before, pushed.after
    new = ahead(repo, before, after) if before in repo.commits else ahead(repo, repo.head, after)
    shapes_ = [shapes_repo.pushed_commit(world, repo, commit) for commit in new[-MOST_COMMITS:]]
    compare = f"{world.html_url}/{repo.full_name}/compare/{before[:12]}...{after[:12]}"
    head = shapes_repo.pushed_commit(world, repo, repo.commits[after]) if after in repo.commits else None
    return {
        "ref": f"refs/heads/{pushed.branch}",
        "before": before,
        "after": after,
        "created": before == NO_COMMIT,
        "deleted": after == NO_COMMIT,
        "forced": pushed.forced,
        "base_ref": None,
        "compare": compare,
        "commits": shapes_,
        "head_commit": head,
        "pusher": {"name": by, "email": f"{by}@users.noreply.github.com"},
    }


def _run(world: "World", repo: Repository, run: Any) -> dict[str, object]:
    about = shapes_pull.workflow(world, repo, run)
    return {"workflow": about, "workflow_run": shapes_pull.workflow_run(world, repo, run)}


def _group(repo: Repository, group: Any) -> dict[str, object]:
    """The branch of a merge queue, as its webhook tells it; `reason` when it is gone again."""
    shape = {
        "head_sha": group.sha,
        "head_ref": f"refs/heads/{group.branch}",
        "base_sha": group.base_sha,
        "base_ref": f"refs/heads/{group.base}",
        "head_commit": shapes_pull.commit(repo.commits[group.sha]),
    }
    return {"merge_group": shape} | ({"reason": group.reason} if group.reason else {})


_MAKERS: dict[str, Callable[["World", Repository, str, Any], dict[str, object]]] = {
    "issue": _issue,
    "moved": _moved,
    "dispatch": _dispatch,
    "comment": lambda world, repo, _event, part: {"comment": shapes.comment(world, repo, part)},
    "label": lambda world, repo, _event, part: {"label": shapes.label(world, repo, part)},
    "assignee": lambda world, _repo, _event, part: {"assignee": part and shapes.user(world, part.login)},
    "changes": lambda _world, _repo, _event, part: {"changes": part},
    "deployment": lambda world, _repo, _event, part: {"deployment": shapes_repo.deployment(world, part)},
    "status": lambda _world, _repo, _event, _part: {},
    "commit_status": lambda world, repo, _event, part: shapes_repo.status_event(world, repo, part),
    "moved_from": lambda _world, _repo, _event, part: {"before": part.before, "after": part.after},
    "run": lambda world, repo, _event, part: _run(world, repo, part),
    "group": lambda _world, repo, _event, part: _group(repo, part),
    "dequeued": lambda _world, _repo, _event, part: {"reason": DEQUEUED.get(part, "MANUAL")},
    "review": lambda _world, _repo, _event, _part: {},
    "pushed": lambda _world, _repo, _event, _part: {},
}


def signature(secret: str, body: bytes) -> str:
    """What a receiver with the secret finds in X-Hub-Signature-256."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def headers(event: str, body: bytes, serial: int, secret: str | None = None) -> dict[str, str]:
    """The headers of the delivery with this serial number; its GUID is the same on every run."""
    signed = {"X-Hub-Signature-256": signature(secret, body)} if secret else {}
    return {
        "Content-Type": "application/json",
        "User-Agent": "GitHub-Hookshot/sandbox",
        "X-GitHub-Event": event,
        "X-GitHub-Delivery": str(uuid.uuid5(uuid.NAMESPACE_URL, f"sandbox-delivery-{serial}")),
        "X-GitHub-Hook-ID": "450000017",
        "X-GitHub-Hook-Installation-Target-Type": "repository",
    } | signed


class Starts(Protocol):
    """Whether an event starts workflows, as `starts_workflow` tells it."""

    def __call__(self, event: str, payload: Mapping[str, Any], *, by_bot: bool) -> bool: ...


class Receiver:
    """Sends webhooks to an HTTP address, one after the other, from a thread of its own.

    Those that would start no workflow carry `X-Sandbox-Starts-Workflow: false`, which GitHub does not say:
    a rig that plays GitHub Actions must not run them. GitHub does not send failed deliveries again, nor does this.
    """

    def __init__(self, url: str, secret: str | None = None, starts: Starts | None = None) -> None:
        self.url, self.secret, self.sent = url, secret, 0
        self._starts = starts or starts_workflow
        self._queue: queue.Queue[tuple[str, dict[str, object], bool] | None] = queue.Queue()
        self._thread = threading.Thread(target=self._run, name="sandbox webhooks", daemon=True)
        self._thread.start()

    def __call__(self, event: str, _action: str | None, payload: dict[str, object], by_bot: bool) -> None:  # noqa: FBT001 # the subscriber's signature
        self._queue.put((event, payload, self._starts(event, payload, by_bot=by_bot)))

    def close(self) -> None:
        """Send what is waiting, then stop."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (waiting := self._queue.get()) is not None:
            self._send(*waiting)

    def _send(self, event: str, payload: dict[str, object], starts: bool) -> None:  # noqa: FBT001 # from the queue
        self.sent += 1
        body = json.dumps(payload).encode()
        extra = {"X-Sandbox-Starts-Workflow": "true" if starts else "false"}
        sent = headers(event, body, self.sent, self.secret) | extra
        request = urllib.request.Request(self.url, body, sent, method="POST")  # noqa: S310 # the address is the user's own
        try:
            urllib.request.urlopen(request, timeout=TIMEOUT).close()  # noqa: S310 # as above
        except OSError as error:
            _log.warning("webhook %s was not received: %s", event, error)
