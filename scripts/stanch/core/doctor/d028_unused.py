"""D028: every secret of Stanch's reaches the workflows that use it."""

from collections.abc import Iterator

from stanch.core.config_problems import did_you_mean
from stanch.core.doctor.check import Check
from stanch.core.doctor.expected import NOTICE_SECRETS, working
from stanch.core.doctor.finding import Finding
from stanch.core.doctor.inspection import Inspection, Unknown

OURS = "STANCH_"


class Unused(Check):
    """A secret that no workflow hands over is as good as none, and one with another name connects nothing."""

    code = "D028"
    place = "settings/secrets/actions"

    def look(self, seen: Inspection) -> Iterator[Finding]:
        if isinstance(seen.secrets, Unknown):
            yield self.untold(seen.secrets)
            return
        there = sorted(name for name in seen.secrets if name.upper().startswith(OURS))
        for name in there:
            if name.upper() not in NOTICE_SECRETS:
                meant = _meant(name)
                yield self.warned("unknown-name", name, name=name, meant=meant)
        known = [name for name in there if name.upper() in NOTICE_SECRETS]
        for one, file, job in working(seen):
            handed = {secret.upper() for use in job.uses for secret in use.env}
            kept = [name for name in known if one.tells and name.upper() not in handed]
            if kept:
                yield self.found("unhanded", file.name, path=one.path, names=kept)


def _meant(name: str) -> str:
    """The name that was meant, as far as that can be guessed."""
    known = {one.replace("_", "-"): one for one in NOTICE_SECRETS}
    guess = did_you_mean(name.replace("_", "-"), known)
    return next((one for spelt, one in known.items() if f'"{spelt}"' in guess), "")
