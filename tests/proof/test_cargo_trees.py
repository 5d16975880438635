"""cargo knows by times of files what to build anew: each tree has a folder of its own for what is built."""

from pathlib import Path

import pytest

from tests.adapters.proof.repository import Files
from tests.proof.of_rust import BASE
from tests.proof.proving import config_of, repeated, told
from tests.proof.toolchains import HERE

SUMS = "pub fn total(items: &[i64]) -> i64 {\n    items[1..].iter().sum()\n}\n"
MAIN = 'fn main() {\n    println!("the shop");\n}\n'
TEST = "#[test]\nfn adds_up() {\n    assert_eq!(shop::added::total(&[1, 2]), 3);\n}\n"
SHOP: Files = {
    **BASE,
    "src/lib.rs": "pub mod added;\n",
    "src/added.rs": SUMS,
    "src/main.rs": MAIN,
    "tests/shop.rs": "",
}
HEAD: Files = {
    "src/added.rs": SUMS.replace("[1..]", ""),
    "src/main.rs": MAIN.replace("the shop", "The shop"),
    "tests/shop.rs": TEST,
}
UNNEEDED = ["src/main.rs:2"]
HERE_TOO = [one.name for one in HERE if one.name == "cargo"]


@pytest.mark.long
@pytest.mark.parametrize("toolchain", HERE_TOO)
def test_a_build_folder_of_the_job_s_is_not_used(tmp_path: Path, toolchain: str) -> None:
    """The first hunk that is undone breaks the test; when the second is, the first is there again."""
    proof = told(
        tmp_path, SHOP, HEAD, repeated(config_of(toolchain), 1), {"CARGO_TARGET_DIR": str(tmp_path / "target")}
    )
    assert proof.gist == {"verdict": "PROVEN", "tests": ["adds_up"], "unneeded": UNNEEDED}, proof.log
    assert not (tmp_path / "target").exists()


@pytest.mark.long
@pytest.mark.parametrize("toolchain", HERE_TOO)
def test_one_build_folder_for_all_trees_would_be_stale(tmp_path: Path, toolchain: str) -> None:
    """The test above can fail: with one folder, the library of the first undone hunk is what the second one meets."""
    config = repeated(config_of(toolchain), 1).replace("code=0;", f"export CARGO_TARGET_DIR={tmp_path}/target; code=0;")
    proof = told(tmp_path, SHOP, HEAD, config)
    assert proof.gist == {"verdict": "PROVEN", "tests": ["adds_up"]}, proof.log
