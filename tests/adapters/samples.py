"""Answers as GitHub gives them to the documents, for tests that need no more than that."""

from typing import Any

ALEX = {"__typename": "User", "login": "alex"}
BOT = {"__typename": "Bot", "login": "github-actions"}
AT = "2026-03-14T02:00:00Z"

COMMENT: dict[str, Any] = {
    "__typename": "IssueComment",
    "fullDatabaseId": "5000000017",
    "id": "IC_1",
    "body": "/ack\r\nnow",
    "url": "https://github.com/team/shop/issues/12#issuecomment-1",
    "createdAt": AT,
    "lastEditedAt": None,
    "viewerDidAuthor": False,
    "isMinimized": False,
    "author": ALEX,
    "editor": None,
    "reactionGroups": [
        {"content": "ROCKET", "viewerHasReacted": True},
        {"content": "THUMBS_DOWN", "viewerHasReacted": False},
        {"content": "HEART", "viewerHasReacted": True},
    ],
}


def issue(*items: object, number: int = 12, after: str | None = None) -> dict[str, Any]:
    """An open issue with these timeline items, and with more after the cursor `after`."""
    return {
        "__typename": "Issue",
        "number": number,
        "id": "I_12",
        "title": "Checkout is down",
        "body": "since\r\nthree",
        "url": "https://github.com/team/shop/issues/12",
        "createdAt": AT,
        "viewerDidAuthor": False,
        "lastEditedAt": None,
        "state": "OPEN",
        "locked": False,
        "stateReason": None,
        "author": ALEX,
        "editor": None,
        "labels": {"nodes": [{"name": "sev-1"}]},
        "assignees": {"nodes": [{"login": "sam"}]},
        "timelineItems": {
            "nodes": list(items),
            "pageInfo": {"hasNextPage": after is not None, "endCursor": after},
        },
    }


RULES: dict[str, Any] = {
    "nameWithOwner": "team/shop",
    "defaultBranchRef": {"name": "main"},
    "config": {"text": "people: {}\n", "isTruncated": False},
    "configYaml": None,
    "watcher": None,
    "gate": None,
    "roles": None,
    "owners": None,
    "ownersRoot": {"text": "* @alex\n", "isTruncated": False},
    "ownersDocs": {"text": "* @sam\n", "isTruncated": False},
    "ownLong": {"text": "# {{ title }}\n", "isTruncated": False},
    "ownShort": None,
    "ownClient": None,
    "deployments": {
        "nodes": [
            {
                "id": "DE_1",
                "environment": "production",
                "commitOid": "abc",
                "createdAt": AT,
                "creator": BOT,
                "ref": None,
                "latestStatus": {"state": "SUCCESS"},
            },
            {
                "id": "DE_2",
                "environment": None,
                "commitOid": "def",
                "createdAt": "2026-03-14T03:00:00Z",
                "creator": ALEX,
                "ref": {"name": "main"},
                "latestStatus": None,
            },
        ]
    },
    "pullRequests": {
        "nodes": [
            {
                "number": number,
                "title": "Change",
                "url": "u",
                "mergedAt": f"2026-03-14T0{number}:00:00Z",
                "baseRefName": "main",
                "author": None,
                "mergeCommit": {"oid": "abc"} if number == 2 else None,
            }
            for number in (1, 2)
        ]
    },
}
