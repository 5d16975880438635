"""The GraphQL documents: everything that Stanch ever reads, but permissions.

No connection stands inside a timeline node: by GitHub's published formula a page of 50 threads
then costs 2 points of the 1,000 an hour; with inner connections it was 552. A test computes the cost.
"""

from functools import cache

from stanch.core.handover import LABEL
from stanch.core.own_templates import OWN_TEMPLATES, TEMPLATES
from stanch.core.own_workflows import GATE_WORKFLOW
from stanch.core.runbooks.model import FOLDER
from stanch.core.runs import SUITES
from stanch.core.thread import ROLES
from stanch.core.watchers import WORKFLOW_PATH

TIMELINE_PAGE = 100
"""Timeline items asked of a thread at once, GitHub's limit."""

HANDOVERS = 3
"""Hand-over issues that are read with the rules, the newest ones: the coming one, the last one, and a copy."""

ACTOR = "{ __typename login }"

COMMENT = f"""... on IssueComment {{
    fullDatabaseId id body url createdAt lastEditedAt viewerDidAuthor isMinimized
    author {ACTOR} editor {ACTOR}
    reactionGroups {{ content viewerHasReacted }}
  }}"""

ITEM = f"""
  __typename
  {COMMENT}
  ... on LabeledEvent {{ createdAt actor {ACTOR} label {{ name }} }}
  ... on UnlabeledEvent {{ createdAt actor {ACTOR} label {{ name }} }}
  ... on AssignedEvent {{ createdAt actor {ACTOR} assignee {{ ... on Actor {{ login }} }} }}
  ... on UnassignedEvent {{ createdAt actor {ACTOR} assignee {{ ... on Actor {{ login }} }} }}
  ... on ClosedEvent {{ createdAt actor {ACTOR} stateReason }}
  ... on ReopenedEvent {{ createdAt actor {ACTOR} }}
  ... on RenamedTitleEvent {{ createdAt actor {ACTOR} previousTitle }}
  ... on CommentDeletedEvent {{ createdAt actor {ACTOR} deletedCommentAuthor {ACTOR} }}
  ... on CrossReferencedEvent {{
    createdAt actor {ACTOR}
    source {{
      __typename
      ... on Issue {{ number title url viewerDidAuthor state author {ACTOR} }}
      ... on PullRequest {{ number title url viewerDidAuthor pullState: state mergedAt author {ACTOR} }}
    }}
  }}
"""

ITEMS = f"nodes {{ {ITEM} }} pageInfo {{ hasNextPage endCursor }}"

KINDS = """itemTypes: [
  ISSUE_COMMENT, LABELED_EVENT, UNLABELED_EVENT, ASSIGNED_EVENT, UNASSIGNED_EVENT, CLOSED_EVENT,
  REOPENED_EVENT, RENAMED_TITLE_EVENT, COMMENT_DELETED_EVENT, CROSS_REFERENCED_EVENT]"""

THREAD = f"""
fragment Thread on IssueOrPullRequest {{
  __typename
  ... on PullRequest {{ number title url }}
  ... on Issue {{
    id number title body url createdAt viewerDidAuthor lastEditedAt state locked
    stateReason(enableDuplicate: true)
    author {ACTOR} editor {ACTOR}
    labels(first: 100) {{ nodes {{ name }} }}
    assignees(first: 20) {{ nodes {{ login }} }}
    timelineItems(first: {TIMELINE_PAGE}, {KINDS}) {{ {ITEMS} }}
  }}
}}
"""

FILE = "{ ... on Blob { text isTruncated } }"

OWN = "\n".join(
    f'  {alias}: object(expression: "HEAD:{TEMPLATES}/{file}") {FILE}' for alias, file in OWN_TEMPLATES.items()
)
"""The team's own templates, each under its alias."""

RULES = f"""
fragment Rules on Repository {{
  nameWithOwner
  defaultBranchRef {{ name }}
  config: object(expression: "HEAD:.github/stanch.yml") {FILE}
  configYaml: object(expression: "HEAD:.github/stanch.yaml") {FILE}
  gate: object(expression: "HEAD:{GATE_WORKFLOW}") {{ oid }}
  roles: object(expression: "HEAD:{ROLES}") {{ oid }}
  watcher: object(expression: "HEAD:{WORKFLOW_PATH}") {{ oid }}
  owners: object(expression: "HEAD:.github/CODEOWNERS") {FILE}
  ownersRoot: object(expression: "HEAD:CODEOWNERS") {FILE}
  ownersDocs: object(expression: "HEAD:docs/CODEOWNERS") {FILE}
{OWN}
  deployments(first: 50, orderBy: {{field: CREATED_AT, direction: DESC}}) {{
    nodes {{
      id environment commitOid createdAt
      creator {ACTOR} ref {{ name }} latestStatus {{ state }}
    }}
  }}
  pullRequests(first: 50, states: MERGED, orderBy: {{field: UPDATED_AT, direction: DESC}}) {{
    nodes {{ number title url mergedAt baseRefName author {ACTOR} mergeCommit {{ oid }} }}
  }}
}}
"""

