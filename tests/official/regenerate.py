"""Rebuild the slices of GitHub's official descriptions that the tests and the sandbox use.

    python -m tests.official.regenerate            # write them
    python -m tests.official.regenerate --check    # exit 1 with a diff if they are not current

Needs `npm` to fetch the packages, each pinned by version and content hash; `--packages DIR` reads a
`node_modules` folder instead. No slice carries prose. The tests themselves need neither Node nor a network.
"""

import argparse
import base64
import difflib
import gzip
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphql import build_schema, parse, validate, validate_schema

from stanch.adapters import documents, pull_documents, setup_document
from tests.official.agreement import disagreements
from tests.official.graphql_slice import cut, touched_by
from tests.official.json_slice import payloads, rest_examples, rest_slice, webhook_slice

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SANDBOX_SCHEMA = ROOT / "scripts/stanch/sandbox/github.graphql"


@dataclass(frozen=True)
class Package:
    """One npm package: name, exact version, the hash that npm's lock files call integrity."""

    name: str
    version: str
    integrity: str

    @property
    def exactly(self) -> str:
        """The name and version as npm takes them."""
        return f"{self.name}@{self.version}"


GRAPHQL = Package(
    "@octokit/graphql-schema",
    "15.26.1",
    "sha512-RFDC2MpRBd4AxSRvUeBIVeBU7ojN/SxDfALUd7iVYOSeEK3gZaqR2MGOysj4Zh2xj2RY5fQAUT+Oqq7hWTraMA==",
)
OPENAPI = Package(
    "@octokit/openapi",
    "23.0.2",
    "sha512-pV8M7L9GY23AybNvTmo2nyjmpmnt6+2sRE/tqr0ZLQcPS4lnw7u5eZGNmwRNkBC3D7gZXbFx5AHzLUVRBXGDhg==",
)
WEBHOOKS = Package(
    "@octokit/webhooks-schemas",
    "7.6.1",
    "sha512-qW0Bwtb76r4m2WzVhKDyfEeEnt1GEQoRjkCqmq2ZeB0nNVDJ+Z2LBDS9FDPyduuMXf/ZTWiCJp9PFFHgRfBe3A==",
)
EXAMPLES = Package(
    "@octokit/webhooks-examples",
    "7.6.1",
    "sha512-De6U3XB6O3DtCa7bKgCMzTHdeopqqZ6SNivMYJnK65ierKL1AnNIA0tkRYCRS7lwGT792d+Ps1WbfHlso6MynQ==",
)
PACKAGES = (GRAPHQL, OPENAPI, WEBHOOKS, EXAMPLES)

FOR_EXECUTION = (
    "GitObject.oid",  # an interface without a field is no valid schema
    "Bot.login",
    "EnterpriseUserAccount.login",
    "Mannequin.login",
    "Organization.login",
    "User.login",
)
FOR_THE_SANDBOX = (
    "Query.rateLimit",
    "Query.viewer",
    "RateLimit.cost",
    "RateLimit.limit",
    "RateLimit.nodeCount",
    "RateLimit.remaining",
    "RateLimit.resetAt",
    "RateLimit.used",
    "Blob.isBinary",
    "Label.color",
    "Label.description",
    "LabelConnection.pageInfo",
    "Repository.assignableUsers",
    "Repository.deleteBranchOnMerge",
    "Repository.hasIssuesEnabled",
    "Repository.isArchived",
    "Repository.isFork",
    "Repository.isPrivate",
    "Repository.labels",
    "Repository.viewerPermission",
    "Repository.visibility",
    "Tree.entries",
    "TreeEntry.name",
    "TreeEntry.object",
    "TreeEntry.type",
    "UserConnection.pageInfo",
)
"""Fields that no document asks for, and that the embedded GitHub answers all the same."""

