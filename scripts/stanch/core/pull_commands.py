"""Commands on a pull request: `/waive`, `/recheck` and `/help`, each judged once, where it stands."""

from stanch.core.access import Access
from stanch.core.calls import Call
from stanch.core.commands import TABLE, Verb
from stanch.core.gate import decide
from stanch.core.gathered import Gathered
from stanch.core.hearing import Said, unheard
from stanch.core.ledger import Ledger, Record
from stanch.core.markdown import blocks
from stanch.core.pull_case import facts_of
from stanch.core.rules import RULES
from stanch.core.rules.facts import Facts
from stanch.core.snapshot import Snapshot
from stanch.core.thread import Comment
from stanch.core.timeline import access, may_command, people_behind
from stanch.core.traces import traces_of
from stanch.core.waivers import REPRODUCED, Hands, Request, refusal, waivers_of

HERE = frozenset({Verb.WAIVE, Verb.RECHECK, Verb.HELP})
"""What can be said on a pull request; all else belongs on the incident."""


def askers(snapshot: Snapshot, ledger: Ledger) -> frozenset[str]:
    """Whose permission decides about what was said."""
    traces = traces_of(snapshot, ledger)
    return frozenset(login for said in unheard(snapshot, ledger) for login in people_behind(traces, said.comment))


def is_waiving(said: tuple[Said, ...]) -> bool:
    """Whether a waiver is among them: then it matters who pushed last, and when."""
    return any(call.verb is Verb.WAIVE for one in said for call in one.calls)


def judged(snapshot: Snapshot, ledger: Ledger, gathered: Gathered) -> tuple[Record, ...]:
    """All records: what the ledger has judged, and what is said anew.

    On a pull request that is no hotfix nothing is judged but `/recheck`: other bots have commands of their own.
    """
    records = list(ledger.records)
    traces, facts = traces_of(snapshot, ledger), facts_of(gathered) if gathered.is_hotfix else None
    for said in unheard(snapshot, ledger):
        allowed = may_command(snapshot, traces, said.comment)
        calls = said.calls if facts else tuple(call for call in said.calls if call.verb is Verb.RECHECK)
        for call in calls:
            records.append(_record(snapshot, facts, tuple(records), said.comment, call, allowed=allowed))
    return tuple(records)


def _record(
    snapshot: Snapshot, facts: Facts | None, before: tuple[Record, ...], comment: Comment, call: Call, *, allowed: bool
) -> Record:
    code, detail = "", dict[str, str]()
    if call.wrong is not None:
        code, detail = call.wrong.code, {**call.wrong.values, "meant": call.meant}
    elif not allowed:
        code = "not-allowed"
    elif call.verb not in HERE:
        code = "on-the-incident" if call.verb and TABLE[call.verb].on_incident else "on-the-postmortem"
    elif call.verb is Verb.WAIVE and facts is not None:
        code, detail = _waived(snapshot, facts, before, comment, call)
    verb = call.verb.value if call.verb else call.typed
    at = comment.edited_at or comment.at
    return Record(comment.id, call.line, verb, comment.author.login, at, call.arguments or {}, code, detail)


def _waived(
    snapshot: Snapshot, facts: Facts, before: tuple[Record, ...], comment: Comment, call: Call
) -> tuple[str, dict[str, str]]:
    """The code of the refusal, empty for none, and what is remembered of an accepted one."""
    code, sha = (call.arguments or {}).get("rule", ""), facts.pull.head_sha
    rule = next((rule for rule in RULES if rule.code == code), None)
    if rule is None:
        return "no-rule", {"typed": code}
    at, merged = comment.edited_at or comment.at, facts.pull.merged
    if merged is not None and at > merged.at:
        return "merged", {}
    given = waivers_of(before, sha)
    finding = decide(facts, given).finding(code)
    pasted = (one for one in before if one.accepted and one.detail.get(REPRODUCED) and one.detail.get("sha") == sha)
    reproduced = any(one.arguments.get("rule") == code for one in pasted)
    asked = Request(
        by=comment.author.login,
        at=at,
        may=is_maintainer(snapshot, comment),
        reproduced=shows_code(comment.body),
        own_words=comment.untouched,
    )
    hands = Hands(frozenset({facts.author, *facts.ordered_by}), facts.last_pusher, facts.pushed_at)
    refused = refusal(asked, finding, rule.waivable, hands, reproduced=reproduced)
    if refused:
        return refused, {}
    return "", {"sha": sha} | ({REPRODUCED: "yes"} if asked.reproduced else {})


def is_maintainer(snapshot: Snapshot, comment: Comment) -> bool:
    """Whether everybody behind a comment maintains the repository, or is named for it in the config."""
    named = {login.lower() for login in snapshot.config.hotfix.maintainers}
    people = {comment.author.login, *({comment.editor.login} if comment.editor else ())}
    return all(login.lower() in named or access(snapshot, login) >= Access.MAINTAIN for login in people)


def shows_code(body: str) -> bool:
    """Whether a comment has a code block of some lines: where somebody pastes what was done and seen."""
    fences = (token for token in blocks(body) if token.type in {"fence", "code_block"})
    return any(len([line for line in token.content.splitlines() if line.strip()]) >= 2 for token in fences)
