"""What a pull request points to, and so has to be read beside it: a pure question between two reads."""

from collections.abc import Iterator
from dataclasses import dataclass

from stanch.core.config import ALTERNATIVE_PATH, CONFIG_PATH, Config
from stanch.core.declared import Declared
from stanch.core.dependencies import is_manifest
from stanch.core.own_workflows import GATE_WORKFLOW, PROOF_WORKFLOW
from stanch.core.pull import ChangedFile, Pull, PullState
from stanch.core.sameness import named_reverts
from stanch.core.surface import is_test

MOST_TEXTS = 40
"""Files whose text is asked for; a pull request that changes more of production is no small one anyway."""

MOST_LINES = 400
"""Lines of a file's change above which its text is not asked for, manifests excepted."""

MOST_THREADS = 10
"""Linked issues that are read: as many as GitHub is asked for. A release may close some beside the incident."""

STEERING = (CONFIG_PATH, ALTERNATIVE_PATH, PROOF_WORKFLOW)
"""What the proof is made with: it has to be the same at the head as on the base."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the second read asks for; `texts` and `names` are revision expressions.

    `branches` are compared to the head and to `since`, where it was cut; `commits` are looked for on `base`.
    """

    threads: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    commits: tuple[str, ...] = ()
    since: str = ""
    base: str = ""


def production_branch(config: Config, default_branch: str | None) -> str:
    """The branch that production runs."""
    return config.hotfix.branch or default_branch or "main"


def may_be_hotfix(pull: Pull, declared: Declared, config: Config, production: str, held: int = 0) -> bool:
    """Whether it is a hotfix by its branch's name, or may be one because it names or closes an issue.

    Only what goes into production can be one; what calls itself one is held to that as well. Where the team asks
    something of every pull request, each is read as if it might be one.
    """
    if pull.head.startswith(config.hotfix.prefix) or declared.values.get("incident"):
        return True
    return pull.base == production and bool(linked(pull, declared, held) or config.hotfix.every)


def linked(pull: Pull, declared: Declared, held: int = 0) -> tuple[int, ...]:
    """The issues of this repository that it names or would close, and the one that it was `held` for (0: none)."""
    named = [one.number for one in declared.incidents if not one.repository]
    closing = [one.issue.number for one in declared.closings if not one.issue.repository]
    found = tuple(dict.fromkeys((*named, *pull.closes, *closing)))
    return tuple(dict.fromkeys((*found[: MOST_THREADS - bool(held)], *([held] if held else []))))


def wishes_of(pull: Pull, declared: Declared, config: Config, held: int = 0) -> Wishes:
    """Everything that the rules need to know and one read did not bring."""
    reverted = named_reverts(pull)
    names = [f"{pull.head_sha}:{one.path}" for one in pull.files]
    names += [f"{sha}:{path}" for sha in (pull.head_sha, pull.base_sha) for path in STEERING]
    names += gate_at_merge(pull)
    if reverted and len(pull.files) <= MOST_TEXTS:
        places = (pull.fork_point, *reverted, *(f"{sha}~1" for sha in reverted))
        names += [f"{place}:{one.path}" for place in places for one in pull.files]
    texts = [f"{sha}:{one.path}" for one in _read(pull, config) for sha in (pull.fork_point, pull.head_sha)]
    return Wishes(
        threads=linked(pull, declared, held),
        texts=tuple(texts),
        names=tuple(dict.fromkeys(name for name in names if name not in texts)),
        branches=() if pull.cross_repository or pull.state is not PullState.OPEN else config.hotfix.others,
        commits=reverted,
        since=pull.fork_point,
        base=pull.base,
    )


def gate_at_merge(pull: Pull) -> tuple[str, ...]:
    """Where the gate's workflow stood if it was installed when a pull request was merged; empty while it is not.

    Beside the merge stand what it was merged into and where it was cut: no pull request takes itself out of the audit.
    """
    sha = pull.merged.sha if pull.merged else ""
    return tuple(f"{place}:{GATE_WORKFLOW}" for place in (sha, f"{sha}~1", pull.fork_point)) if sha else ()


def _read(pull: Pull, config: Config) -> Iterator[ChangedFile]:
    """The files whose text is wanted: manifests first, then what production runs, as far as it is small."""
    manifests = [one for one in pull.files if is_manifest(one.path)]
    others = [one for one in pull.files if one not in manifests and not is_test(one.path, config.hotfix)]
    small = [one for one in others if one.added + one.removed <= MOST_LINES]
    yield from (*manifests, *small)[:MOST_TEXTS]
