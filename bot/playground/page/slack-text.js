/* Slack's two ways of writing text, as elements: mrkdwn and rich_text. */

import { h } from "./dom.js";

const EMOJI = {
  warning: "⚠️", white_check_mark: "✅", heavy_check_mark: "✔️", lock: "🔒", rotating_light: "🚨", alarm_clock: "⏰",
  hourglass: "⌛", hourglass_flowing_sand: "⏳", memo: "📝", eyes: "👀", bell: "🔔", information_source: "ℹ️", speech_balloon: "💬",
  red_circle: "🔴", large_orange_circle: "🟠", large_yellow_circle: "🟡", large_green_circle: "🟢", x: "❌", calendar: "📅", telephone_receiver: "📞",
};
let names = {};
/** Who stands behind the user ids in mentions. */
export const knowPeople = (byId) => { names = byId; };

const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const emoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (all, name) => EMOJI[name] ?? all);

/** A text object, plain_text or mrkdwn, as nodes. */
export function textOf(object) {
  if (!object) return [];
  const words = String(object.text ?? "");
  return object.type === "mrkdwn" ? mrkdwn(words) : [object.emoji === false ? words : emoji(words)];
}

/** mrkdwn as nodes (Slack, "Formatting text for app surfaces"). */
export function mrkdwn(text) {
  const nodes = [];
  for (const part of text.split(/(```[\s\S]*?```)/)) {
    if (part.startsWith("```") && part.length > 5) nodes.push(h("pre", {}, unescape(part.slice(3, -3).replace(/^\n/, ""))));
    else nodes.push(...paragraphs(part));
  }
  return nodes;
}

function paragraphs(text) {
  const nodes = [];
  for (const line of text.split("\n")) {
    const quoted = /^(?:&gt;|>) ?/.exec(line);
    if (quoted) {
      const box = nodes.at(-1)?.tagName === "BLOCKQUOTE" ? nodes.at(-1) : nodes[nodes.push(h("blockquote")) - 1];
      if (box.childNodes.length) box.append("\n");
      box.append(...inline(line.slice(quoted[0].length)));
    } else {
      if (nodes.length && nodes.at(-1)?.tagName !== "BLOCKQUOTE") nodes.push("\n");
      nodes.push(...inline(line));
    }
  }
  return nodes;
}

const MARKS = [[/`([^`\n]+)`/, "code"], [/<([^<>\n]+)>/, "token"], mark("*", "strong"), mark("_", "em"), mark("~", "s")];
function mark(sign, tag) {
  const edge = `[\\p{L}\\p{N}${sign}]`;
  return [new RegExp(`(?<!${edge})[${sign}](?=\\S)([^${sign}\\n]+?)(?<=\\S)[${sign}](?!${edge})`, "u"), tag];
}

function inline(text) {
  let best = null;
  for (const [pattern, tag] of MARKS) {
    const found = pattern.exec(text);
    if (found && (!best || found.index < best.found.index)) best = { found, tag };
  }
  if (!best) return text ? [emoji(unescape(text))] : [];
  const { found, tag } = best;
  const inside = tag === "token" ? [token(found[1])] : [h(tag, {}, tag === "code" ? unescape(found[1]) : inline(found[1]))];
  return [...inline(text.slice(0, found.index)), ...inside, ...inline(text.slice(found.index + found[0].length))];
}

function token(inside) {
  const [target, label = ""] = inside.split(/\|(.*)/s);
  if (target.startsWith("@")) return mention(target.slice(1), label);
  if (target.startsWith("#")) return h("span", { class: "mention" }, `#${unescape(label || target.slice(1))}`);
  if (target.startsWith("!date^")) return unescape(label);
  if (target.startsWith("!")) return h("span", { class: "mention" }, `@${unescape(label || target.slice(1)).replace(/^@/, "")}`);
  return link(unescape(target), unescape(label));
}

const mention = (user, label) => h("span", { class: "mention" }, `@${names[user] ?? (label || user)}`);
/* A link is shown and not followed: nothing on this page may leave the machine. */
const link = (url, label) => h("span", { class: "link", title: url }, label || url);

/** A rich_text block's parts as elements. */
export function rich(block) {
  return (block.elements ?? []).map((part) => {
    if (part.type === "rich_text_list") {
      const tag = part.style === "ordered" ? "ol" : "ul";
      return h(tag, {}, part.elements.map((item) => h("li", {}, runs(item))));
    }
    const tag = { rich_text_quote: "blockquote", rich_text_preformatted: "pre" }[part.type] ?? "p";
    return h(tag, { class: "rich" }, runs(part));
  });
}

const runs = (part) => (part.elements ?? []).map((run) => styled(run, run.style ?? {}));

function styled(run, style) {
  let node = bare(run);
  for (const [name, tag] of [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"], ["underline", "u"]]) {
    if (style[name]) node = h(tag, {}, node);
  }
  return node;
}

function bare(run) {
  if (run.type === "user") return mention(run.user_id, "");
  if (run.type === "broadcast") return h("span", { class: "mention" }, `@${run.range}`);
  if (run.type === "emoji") return run.unicode ? String.fromCodePoint(...run.unicode.split("-").map((code) => parseInt(code, 16))) : emoji(`:${run.name}:`);
  if (run.type === "date") return run.fallback || run.format;
  if (run.type === "link") return link(run.url, run.text);
  return run.text ?? run.channel_id ?? "";
}
