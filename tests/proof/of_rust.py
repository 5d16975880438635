"""The shop in Rust, tested by cargo: in files of tests, and beside the code."""

from collections.abc import Sequence

from tests.adapters.proof.repository import Files
from tests.proof.cases import OLD, Case, Language, Toolchain, swapped, usual

SHOP = """\
pub fn shown(amount: i64) -> String {
    format!("{amount} EUR")
}

pub fn total(items: &[i64]) -> i64 {
    items[1..].iter().sum()
}

pub fn rounded(amount: f64) -> i64 {
    amount as i64
}
"""
CLEAN = """
pub fn clean(items: &[i64]) -> Vec<i64> {
    items.iter().copied().filter(|item| *item != 0).collect()
}
"""
BESIDE = """
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_shown() {
        assert_eq!(shown(3), "3 EUR");
    }
}
"""
ADDS_UP = """\
    }

    #[test]
    fn adds_up() {
        assert_eq!(total(&[1, 2]), 3);
    }
}
"""
CALLS = {
    "is_shown": ("shown", "shown(3)", '"3 EUR"'),
    "is_shown_longer": ("shown", "shown(10)", '"10 EUR"'),
    "is_rounded": ("rounded", "rounded(2.5)", "2"),
    "is_rounded_down": ("rounded", "rounded(2.5)", "2"),
    "adds_up": ("total", "total(&[1, 2])", "3"),
    "adds_up_clean": ("total clean", "total(&clean(&[1, 2, 0]))", "3"),
    "is_cleaned": ("clean", "clean(&[1, 0]).len()", "1"),
}


def _file(uses: Sequence[str], tests: Sequence[tuple[str, str, str]]) -> str:
    head = f"use shop::{{{', '.join(uses)}}};\n"
    return head + "".join(
        f"\n#[test]\nfn {name}() {{\n    assert_eq!({call}, {value});\n}}\n" for name, call, value in tests
    )


RUST = Language(
    code="src/lib.rs",
    test="tests/shop.rs",
    new_test="tests/sums.rs",
    shop=SHOP,
    fix=("items[1..].iter()", "items.iter()"),
    extra=("amount as i64", "(amount + 0.0) as i64"),
    wrong=("EUR", "USD"),
    couple=("    items.iter().sum()", "    clean(items).iter().sum()"),
    clean=CLEAN,
    remark="\n// Sums are whole numbers.\n",
    calls=CALLS,
    file=_file,
)
FLAKY = """\
use std::fs::{read_to_string, write};

#[test]
fn adds_up() {
    let runs = read_to_string("runs").unwrap_or_default() + "x";
    write("runs", &runs).unwrap();
    assert!(shop::total(&[1, 2]) == 3 || runs.len() == 2);
}
"""
FIXTURE = "mod prices;\n\n#[test]\nfn adds_up() {\n    assert_eq!(shop::total(&prices::PRICES), 3);\n}\n"
STORED = "tests/__snapshots__/shop.rs.snap"
SNAPSHOT = """\
#[test]
fn adds_up() {
    let shown = format!("{}\\n", shop::total(&[1, 2]));
    assert_eq!(shown, include_str!("__snapshots__/shop.rs.snap"), "differs from the snapshot");
}
"""
BASE: Files = {
    "Cargo.toml": '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n',
    "Cargo.lock": 'version = 3\n\n[[package]]\nname = "shop"\nversion = "0.1.0"\n',
    ".gitignore": "target/\n",
    RUST.code: SHOP,
    RUST.test: RUST.tests(*OLD),
}


def _cases() -> dict[str, Case]:
    fixed, proven = RUST.fixed, {"tests": ["adds_up"]}
    beside = fixed + swapped(BESIDE, ('"3 EUR");\n    }\n}\n', f'"3 EUR");\n{ADDS_UP}'))
    return usual(RUST) | {
        "flaky": Case({RUST.code: fixed, RUST.new_test: FLAKY}, "FLAKY",
                      {"why": "without-the-fix", "flaky": ["adds_up"]}, before=2),
        "infra": Case({RUST.code: fixed, RUST.new_test: "use nowhere::nothing;\n"}, "INFRA",
                      {"why": "does-not-load"}, message="nowhere"),
        "fixture": Case({RUST.code: fixed, "tests/prices/mod.rs": "pub const PRICES: [i64; 2] = [1, 2];\n",
                         RUST.new_test: FIXTURE}, "PROVEN", proven),
        "snapshot": Case({RUST.code: fixed, STORED: "3\n"}, "PROVEN", proven | {"snapshot_only": True},
                         base={RUST.test: SNAPSHOT, STORED: "2\n"}, message="differs from the snapshot"),
        "same-file": Case({RUST.code: beside}, "PROVEN-BY-UNDO",
                          {"tests": ["adds_up"], "by_undo": RUST.line(beside, "    items.iter().sum")},
                          base={RUST.code: SHOP + BESIDE}),
    }  # fmt: skip


TOOLCHAINS = (
    Toolchain(
        "cargo", ("cargo",), BASE, _cases(),
        {"snapshot": "cargo stores none: the test reads a file, where insta would need a dependency"},
    ),
)  # fmt: skip
