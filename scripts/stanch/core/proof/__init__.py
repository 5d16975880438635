"""The proof that a test fails without the fix and passes with it: evidence in, verdict out."""

from stanch.core.proof.evidence import Evidence
from stanch.core.proof.judge import judge
from stanch.core.proof.record import from_plain, to_plain
from stanch.core.proof.verdict import Proof, ProofVerdict

__all__ = ["Evidence", "Proof", "ProofVerdict", "from_plain", "judge", "to_plain"]