REPO = "/repos/{owner}/{repo}"
OPERATIONS = (
    f"GET {REPO}",
    f"GET {REPO}/collaborators/{{username}}/permission",
    f"GET {REPO}/issues",
    f"POST {REPO}/issues",
    f"GET {REPO}/issues/{{issue_number}}",
    f"PATCH {REPO}/issues/{{issue_number}}",
    f"GET {REPO}/issues/{{issue_number}}/comments",
    f"POST {REPO}/issues/{{issue_number}}/comments",
    f"GET {REPO}/issues/comments/{{comment_id}}",
    f"PATCH {REPO}/issues/comments/{{comment_id}}",
    f"DELETE {REPO}/issues/comments/{{comment_id}}",
    f"POST {REPO}/issues/comments/{{comment_id}}/reactions",
    f"GET {REPO}/issues/{{issue_number}}/labels",
    f"POST {REPO}/issues/{{issue_number}}/labels",
    f"PUT {REPO}/issues/{{issue_number}}/labels",
    f"DELETE {REPO}/issues/{{issue_number}}/labels/{{name}}",
    f"POST {REPO}/issues/{{issue_number}}/assignees",
    f"DELETE {REPO}/issues/{{issue_number}}/assignees",
    f"GET {REPO}/labels",
    f"POST {REPO}/labels",
    f"GET {REPO}/labels/{{name}}",
    f"PATCH {REPO}/labels/{{name}}",
    f"GET {REPO}/deployments",
    f"POST {REPO}/deployments",
    f"GET {REPO}/deployments/{{deployment_id}}/statuses",
    f"POST {REPO}/deployments/{{deployment_id}}/statuses",
    f"GET {REPO}/commits/{{ref}}/statuses",
    f"POST {REPO}/statuses/{{sha}}",
    f"GET {REPO}/activity",
    f"GET {REPO}/actions/runs/{{run_id}}/artifacts",
    f"GET {REPO}/actions/artifacts/{{artifact_id}}/{{archive_format}}",
    f"GET {REPO}/pulls/{{pull_number}}",
    f"POST {REPO}/pulls",
    f"PUT {REPO}/pulls/{{pull_number}}/merge",
    f"PUT {REPO}/contents/{{path}}",
    f"GET {REPO}/actions/workflows/{{workflow_id}}/runs",
    f"POST {REPO}/actions/workflows/{{workflow_id}}/dispatches",
    f"POST {REPO}/dispatches",
    "GET /user",
    "GET /users/{username}",
    f"PATCH {REPO}",
    f"GET {REPO}/collaborators",
    f"GET {REPO}/assignees",
    f"GET {REPO}/assignees/{{assignee}}",
    f"GET {REPO}/environments",
    f"DELETE {REPO}/labels/{{name}}",
    f"GET {REPO}/pulls",
    f"PATCH {REPO}/pulls/{{pull_number}}",
    f"GET {REPO}/contents/{{path}}",
    f"POST {REPO}/git/blobs",
    f"GET {REPO}/git/blobs/{{file_sha}}",
    f"POST {REPO}/git/trees",
    f"GET {REPO}/git/trees/{{tree_sha}}",
    f"POST {REPO}/git/commits",
    f"GET {REPO}/git/commits/{{commit_sha}}",
    f"POST {REPO}/git/refs",
    f"GET {REPO}/git/ref/{{ref}}",
    f"GET {REPO}/git/matching-refs/{{ref}}",
    f"PATCH {REPO}/git/refs/{{ref}}",
    f"DELETE {REPO}/git/refs/{{ref}}",
    f"GET {REPO}/branches/{{branch}}",
    f"GET {REPO}/branches/{{branch}}/protection",
    f"GET {REPO}/rules/branches/{{branch}}",
    f"GET {REPO}/rulesets",
    f"POST {REPO}/rulesets",
    f"GET {REPO}/rulesets/{{ruleset_id}}",
    f"PUT {REPO}/rulesets/{{ruleset_id}}",
    f"DELETE {REPO}/rulesets/{{ruleset_id}}",
    f"GET {REPO}/actions/permissions",
    f"GET {REPO}/actions/permissions/selected-actions",
    f"GET {REPO}/actions/permissions/workflow",
    f"GET {REPO}/actions/workflows",
    f"GET {REPO}/actions/workflows/{{workflow_id}}",
    f"PUT {REPO}/actions/workflows/{{workflow_id}}/enable",
    f"PUT {REPO}/actions/workflows/{{workflow_id}}/disable",
    f"GET {REPO}/actions/runs",
    f"GET {REPO}/actions/secrets",
    f"GET {REPO}/actions/organization-secrets",
    f"GET {REPO}/actions/variables",
    f"GET {REPO}/actions/organization-variables",
    f"GET {REPO}/releases/latest",
)
EVENTS = (
    "deployment",
    "deployment_status",
    "issue_comment",
    "issues",
    "merge_group",
    "pull_request",
    "pull_request_review",
    "push",
    "status",
    "workflow_run",
)


class NotOfficialError(Exception):
    """A package is not the pinned one, or a document asks for what GitHub's schema does not have."""


def asked_documents() -> tuple[str, ...]:
    """Every GraphQL document that Stanch can send, in each of its forms."""
    return (
        documents.threads(1, rules=True),
        documents.threads(2, 1),
        documents.threads(0, 1, rules=True),
        documents.MORE_ITEMS,
        documents.children(1),
        documents.finished(1),
        documents.runs(1),
        documents.MINIMISE,
        documents.PIN,
        pull_documents.PULL,
        pull_documents.MORE_TALK,
        pull_documents.PULLS,
        setup_document.SETUP,
        pull_documents.OF_COMMIT,
        pull_documents.LANDED,
        pull_documents.QUEUE,
        pull_documents.beside(1, 1, 1, 1, 1),
    )


