"""The rules of the hotfix gate, in the order of their codes.

To add one: its file, this tuple, its template and its test.
"""

from stanch.core.rules.h001_branch import Branch
from stanch.core.rules.h002_incident import IncidentLink
from stanch.core.rules.h003_proof import ProvenTest
from stanch.core.rules.h004_review import SecondPair
from stanch.core.rules.h005_staging import StagingFirst
from stanch.core.rules.h006_smallest import SmallestChange
from stanch.core.rules.h007_rollback import Rollback
from stanch.core.rules.h008_ten_minutes import TenMinutes
from stanch.core.rules.h009_squash import Squash
from stanch.core.rules.h010_follow_up import FollowUp
from stanch.core.rules.h011_dependencies import Dependencies
from stanch.core.rules.h012_containment import Contained
from stanch.core.rules.h013_checks import Checks
from stanch.core.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    Branch(),
    IncidentLink(),
    ProvenTest(),
    SecondPair(),
    StagingFirst(),
    SmallestChange(),
    Rollback(),
    TenMinutes(),
    Squash(),
    FollowUp(),
    Dependencies(),
    Contained(),
    Checks(),
)

CODES: tuple[str, ...] = tuple(rule.code for rule in RULES)