STANDING = f"""
  handovers: issues(first: {HANDOVERS}, labels: ["{LABEL}"], orderBy: {{field: CREATED_AT, direction: DESC}}) {{
    nodes {{
      number id title body url viewerDidAuthor createdAt state stateReason(enableDuplicate: true)
      timelineItems(first: {TIMELINE_PAGE}, itemTypes: [ISSUE_COMMENT]) {{ nodes {{ __typename {COMMENT} }} }}
    }}
  }}
  runbooks: object(expression: "HEAD:{FOLDER}") {{ ... on Tree {{ entries {{ name object {FILE} }} }} }}
"""
"""The newest hand-over issues and the runbooks. The gate asks for none: it calls nobody, and may not read issues."""

INDEX_PAGE = 100
"""Issue numbers asked of one label at once in a sweep."""


@cache
def threads(count: int, labels: int = 0, *, rules: bool = False) -> str:
    """A document for `count` threads by number and, in a sweep, a further page of the index of each label.

    Variables: `$owner`, `$name`; `$n0` … the numbers; `$l0` …, `$s0` …, `$u0` … and `$c0` … the label names
    (null: whatever they bear), states, lower bound of the last update (or null) and cursors (or null).
    """
    variables = ["$owner: String!", "$name: String!"]
    variables += [f"$n{i}: Int!" for i in range(count)]
    for i in range(labels):
        variables += [f"$l{i}: [String!]", f"$s{i}: [IssueState!]!", f"$u{i}: DateTime", f"$c{i}: String"]
    fields = ["...Rules", STANDING] if rules else []
    fields += [f"t{i}: issueOrPullRequest(number: $n{i}) {{ ...Thread }}" for i in range(count)]
    fields += [
        f"i{i}: issues(first: {INDEX_PAGE}, after: $c{i}, labels: $l{i}, states: $s{i}, "
        f"filterBy: {{since: $u{i}}}, orderBy: {{field: CREATED_AT, direction: ASC}}) "
        "{ nodes { number } pageInfo { hasNextPage endCursor } }"
        for i in range(labels)
    ]
    body = "\n".join(fields)
    head = f"query Threads({', '.join(variables)}) {{ repository(owner: $owner, name: $name) {{\n{body}\n}} }}"
    return head + (THREAD if count else "") + (RULES if rules else "")


MORE_ITEMS = f"""
query MoreItems($owner: String!, $name: String!, $number: Int!, $after: String!) {{
  repository(owner: $owner, name: $name) {{
    issue(number: $number) {{ timelineItems(first: {TIMELINE_PAGE}, after: $after, {KINDS}) {{ {ITEMS} }} }}
  }}
}}
"""

CHILD = "{ number id title body url viewerDidAuthor createdAt lastEditedAt state stateReason(enableDuplicate: true) }"


@cache
def children(count: int, newest: int = 30) -> str:
    """A document for the issues that may be children: `count` by number, and the newest (100 at most) of one label.

    Variables: `$owner`, `$name`, `$label`, `$n0` ….
    """
    variables = "".join(f", $n{i}: Int!" for i in range(count))
    asked = "\n".join(f"k{i}: issueOrPullRequest(number: $n{i}) {{ ... on Issue {CHILD} }}" for i in range(count))
    return f"""
query Children($owner: String!, $name: String!, $label: [String!]!{variables}) {{
  repository(owner: $owner, name: $name) {{
    newest: issues(first: {newest}, labels: $label, orderBy: {{field: CREATED_AT, direction: DESC}}) {{
      nodes {CHILD}
    }}
    {asked}
  }}
}}
"""


PIN = """
mutation Pin($id: ID!) {
  pinIssue(input: {issueId: $id}) { issue { number } }
}
"""


@cache
def finished(count: int) -> str:
    """A document that tells of `count` issues and pull requests by number whether, and when, they were done.

    Variables: `$owner`, `$name`, `$n0` ….
    """
    variables = "".join(f", $n{i}: Int!" for i in range(count))
    asked = "\n".join(
        f"f{i}: issueOrPullRequest(number: $n{i}) {{ __typename "
        "... on Issue { number state closedAt stateReason(enableDuplicate: true) } "
        "... on PullRequest { number mergedAt } }"
        for i in range(count)
    )
    head = f"query Finished($owner: String!, $name: String!{variables})"
    return f"{head} {{ repository(owner: $owner, name: $name) {{\n{asked}\n}} }}"


@cache
def runs(count: int) -> str:
    """A document for the workflow runs of `count` commits by their ids: one point for up to a hundred and fifty.

    Variables: `$owner`, `$name`, `$c0` ….
    """
    variables = "".join(f", $c{i}: GitObjectID!" for i in range(count))
    asked = "\n".join(
        f"r{i}: object(oid: $c{i}) {{ ... on Commit {{ checkSuites(first: {SUITES}) {{ totalCount nodes {{ "
        "status conclusion workflowRun { url event updatedAt workflow { name } file { path } } } } } }"
        for i in range(count)
    )
    head = f"query Runs($owner: String!, $name: String!{variables})"
    return f"{head} {{ repository(owner: $owner, name: $name) {{\n{asked}\n}} }}"


MINIMISE = """
mutation Minimise($id: ID!) {
  minimizeComment(input: {subjectId: $id, classifier: DUPLICATE}) { minimizedComment { isMinimized } }
}
"""
