"""The GraphQL documents of the hotfix gate: one read for the pull request, one for what it points to.

By GitHub's published formula (one for each connection, a hundredth of the sum) the first costs 2 points: its only
connections inside others are the authors of its commits. The second costs 1.
"""

from functools import cache

from stanch.adapters.documents import ACTOR, ITEM, RULES, THREAD
from stanch.core.gate import CONTEXT
from stanch.core.own_workflows import GATE_WORKFLOW

COMMIT = """
oid message
committer { name user { login } }
authors(first: 10) { nodes { name user { login } } pageInfo { hasNextPage } }
"""

DEPLOYMENT = f"""
id environment commitOid createdAt
creator {ACTOR} ref {{ name }} latestStatus {{ state }}
"""

CHECK = """
__typename
... on CheckRun {
  name status conclusion
  checkSuite { workflowRun { file { path } } }
}
... on StatusContext { context contextState: state }
"""

HEAD = f"""
oid tree {{ oid }}
status {{ context(name: "{CONTEXT}") {{ state description targetUrl creator {ACTOR} }} }}
statusCheckRollup {{ contexts(first: 100) {{ nodes {{ {CHECK} }} pageInfo {{ hasNextPage }} }} }}
checkSuites(last: 50) {{
  nodes {{ status conclusion createdAt workflowRun {{ databaseId event updatedAt file {{ path }} }} }}
}}
deployments(first: 50, orderBy: {{field: CREATED_AT, direction: DESC}}) {{ nodes {{ {DEPLOYMENT} }} }}
associatedPullRequests(first: 10) {{ nodes {{ number state headRefOid }} }}
"""

TALK = """itemTypes: [
  ISSUE_COMMENT, COMMENT_DELETED_EVENT, CROSS_REFERENCED_EVENT, BASE_REF_CHANGED_EVENT]"""

TALKED = f"""
nodes {{
  {ITEM}
  ... on BaseRefChangedEvent {{ createdAt }}
}}
pageInfo {{ hasNextPage endCursor }}
"""

PULL = f"""
query Pull($owner: String!, $name: String!, $number: Int!) {{
  repository(owner: $owner, name: $name) {{
    ...Rules
    squashMergeAllowed mergeCommitAllowed rebaseMergeAllowed
    environments(first: 100) {{ nodes {{ name }} }}
    attributes: object(expression: "HEAD:.gitattributes") {{ ... on Blob {{ text isTruncated }} }}
    pullRequest(number: $number) {{
      number title body url createdAt viewerDidAuthor lastEditedAt state locked isDraft isCrossRepository
      author {ACTOR} editor {ACTOR}
      headRefName headRefOid baseRefName baseRefOid baseRef {{ target {{ oid }} }}
      mergeable mergedAt mergedBy {ACTOR}
      mergeCommit {{ oid message parents(first: 3) {{ nodes {{ oid }} }} }}
      additions deletions changedFiles
      assignees(first: 20) {{ nodes {{ login }} }}
      closingIssuesReferences(first: 10) {{ nodes {{ number url }} }}
      opening: commits(first: 1) {{ nodes {{ commit {{ parents(first: 1) {{ nodes {{ oid }} }} }} }} }}
      earliest: commits(first: 100) {{ totalCount nodes {{ commit {{ {COMMIT} }} }} }}
      latest: commits(last: 100) {{ nodes {{ commit {{ {COMMIT} }} }} }}
      tip: commits(last: 1) {{ nodes {{ commit {{ {HEAD} }} }} }}
      reviews(last: 100, states: [APPROVED, CHANGES_REQUESTED, DISMISSED]) {{
        totalCount
        nodes {{ id state submittedAt authorCanPushToRepository author {ACTOR} commit {{ oid }} }}
      }}
      files(first: 100) {{ nodes {{ path changeType additions deletions }} }}
      timelineItems(first: 100, {TALK}) {{ {TALKED} }}
    }}
  }}
}}
{RULES}
"""

MORE_TALK = f"""
query MoreTalk($owner: String!, $name: String!, $number: Int!, $after: String!) {{
  repository(owner: $owner, name: $name) {{
    pullRequest(number: $number) {{ timelineItems(first: 100, after: $after, {TALK}) {{ {TALKED} }} }}
  }}
}}
"""


