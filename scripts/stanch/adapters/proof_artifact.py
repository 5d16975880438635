"""The evidence of a proof out of the archive that its job uploaded.

That job ran the change's own code, so nothing in the archive is trusted: it is opened in memory, within limits,
and every outcome is read from the raw reports anew.
"""

import io
import re
import stat
import zipfile
import zlib

from stanch.adapters.proof.reports import MOST_BYTES, read_report
from stanch.core.errors import StanchError
from stanch.core.proof.evidence import Evidence
from stanch.core.proof.manifest import MANIFEST, MOST_RUNS, Reading, RunFacts, evidence_in, parsed
from stanch.core.proof.outcomes import Case
from stanch.core.proof.suite import ReportKind

MOST_ARCHIVE = 32 * 1024 * 1024
MOST_FILES = 2 * MOST_RUNS + 1
MOST_MANIFEST = 4 * 1024 * 1024
MOST_TOTAL = 128 * 1024 * 1024
MOST_CASES = 500_000
RATIO = 200
"""How many times its size in the archive a file may have, beyond the first MiB."""

_FREE = 1024 * 1024
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,149}")
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
)
"""What zipfile raises for an archive that is damaged, cut, encrypted or of an unknown kind."""


class ArtifactOdd(StanchError):
    """The archive is not one that `stanch prove` wrote."""

    advice = "Run the proof again; if it happens twice, look at what its job uploads."


def evidence_of(archive: bytes) -> Evidence:
    """The evidence in the zip of a folder that `stanch prove` wrote. Raises ArtifactOdd for anything odd."""
    files = _opened(archive)
    manifest = parsed(files.pop(MANIFEST, b""))
    if manifest is None:
        raise ArtifactOdd(f"the proof's archive has no {MANIFEST} that can be read")
    named = [run.report for run in manifest.runs if run.report]
    if len(set(named)) != len(named) or not set(named) <= files.keys():
        raise ArtifactOdd("the proof's archive lacks a report, or names one twice")
    evidence = evidence_in(manifest, _reader(files, manifest.place))
    if sum(len(run.cases) for run in evidence.runs) > MOST_CASES:
        raise ArtifactOdd("the proof's archive has too many tests")
    return evidence


def _reader(files: dict[str, bytes], place: str) -> Reading:
    def read(run: RunFacts, kind: ReportKind) -> tuple[tuple[Case, ...], str]:
        raw = files[run.report] if run.report else None
        return read_report(kind, raw, run.exit_code, run.suite, place)

    return read


def _opened(archive: bytes) -> dict[str, bytes]:
    """Every file by name. What was only printed (`.log`) is left alone."""
    if len(archive) > MOST_ARCHIVE:
        raise ArtifactOdd(f"the proof's archive has {len(archive):,} bytes; at most {MOST_ARCHIVE:,} are read")
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            entries = opened.infolist()
            _check(entries)
            return {entry.filename: _content(opened, entry) for entry in entries if not _is_log(entry)}
    except _BROKEN as problem:
        raise ArtifactOdd(f"the proof's archive cannot be opened ({type(problem).__name__})") from problem


def _check(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_FILES or len(set(names)) != len(names):
        raise ArtifactOdd("the proof's archive has too many files, or one name twice")
    for entry in entries:
        _check_one(entry)
    if sum(entry.file_size for entry in entries) > MOST_TOTAL:
        raise ArtifactOdd("the proof's archive would unpack to too much")


def _check_one(entry: zipfile.ZipInfo) -> None:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if not _NAME.fullmatch(entry.filename) or kind not in {0, stat.S_IFREG}:
        raise ArtifactOdd(f"the proof's archive has a file that does not belong there: {entry.filename[:80]!r}")
    if entry.compress_type not in _METHODS or entry.flag_bits & _ENCRYPTED:
        raise ArtifactOdd("the proof's archive is encrypted, or packed in an unusual way")
    most = MOST_MANIFEST if entry.filename == MANIFEST else MOST_BYTES
    if entry.file_size > most or entry.file_size > _FREE + RATIO * entry.compress_size:
        raise ArtifactOdd(f"a file in the proof's archive is too big: {entry.filename[:80]}")


def _is_log(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.endswith(".log")


def _content(opened: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Never more than the entry promises, whatever its data says."""
    with opened.open(entry) as file:
        text = file.read(entry.file_size + 1)
    if len(text) != entry.file_size:
        raise ArtifactOdd(f"a file in the proof's archive has not the size it promises: {entry.filename[:80]}")
    return text
