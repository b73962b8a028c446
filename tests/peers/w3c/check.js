// What Apache Annotator says of an export, and files that it writes: check.js EXPORT PLACE WRITTEN TEXTS
"use strict";
const fs = require("fs");
const path = require("path");
const { createRequire } = require("module");
const [, , exported, place, written, folder] = process.argv;
const load = createRequire(path.join(place, "package.json"));
const { JSDOM } = load("jsdom");

async function main() {
  const dom = new JSDOM("<!doctype html><body></body>");
  for (const name of ["Node", "NodeFilter", "Range", "Document", "Text", "Element"]) global[name] = dom.window[name];
  global.document = dom.window.document;
  const annotator = await import(load.resolve("@apache-annotator/dom"));
  const { createTextPositionSelectorMatcher, createTextQuoteSelectorMatcher } = annotator;
  const { describeTextPosition, describeTextQuote } = annotator;
  const file = JSON.parse(fs.readFileSync(exported, "utf8"));
  const elements = new Map();
  for (const { document: id, lines } of file.session.texts) {
    const element = dom.window.document.createElement("pre");
    // Several nodes, as in a page: cut anywhere but inside a character.
    const characters = [...lines.join("\n")];
    for (let at = 0; at < characters.length; at += 37) {
      element.append(dom.window.document.createTextNode(characters.slice(at, at + 37).join("")));
    }
    dom.window.document.body.append(element);
    elements.set(id, element);
    fs.writeFileSync(path.join(folder, `${id}.txt`), lines.join("\n"));
  }
  const first = async (matches) => {
    const all = [];
    for await (const match of matches) all.push(match);
    return all;
  };
  let right = 0;
  let wrong = 0;
  const theirs = [];
  for (const item of file.first.items) {
    if (item.motivation !== "classifying" || item.orphan) continue;
    const [position, quote] = item.target.selector;
    const element = elements.get(item.target.document);
    const [range] = await first(createTextPositionSelectorMatcher(position)(element));
    if (range.toString() !== quote.exact) throw new Error(`${item.id}: its position is not its quote`);
    const described = await describeTextPosition(range, element);
    if (described.start !== position.start || described.end !== position.end) {
      throw new Error(`${item.id}: described as ${described.start} to ${described.end}`);
    }
    const byWords = await first(createTextQuoteSelectorMatcher(quote)(element));
    if (!byWords.some((match) => match.toString() === quote.exact)) throw new Error(`${item.id}: not found by words`);
    const text = element.textContent;
    const units = (at) => [...text].slice(0, at).join("").length;
    const doctored = { ...position, start: units(position.start), end: units(position.end) };
    let slice = "";
    try {
      slice = (await first(createTextPositionSelectorMatcher(doctored)(element)))[0].toString();
    } catch {}
    wrong += slice !== quote.exact;
    right += 1;
    theirs.push({
      "@context": "http://www.w3.org/ns/anno.jsonld",
      id: `https://example.org/annotations/${right}`,
      type: "Annotation",
      motivation: "tagging",
      body: { type: "TextualBody", value: item.body[0].value },
      target: {
        source: `https://example.org/${encodeURIComponent(item.target.document)}.html`,
        selector: [await describeTextQuote(range, element), described],
      },
    });
  }
  if (right === 0) throw new Error("no passages");
  const texts = [...elements.values()].map((element) => element.textContent).join("");
  if (/[\u{10000}-\u{10ffff}]/u.test(texts) !== wrong > 0) throw new Error("offsets in UTF-16 units are not caught");
  fs.writeFileSync(written, JSON.stringify(theirs));
  console.log(`apache annotator: ${right} selectors resolve to the passage and describe it with our numbers; ` +
    `with UTF-16 offsets ${wrong} do not`);
}

main().catch((error) => {
  console.error(`FAILED: ${error.stack}`);
  process.exit(1);
});
