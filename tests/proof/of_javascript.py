"""The shop in TypeScript and JavaScript, tested by vitest, jest and node's own runner."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from tests.adapters.proof.repository import Files
from tests.proof.cases import OLD, Case, Language, Toolchain, swapped, usual

PACKAGES = Path(__file__).parent / "packages"
CALLS = {
    "is_shown": ("shown", "shown(3)", '"3 EUR"'),
    "is_shown_longer": ("shown", "shown(10)", '"10 EUR"'),
    "is_rounded": ("rounded", "rounded(2.5)", "2"),
    "is_rounded_down": ("rounded", "rounded(2.5)", "2"),
    "adds_up": ("total", "total([1, 2])", "3"),
    "adds_up_clean": ("total clean", "total(clean([1, 2, 0]))", "3"),
    "is_cleaned": ("clean", "clean([1, 0]).length", "1"),
}
SHOP = """\
export function shown(amount) {
  return `${amount} EUR`;
}

export function total(items) {
  return items.slice(1).reduce((sum, item) => sum + item, 0);
}

export function rounded(amount) {
  return Math.trunc(amount);
}
"""
CLEAN = "\nexport function clean(items) {\n  return items.filter((item) => item !== 0);\n}\n"
COMMON_JS = "\nmodule.exports = { shown, total, rounded };\n"
COUNTED = """\
test("adds_up", () => {
  writeFileSync("runs", (existsSync("runs") ? readFileSync("runs", "utf8") : "") + "x");
  TOTAL
});
"""
FILES = "existsSync, readFileSync, writeFileSync"
PRICES = "[1, 2]"
MODULES = Callable[[str, str], str]
"""How a file brings in names from another one."""


def _esm(names: str, place: str) -> str:
    return f'import {names} from "{place}";\n'


def _required(names: str, place: str) -> str:
    return f'const {names} = require("{place}");\n'


def _expecting(call: str, value: str) -> str:
    return f"expect({call}).toBe({value});"


def _asserting(call: str, value: str) -> str:
    return f"assert.equal({call}, {value});"


def _file(
    head: str, code: str, bring: MODULES, check: MODULES
) -> Callable[[Sequence[str], Sequence[tuple[str, str, str]]], str]:
    def file(uses: Sequence[str], tests: Sequence[tuple[str, str, str]]) -> str:
        shown = (f'\ntest("{name}", () => {{\n  {check(call, value)}\n}});\n' for name, call, value in tests)
        return head + bring(f"{{ {', '.join(uses)} }}", f"../{code}") + "".join(shown)

    return file


def _language(end: str, head: str, bring: MODULES, check: MODULES) -> Language:
    code = f"shop.{end}"
    plain = bring is _esm
    return Language(
        code=code,
        test=f"tests/shop.test.{end}",
        new_test=f"tests/sums.test.{end}",
        shop=SHOP if plain else SHOP.replace("export ", "") + COMMON_JS,
        fix=(".slice(1)", ""),
        extra=("Math.trunc(amount)", "Math.trunc(amount + 0)"),
        wrong=("EUR", "USD"),
        couple=("return items.reduce", "return clean(items).reduce"),
        clean=CLEAN if plain else CLEAN.replace("export ", "") + "\nmodule.exports.clean = clean;\n",
        remark="\n// Sums are whole numbers.\n",
        calls=CALLS,
        file=_file(head, code, bring, check),
    )


VITEST = _language("ts", 'import { expect, test } from "vitest";\n', _esm, _expecting)
JEST = _language("js", "", _required, _expecting)
NODE = _language("js", 'import assert from "node:assert/strict";\nimport test from "node:test";\n', _esm, _asserting)


def _cases(lang: Language, bring: MODULES, missing: str) -> dict[str, Case]:
    """What differs in how a file is read: `missing` is said of one that is not there."""
    fixed, proven = lang.fixed, {"tests": ["adds_up"]}
    helped = swapped(lang.tests("adds_up"), ("[1, 2]", "prices"))
    way = "module.exports = { prices };\n" if bring is _required else "export { prices };\n"
    prices = f"tests/prices.{lang.code.rpartition('.')[2]}"
    flaky = (
        lang.tests("adds_up").partition("\ntest(")[0] + "\n" + COUNTED.replace("TOTAL", FLAKY[lang.file is NODE.file])
    )
    in_one = {lang.new_test: _in_one(lang)}
    shared = usual(lang)
    nowhere = bring("{ nothing }", "./nowhere.js") + "\nnothing();\n"
    coupled = replace(shared["coupled"], message="clean" if missing else "")
    return shared | {
        "coupled": coupled,
        "flaky": Case({lang.code: fixed, lang.new_test: bring(f"{{ {FILES} }}", "node:fs") + flaky}, "FLAKY",
                      {"why": "without-the-fix", "flaky": ["adds_up"]}, before=2),
        "infra": Case({lang.code: fixed, lang.new_test: nowhere + lang.tests("is_shown")},
                      "INFRA", {"why": "does-not-load"}, message=missing),
        "fixture": Case({lang.code: fixed, prices: f"const prices = {PRICES};\n{way}",
                         lang.new_test: bring("{ prices }", f"./{Path(prices).name}") + helped}, "PROVEN", proven),
        "same-file": Case(in_one, "NOT-REPRODUCED", {"why": "no-code"}),
    }  # fmt: skip


FLAKY = {
    False: 'expect(total([1, 2]) === 3 || readFileSync("runs", "utf8").length === 2).toBe(true);',
    True: 'assert.ok(total([1, 2]) === 3 || readFileSync("runs", "utf8").length === 2);',
}


def _in_one(lang: Language) -> str:
    """A test file that holds the code as well."""
    tests = "".join(line for line in lang.tests("adds_up").splitlines(keepends=True) if "../shop" not in line)
    return f"{tests}\n{lang.fixed.replace('export ', '')}"


def _stored(lang: Language, title: str) -> Case:
    """A stored snapshot that changes with the code, while its test stays as it is."""
    test = swapped(
        lang.tests("adds_up"), (_expecting("total([1, 2])", "3"), "expect(total([1, 2])).toMatchSnapshot();")
    )
    place = f"tests/__snapshots__/{Path(lang.test).name}.snap"
    before, after = (f"{title}\n\nexports[`adds_up 1`] = `{value}`;\n" for value in (2, 3))
    return Case({lang.code: lang.fixed, place: after}, "PROVEN", {"tests": ["adds_up"], "snapshot_only": True},
                base={lang.test: test, place: before}, message="napshot")  # fmt: skip


def _read_by_hand(lang: Language) -> Case:
    place = "tests/__snapshots__/shop.test.js.snap"
    test = 'import { readFileSync } from "node:fs";\n' + swapped(
        lang.tests("adds_up"),
        (_asserting("total([1, 2])", "3"),
         f'assert.equal(`${{total([1, 2])}}\\n`, readFileSync("{place}", "utf8"), "differs from the snapshot");'),
    )  # fmt: skip
    return Case({lang.code: lang.fixed, place: "3\n"}, "PROVEN", {"tests": ["adds_up"], "snapshot_only": True},
                base={lang.test: test, place: "2\n"}, message="differs from the snapshot")  # fmt: skip


IN_SOURCE = """\

