/* The Markdown that a TextBlock takes, as elements: emphasis, links, lists. Everything else is text. */

import { h } from "./dom.js";

const ESCAPED = /\\([\\`*_{}[\]()#+\-.!>~|<&])/g;
const PARTS = [
  [/\*\*(?=\S)([\s\S]+?)(?<=\S)\*\*/, (found) => h("strong", {}, inline(found[1]))],
  [/(?<![\p{L}\p{N}_\\])_(?=\S)([^_\n]+?)(?<=\S)_(?![\p{L}\p{N}_])/u, (found) => h("em", {}, inline(found[1]))],
  // A link is shown and not followed: nothing on this page may leave the machine.
  [/\[([^\]\n]+)\]\(([^)\s]+)\)/, (found) => h("span", { class: "link", title: found[2] }, found[1])],
];

function inline(text) {
  let best = null;
  for (const [pattern, draw] of PARTS) {
    const found = pattern.exec(text);
    if (found && text[found.index - 1] !== "\\" && (!best || found.index < best.found.index)) best = { found, draw };
  }
  if (!best) return text ? [text.replace(ESCAPED, "$1")] : [];
  const end = best.found.index + best.found[0].length;
  return [...inline(text.slice(0, best.found.index)), best.draw(best.found), ...inline(text.slice(end))];
}

/** Paragraphs and lists, as nodes. */
export function markdown(text) {
  const nodes = [];
  for (const line of String(text ?? "").split("\n")) {
    const item = /^\s*(?:([-*])|(\d+)\.)\s+(.*)$/.exec(line);
    if (!item) {
      if (nodes.length && !/^[OU]L$/.test(nodes.at(-1).tagName)) nodes.push("\n");
      nodes.push(...inline(line));
      continue;
    }
    const tag = item[1] ? "UL" : "OL";
    const list = nodes.at(-1)?.tagName === tag ? nodes.at(-1) : nodes[nodes.push(h(tag.toLowerCase())) - 1];
    list.append(h("li", {}, inline(item[3])));
  }
  return nodes;
}
