"""The archive of a proof, as its job uploads it and as somebody might forge it."""

import io
import json
import struct
import zipfile
from collections.abc import Callable, Mapping
from hashlib import sha512
from pathlib import Path

import pytest

from stanch.adapters.proof.junit import MOST_CASES as CASES_OF_ONE
from stanch.adapters.proof.proving import kept_in
from stanch.adapters.proof.reports import MOST_BYTES
from stanch.adapters.proof_artifact import MANIFEST, MOST_ARCHIVE, MOST_CASES, MOST_TOTAL, ArtifactOdd, evidence_of
from stanch.core.proof import ProofVerdict, judge
from tests.adapters.proof.repository import Shown
from tests.adapters.proof.test_running import made_up


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """A proof that holds."""
    return made_up(tmp_path_factory.mktemp("repository"))


@pytest.fixture(scope="module")
def files(shown: Shown, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """What `stanch prove` writes into its folder."""
    folder = tmp_path_factory.mktemp("out") / "stanch-proof"
    kept_in(folder, shown.proved)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def zipped(files: Mapping[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", method) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return kept.getvalue()


def test_the_evidence_comes_out_as_it_went_in(shown: Shown, files: Mapping[str, bytes]) -> None:
    """The gate judges what the runner judged."""
    assert evidence_of(zipped(dict(files))) == shown.proved.evidence
    assert judge(evidence_of(zipped(dict(files)))) == shown.proof
    assert shown.proof.verdict is ProofVerdict.PROVEN


def test_outcomes_are_those_of_the_raw_reports(files: Mapping[str, bytes]) -> None:
    """The manifest holds no outcome that could be believed; another report gives another verdict."""
    assert b"outcome" not in files[MANIFEST]
    assert b"two is not there" not in files[MANIFEST]
    after = next(name for name in files if "after" in name and name.endswith(".xml"))
    failing = b"<testsuite><testcase classname='t/b.t' name='second'><failure message='x'/></testcase></testsuite>"
    assert judge(evidence_of(zipped({**files, after: failing}))).why == "disagree"


def test_a_report_that_is_hostile_is_only_unreadable(files: Mapping[str, bytes]) -> None:
    """The rest of the evidence is read, and the verdict is inconclusive."""
    before = next(name for name in files if "before" in name and name.endswith(".xml"))
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]><testsuite><testcase name="&b;"/></testsuite>'
    proof = judge(evidence_of(zipped({**files, before: bomb})))
    assert (proof.verdict, proof.why) == (ProofVerdict.INFRA, "unreadable")


def linked() -> dict[str | zipfile.ZipInfo, bytes]:
    entry = zipfile.ZipInfo("000-link.xml")
    entry.external_attr = 0o120777 << 16
    return {entry: b"/etc/passwd"}


@pytest.mark.parametrize(
    "extra",
    [
        {"../evidence.json": b"{}"},
        {"/etc/passwd": b"x"},
        {"folder/report.xml": b"x"},
        {"folder/": b""},
        {"..": b""},
        {"a\\b.xml": b"x"},
        {".hidden": b"x"},
        {"\u202egnp.xml": b"x"},
        {"x" * 200: b"x"},
        {"bomb.xml": b" " * 7_000_000},
        {"big.xml": bytes(range(256)) * 40_000},
        {f"{number}.xml": b"" for number in range(4100)},
        linked(),
    ],
    ids=range(13),
)
def test_what_does_not_belong_there_is_refused(files: Mapping[str, bytes], extra: dict[str, bytes]) -> None:
    """No path, no link, no bomb, no flood: the whole archive is refused, not only that file."""
    with pytest.raises(ArtifactOdd):
        evidence_of(zipped({**files, **extra}))


def test_a_name_that_comes_twice_is_refused(files: Mapping[str, bytes]) -> None:
    """Two readers could take different ones."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr(MANIFEST, files[MANIFEST])
    with pytest.raises(ArtifactOdd, match="one name twice"):
        evidence_of(kept.getvalue())


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_unusual_packing_is_refused(files: Mapping[str, bytes], method: int) -> None:
    """GitHub's archives are deflated or stored."""
    with pytest.raises(ArtifactOdd, match="unusual"):
        evidence_of(zipped(dict(files), method))


def lying(archive: bytes) -> bytes:
    """The same archive, whose directory says that its first file has a size of one byte."""
    place = archive.index(b"PK\x01\x02") + 24
    return archive[:place] + struct.pack("<I", 1) + archive[place + 4 :]


@pytest.mark.parametrize(
    "spoiled",
    [
        lambda _: b"",
        lambda _: b"PK",
        lambda archive: archive[: len(archive) // 2],
        lambda archive: archive[:40] + bytes(20) + archive[60:],
        lying,
        lambda archive: archive + bytes(MOST_ARCHIVE),
    ],
    ids=["empty", "stub", "cut", "damaged", "lying", "huge"],
)
def test_a_spoiled_archive_is_refused_in_one_sentence(
    files: Mapping[str, bytes], spoiled: Callable[[bytes], bytes]
) -> None:
    """Whatever is wrong with it, the gate hears of it as one error and says that it could not tell."""
    archive = zipped({MANIFEST: files[MANIFEST], **files})
    assert evidence_of(archive).runs
    with pytest.raises(ArtifactOdd) as told:
        evidence_of(spoiled(archive))
    assert told.value.exit_code == 3
    assert told.value.told.count("\n") == 0


def changed(**fields: object) -> Callable[[dict[str, object]], dict[str, object]]:
    return lambda manifest: {**manifest, **fields}


def run_with(**fields: object) -> Callable[[dict[str, object]], dict[str, object]]:
    """The first run is changed."""

    def spoil(manifest: dict[str, object]) -> dict[str, object]:
        runs = manifest["runs"]
        assert isinstance(runs, list)
        return {**manifest, "runs": [{**runs[0], **fields}, *runs[1:]]}

    return spoil


def twice(name: str) -> Callable[[dict[str, object]], dict[str, object]]:
    """A list of the manifest is said twice."""

    def spoil(manifest: dict[str, object]) -> dict[str, object]:
        items = manifest[name]
        assert isinstance(items, list)
        return {**manifest, name: items * 2}

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        changed(version=2),
        changed(head="main"),
        changed(extra=1),
        changed(suites=[]),
        changed(hunks=[]),
        changed(trouble="none"),
        changed(rules="x"),
        run_with(suite="other"),
        run_with(side="green"),
        run_with(seconds="NaN"),
        run_with(exit_code=10**9),
        run_with(report="../evidence.json"),
        run_with(report="evidence.json"),
        run_with(report="nowhere.xml"),
        run_with(hunk=0),
        run_with(outcome="pass"),
        twice("runs"),
        twice("suites"),
        lambda _: {},
    ],
    ids=range(19),
)
def test_a_manifest_of_another_shape_is_refused(
    files: Mapping[str, bytes], spoil: Callable[[dict[str, object]], dict[str, object]]
) -> None:
    """Unknown keys, values and references: whoever wrote it was not `stanch prove`."""
    manifest = json.dumps(spoil(json.loads(files[MANIFEST]))).encode()
    with pytest.raises(ArtifactOdd):
        evidence_of(zipped({**files, MANIFEST: manifest}))


def test_an_archive_without_a_manifest_is_refused(files: Mapping[str, bytes]) -> None:
    """Reports alone say nothing."""
    with pytest.raises(ArtifactOdd, match=MANIFEST):
        evidence_of(zipped({name: text for name, text in files.items() if name != MANIFEST}))


def test_what_is_kept_is_what_may_be_read(files: Mapping[str, bytes], tmp_path: Path) -> None:
    """The folder holds one manifest, one report for each run, and what each printed."""
    names = sorted(files)
    assert MANIFEST in names
    assert len([name for name in names if name.endswith(".xml")]) == len(json.loads(files[MANIFEST])["runs"])


def test_a_report_beyond_its_size_is_refused_however_it_is_packed(files: Mapping[str, bytes]) -> None:
    """Nine MiB that were not packed at all, where eight are read."""
    with pytest.raises(ArtifactOdd, match="too big"):
        evidence_of(zipped({**files, "big.xml": bytes(9 * 1024 * 1024)}, zipfile.ZIP_STORED))


def test_files_that_are_too_much_together_are_refused(files: Mapping[str, bytes]) -> None:
    """Each is within its own limits, and so is the archive."""
    one = b"".join(sha512(b"%d" % number).digest() + bytes(1984) for number in range(MOST_BYTES // 2048))
    many = {f"{number}.xml": one for number in range(MOST_TOTAL // len(one) + 1)}
    assert len(zipped(many)) < MOST_ARCHIVE
    with pytest.raises(ArtifactOdd, match="unpack to too much"):
        evidence_of(zipped({**files, **many}))


@pytest.mark.long
def test_tests_that_are_too_many_together_are_refused(files: Mapping[str, bytes]) -> None:
    """Every report has no more than one may have."""
    manifest = json.loads(files[MANIFEST])
    count = MOST_CASES // CASES_OF_ONE + 1
    runs = [{**manifest["runs"][0], "attempt": number, "report": f"{number}.xml"} for number in range(count)]
    report = b"<testsuite>" + b"<testcase name='a'/>" * CASES_OF_ONE + b"</testsuite>"
    reports = {f"{number}.xml": report for number in range(count)}
    with pytest.raises(ArtifactOdd, match="too many tests"):
        evidence_of(zipped({MANIFEST: json.dumps({**manifest, "runs": runs}).encode(), **reports}))
