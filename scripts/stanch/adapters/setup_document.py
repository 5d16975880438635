"""The GraphQL document of the doctor: the files that Stanch's set-up consists of, in one read."""

from stanch.adapters.documents import FILE
from stanch.core.doctor.expected import EXPECTED
from stanch.core.runbooks.model import FOLDER
from stanch.core.setup.manifest import MANIFEST

TREE = f"{{ ... on Tree {{ entries {{ name object {FILE} }} }} }}"

WORKFLOWS = {f"w{i}": one.path for i, one in enumerate(EXPECTED)}
"""Stanch's own workflows, each under its alias."""

_FILES = "\n".join(f'  {alias}: object(expression: "HEAD:{path}") {FILE}' for alias, path in WORKFLOWS.items())

SETUP = f"""
query Setup($owner: String!, $name: String!) {{
  repository(owner: $owner, name: $name) {{
    config: object(expression: "HEAD:.github/stanch.yml") {FILE}
    configYaml: object(expression: "HEAD:.github/stanch.yaml") {FILE}
    owners: object(expression: "HEAD:.github/CODEOWNERS") {FILE}
    ownersRoot: object(expression: "HEAD:CODEOWNERS") {FILE}
    ownersDocs: object(expression: "HEAD:docs/CODEOWNERS") {FILE}
    manifest: object(expression: "HEAD:{MANIFEST}") {FILE}
    runbooks: object(expression: "HEAD:{FOLDER}") {TREE}
    handbook: object(expression: "HEAD:{FOLDER}/handbook") {TREE}
{_FILES}
  }}
}}
"""
