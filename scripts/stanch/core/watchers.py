"""The workflow that keeps the clocks, and the runs of it that are there."""

from dataclasses import dataclass

WORKFLOW = "stanch-watch.yml"
"""The file of the workflow that watches; a dispatch names it so."""

WORKFLOW_PATH = f".github/workflows/{WORKFLOW}"


@dataclass(frozen=True, slots=True)
class Watchers:
    """Runs of the watching workflow: one that a runner has (`running`), and one that waits for its turn."""

    running: bool = False
    waiting: bool = False

    @property
    def there(self) -> bool:
        return self.running or self.waiting
