// Mermaid's own parser over every diagram of the Markdown files that are named. Exit 1 on any that is not drawn.
import { readFileSync } from "node:fs";
import DOMPurify from "dompurify";

// Parsing needs no page; without one DOMPurify offers nothing, and Mermaid asks it to clean labels all the same.
Object.assign(DOMPurify, { addHook() {}, sanitize: (text) => text });
const { default: mermaid } = await import("mermaid");

const FENCE = /^([ \t>]*)(`{3,}|~{3,})[ \t]*mermaid\b[^\n]*\n([\s\S]*?)^[ \t>]*\2[`~]*[ \t]*$/gim;
let drawn = 0;
let wrong = 0;
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8").replaceAll("\r\n", "\n");
  for (const found of text.matchAll(FENCE)) {
    const line = text.slice(0, found.index).split("\n").length;
    try {
      await mermaid.parse(found[3]);
      drawn += 1;
    } catch (error) {
      wrong += 1;
      console.error(`${file}:${line}: ${String(error.message ?? error).split("\n").slice(0, 4).join(" ")}`);
    }
  }
}
console.log(`mermaid: ${drawn} diagrams, ${wrong} findings`);
process.exit(wrong ? 1 : 0);
