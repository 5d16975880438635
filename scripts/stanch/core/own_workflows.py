"""The files of Stanch's own workflows in a team's repository."""

PROOF_WORKFLOW = ".github/workflows/stanch-prove.yml"

GATE_WORKFLOW = ".github/workflows/stanch-hotfix.yml"

OWN_WORKFLOWS = frozenset({GATE_WORKFLOW, PROOF_WORKFLOW})
"""Those that leave checks on a head."""
