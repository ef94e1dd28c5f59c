/* A Slack modal in front of one person. What is typed stays where block_id, action_id and type stay the same,
   as Slack does on an update; only the gestures send it. */

import { busily, h } from "./dom.js";
import { overlay } from "./overlay.js";
import { blocks } from "./slack-blocks.js";
import { textOf } from "./slack-text.js";

export function slackWindow({ hands, attempt, search }) {
  let open = null; // {shown, sign, id, fields}

  function show(told) {
    if (!told) return shut();
    const { title: named, blocks: drawn, submit: sends, close: leaves } = told.view;
    const content = JSON.stringify([told.id, named, drawn, sends, leaves]);
    const sign = JSON.stringify([content, told.errors, told.trouble]);
    if (open?.sign === sign) return;
    const fresh = !open;
    const title = named?.text ?? "";
    if (fresh) open = { shown: overlay({ title, look: "slack", onLeave: leave }), fields: new Map(), id: told.id };
    const same = !fresh && open.id === told.id;
    open.shown.retitle(title);
    if (open.content !== content) draw(told, same);
    Object.assign(open, { sign, content, id: told.id });
    const wrong = complain(told.errors ?? {});
    open.shown.warn(told.trouble || "");
    if (wrong) wrong.focus();
    else if (!same || !open.shown.dialog.contains(document.activeElement) || document.activeElement === open.shown.dialog) open.shown.begin();
  }

  function shut() {
    open?.shown.shut();
    open = null;
  }

  function draw(told, same) {
    const before = same ? open.fields : new Map();
    const focused = same && [...open.fields].find(([, made]) => made.element.contains(document.activeElement))?.[0];
    const keys = [...open.fields.keys()].join();
    const { nodes, fields } = blocks(told.view.blocks, { press, search, changed });
    for (const [key, made] of fields) {
      const old = before.get(key);
      const first = told.values?.[JSON.parse(key)[0]]?.[JSON.parse(key)[1]];
      made.write(old && old.type === made.type ? old.kept() : valueOf(first));
    }
    open.fields = fields;
    open.shown.body.replaceChildren(...nodes);
    open.shown.footer.replaceChildren(
      h("button", { type: "button", class: "plain", on: { click: leave } }, told.view.close?.text ?? (told.view.submit ? "Cancel" : "Close")),
      ...(told.view.submit ? [h("button", { type: "button", class: "primary", on: { click: submit } }, textOf(told.view.submit))] : []));
    // Another page begins at its top; the same one, with a word changed, stays where it was.
    if (keys !== [...fields.keys()].join()) open.shown.body.scrollTop = 0;
    if (focused) fields.get(focused)?.focus();
  }

  /* Complaints by block_id stand under their inputs; returns the first field that has one. */
  function complain(errors) {
    let first = null;
    for (const made of open.fields.values()) {
      made.complain(errors[made.block] ?? "");
      if (errors[made.block]) first ??= made;
    }
    return first;
  }

  function values() {
    const found = {};
    for (const [key, made] of open.fields) {
      const [block_id, action_id] = JSON.parse(key);
      (found[block_id] ??= {})[action_id] = made.read();
    }
    return found;
  }

  async function submit(event) {
    const tooLong = [...open.fields.values()].filter((made) => made.read().length > made.longest);
    if (tooLong.length) {
      complain(Object.fromEntries(tooLong.map((made) => [made.block, `This takes at most ${made.longest} characters.`])));
      return tooLong[0].focus();
    }
    await busily(event.currentTarget, () => inWindow(() => hands.submit({ values: values() })));
    [...(open?.fields.values() ?? [])].find((made) => made.element.classList.contains("wrong"))?.focus();
  }

  /* What goes wrong is told inside the window: it covers everything else. */
  async function inWindow(gesture) {
    const trouble = await attempt(gesture, { quiet: true });
    if (trouble && open) open.shown.warn(trouble);
  }

  const press = (block_id, action_id, value) => inWindow(() => hands.pressInView({ block_id, action_id, value, values: values() }));
  const changed = (block_id, action_id) => inWindow(() => hands.setState({ block_id, action_id, value: values()[block_id][action_id] }));
  const leave = () => attempt(() => hands.close());

  return { show, shut };
}

/* A value as it stands in `state.values`, in the page's words. */
function valueOf(state) {
  if (!state) return "";
  const option = (one) => one && { value: one.value, title: one.text?.text ?? one.value };
  if (state.selected_options) return worded(state.type, state.selected_options.map(option));
  if ("selected_option" in state) return state.selected_option ? worded(state.type, [option(state.selected_option)]) : "";
  return state.value ?? state.selected_date ?? state.selected_time ?? state.selected_user ?? "";
}

/* Only a typeahead needs the titles: its options are not on the page. */
const worded = (type, several) => (/external_select$/.test(type) ? several : several.map((one) => one.value));