def build(packages: Path) -> dict[Path, str]:
    """The text of every slice by its path, from a folder of unpacked packages; deterministic."""
    openapi = _read(packages / OPENAPI.name / "generated/api.github.com.json")
    indexes = sorted((packages / EXAMPLES.name).glob("*/index.json"))
    webhooks = _read(packages / WEBHOOKS.name / "schema.json")
    schema = _graphql((packages / GRAPHQL.name / "schema.graphql").read_text("utf-8"))
    return {
        HERE / "graphql.graphql": schema,
        SANDBOX_SCHEMA: schema,
        HERE / "rest.json": _compact(rest_slice(openapi, OPERATIONS)),
        HERE / "webhooks.json": _compact(webhook_slice(webhooks, EVENTS)),
        HERE / "examples.json.gz": _compact(rest_examples(openapi, OPERATIONS)),
        HERE / "payloads.json.gz": _compact(payloads({path.parent.name: _read(path) for path in indexes})),
    }


def _graphql(sdl: str) -> str:
    """The cut of the schema, once the documents are valid on the whole and the cut agrees with it.

    The official file repeats a field (15.26.1: `EnterpriseOwnerInfo.repositoryDeployKeySetting`) and
    deprecates fields that their interfaces do not, so its own validity is not asked for; that of the cut is.
    """
    official = build_schema(sdl, assume_valid=True, assume_valid_sdl=True)
    asked = asked_documents()
    _must_be_empty([e.message for document in asked for e in validate(official, parse(document))])
    text = cut(sdl, touched_by(official, asked, FOR_EXECUTION + FOR_THE_SANDBOX))
    ours = build_schema(text)
    _must_be_empty([e.message for e in validate_schema(ours)])
    _must_be_empty(disagreements(ours, official))
    return f"# Cut from {GRAPHQL.exactly} (MIT) by tests/official/regenerate.py.\n\n{text}"


def _must_be_empty(problems: list[str]) -> None:
    if problems:
        raise NotOfficialError("\n".join(problems))


def _read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def _compact(value: Any) -> str:
    """JSON in one line; a diff of two is made of their indented forms."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")) + "\n"


def fetch(into: Path) -> None:
    """Unpack the pinned packages below `into`, as npm would; raises NotOfficialError on other content."""
    for package in PACKAGES:
        command = ["npm", "pack", package.exactly, "--json", "--loglevel=error"]
        answer = subprocess.run(command, cwd=into, check=True, capture_output=True, text=True)
        archive = into / json.loads(answer.stdout)[0]["filename"]
        digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if f"sha512-{digest}" != package.integrity:
            raise NotOfficialError(f"{package.exactly}: the archive is not the pinned one ({digest})")
        _unpack(archive, into / package.name)


def _unpack(archive: Path, into: Path) -> None:
    with tarfile.open(archive) as tar:
        for member in tar:
            name = member.name.partition("/")[2]
            if member.isfile() and name.endswith((".json", ".graphql")) and ".deref." not in name:
                target = into / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(tar.extractfile(member).read())  # type: ignore[union-attr]  # a file has content


def save(slices: dict[Path, str]) -> None:
    """Write the slices; the archives carry no time, so that the same content gives the same bytes."""
    for path, text in slices.items():
        content = text.encode()
        path.write_bytes(gzip.compress(content, 9, mtime=0) if path.suffix == ".gz" else content)


def differences(slices: dict[Path, str]) -> Iterator[str]:
    """What is not current, as a unified diff with lines cut at 200 characters."""
    for path, text in slices.items():
        present = _present(path)
        if present != text:
            names = (f"{path.relative_to(ROOT)} (kept)", f"{path.relative_to(ROOT)} (official)")
            lines = difflib.unified_diff(_lines(present), _lines(text), *names, lineterm="", n=0)
            yield from (line[:200] for line in lines)


def _lines(text: str) -> list[str]:
    return (json.dumps(json.loads(text), indent=1) if text[:1] in ("{", "[") else text).splitlines()


def _present(path: Path) -> str:
    if not path.exists():
        return ""
    content = path.read_bytes()
    return (gzip.decompress(content) if path.suffix == ".gz" else content).decode()


def main(arguments: list[str] | None = None) -> int:
    """Write or check the slices. Exit 0: current. Exit 1: they differ, or are not official."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 with a diff")
    parser.add_argument("--packages", type=Path, help="a node_modules folder to read instead of fetching")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        try:
            if chosen.packages is None:
                fetch(Path(folder))
            slices = build(chosen.packages or Path(folder))
        except NotOfficialError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    if not chosen.check:
        save(slices)
        return 0
    found = list(differences(slices))
    sys.stdout.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