@cache
def beside(threads: int, texts: int, names: int, branches: int, commits: int) -> str:
    """A document for what a pull request points to.

    Variables: `$owner`, `$name`; `$n0` … the numbers of linked issues; `$e0` … revision expressions of files whose
    text is wanted; `$o0` … of files whose id is enough; `$b0` … qualified names of long-lived branches, to which
    `$head`, a branch, and `$since`, where it was cut, are compared; `$c0` … commits that are asked what they say
    and how many files they changed, and `$base` the branch's qualified name that is asked, with the same ids as
    `$r0` …, whether it has them.
    """
    variables = ["$owner: String!", "$name: String!"]
    variables += [f"$n{i}: Int!" for i in range(threads)]
    variables += [f"$e{i}: String!" for i in range(texts)] + [f"$o{i}: String!" for i in range(names)]
    variables += [f"$b{i}: String!" for i in range(branches)]
    variables += ["$head: String!", "$since: String!"] if branches else []
    variables += [f"$c{i}: GitObjectID!, $r{i}: String!" for i in range(commits)]
    variables += ["$base: String!"] if commits else []
    fields = [f"t{i}: issueOrPullRequest(number: $n{i}) {{ ...Thread }}" for i in range(threads)]
    fields += [f"e{i}: object(expression: $e{i}) {{ oid ... on Blob {{ text isTruncated }} }}" for i in range(texts)]
    fields += [f"o{i}: object(expression: $o{i}) {{ oid }}" for i in range(names)]
    fields += [
        f"b{i}: ref(qualifiedName: $b{i}) {{ compare(headRef: $head) {{ aheadBy }} "
        "since: compare(headRef: $since) { aheadBy } }"
        for i in range(branches)
    ]
    fields += [
        f"c{i}: object(oid: $c{i}) {{ oid ... on Commit {{ changedFilesIfAvailable message }} }} "
        f"l{i}: ref(qualifiedName: $base) {{ compare(headRef: $r{i}) {{ aheadBy }} }}"
        for i in range(commits)
    ]
    head = f"query Beside({', '.join(variables)}) {{ repository(owner: $owner, name: $name) {{\n"
    return head + "\n".join(fields) + "\n} }" + (THREAD if threads else "")


SHOWN = f"""
number body headRefName
closingIssuesReferences(first: 1) {{ nodes {{ number }} }}
commits(last: 1) {{
  nodes {{ commit {{ status {{ context(name: "{CONTEXT}") {{ state creator {ACTOR} }} }} }} }}
}}
"""

PULLS = f"""
query Pulls($owner: String!, $name: String!, $after: String) {{
  repository(owner: $owner, name: $name) {{
    open: pullRequests(first: 50, after: $after, states: OPEN, orderBy: {{field: CREATED_AT, direction: ASC}}) {{
      nodes {{ {SHOWN} }}
      pageInfo {{ hasNextPage endCursor }}
    }}
    merged: pullRequests(first: 50, states: MERGED, orderBy: {{field: UPDATED_AT, direction: DESC}}) {{
      nodes {{ mergedAt {SHOWN} }}
    }}
  }}
}}
"""

OF_COMMIT = """
query OfCommit($owner: String!, $name: String!, $sha: GitObjectID!) {
  repository(owner: $owner, name: $name) {
    commit: object(oid: $sha) {
      oid
      ... on Commit { associatedPullRequests(first: 20) { nodes { number } } }
    }
  }
}
"""

LANDED = f"""
query Landed($owner: String!, $name: String!, $branch: String!) {{
  repository(owner: $owner, name: $name) {{
    ...Rules
    production: ref(qualifiedName: $branch) {{
      target {{
        oid
        ... on Commit {{
          installed: history(first: 100, path: "{GATE_WORKFLOW}") {{ nodes {{ oid }} }}
          history(first: 50) {{
            nodes {{
              oid message
              author {{ user {{ login }} }}
              associatedPullRequests(first: 5) {{ nodes {{ number mergedAt baseRefName }} }}
            }}
          }}
        }}
      }}
    }}
  }}
}}
{RULES}
"""

QUEUE = """
query Queue($owner: String!, $name: String!, $branch: String!) {
  repository(owner: $owner, name: $name) {
    mergeQueue(branch: $branch) {
      entries(first: 100) { nodes { position headCommit { oid } pullRequest { number } } }
    }
  }
}
"""