if (import.meta.vitest) {
  const { expect, test } = import.meta.vitest;
  test("adds_up", () => {
    expect(total([1, 2])).toBe(3);
  });
}
"""
VITEST_CONFIG = 'export default { test: { includeSource: ["src/**/*.ts"] } };\n'


def _in_source() -> Case:
    head = VITEST.fixed + IN_SOURCE
    undone = VITEST.line(head, "return items.reduce")
    return Case({"src/shop.ts": head}, "PROVEN-BY-UNDO", {"tests": ["adds_up"], "by_undo": f"src/{undone}"},
                base={"src/shop.ts": SHOP, "vitest.config.js": VITEST_CONFIG}, config="vitest 2")  # fmt: skip


def _locked(name: str) -> Files:
    return {file.name: file.read_text(encoding="utf-8") for file in sorted((PACKAGES / name).iterdir())}


def _base(lang: Language, package: Files) -> Files:
    return {**package, ".gitignore": "node_modules/\n", lang.code: lang.shop, lang.test: lang.tests(*OLD)}


ALONE: Files = {
    "package.json": json.dumps({"name": "shop", "private": True, "type": "module", "scripts": {"test": "node --test"}}),
    "package-lock.json": json.dumps({"name": "shop", "lockfileVersion": 3, "packages": {"": {"name": "shop"}}}),
}
UNSAID = "node's report says of a file that does not load only that it failed"
IN_ONE = "a test file is laid over the base with all that is in it, the fix as well"
TOOLCHAINS = (
    Toolchain(
        "vitest", ("node", "npm"), _base(VITEST, _locked("vitest")),
        _cases(VITEST, _esm, "nowhere") | {
            "snapshot": _stored(VITEST, "// Vitest Snapshot v1, https://vitest.dev/guide/snapshot.html"),
            "same-file": _in_source(),
        },
        package="vitest",
    ),
    Toolchain(
        "jest", ("node", "npm"), _base(JEST, _locked("jest")),
        _cases(JEST, _required, "Cannot find module './nowhere.js'") | {
            "snapshot": _stored(JEST, "// Jest Snapshot v1, https://goo.gl/fbAQLP"),
        },
        {"same-file": IN_ONE}, package="jest",
    ),
    Toolchain(
        "node:test", ("node", "npm"), _base(NODE, ALONE),
        _cases(NODE, _esm, "") | {"snapshot": _read_by_hand(NODE)},
        {
            "same-file": IN_ONE, "coupled": UNSAID, "infra": UNSAID,
            "snapshot": "Node 20 stores none: the test reads a file",
        },
    ),
)  # fmt: skip
