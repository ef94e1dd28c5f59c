/* The Teams client: what differs from Slack in the frame that client.js draws. */

import { card } from "./card.js";
import { h, icon } from "./dom.js";
import { overlay } from "./overlay.js";

export const teams = {
  title: "Microsoft Teams",
  look: "teams",
  placesTitle: "Chats and channels",

  place(chat, screen) {
    const sign = chat.place === "bot" ? "chat" : chat.private ? "lock" : "hash";
    return { sign, name: chat.place === "bot" ? screen.bot : chat.name, note: chat.place === "bot" ? "App" : chat.private ? "Private channel" : "Channel" };
  },

  /** In its own chat the bot reads `/concern` as a message; elsewhere the slash menu opens the app's command. */
  commands(screen, chat, { hands, attempt }) {
    if (chat.place === "bot") return [{ typed: "/concern", hint: "Sent to the app as a message", by: screen.bot }];
    return anywhere(screen).map((one) => ({ typed: `/${one.title}`, hint: "Opens the app's dialog", by: screen.bot, do: () => attempt(() => hands.start()) }));
  },

  menu: (screen, { hands, attempt }) =>
    anywhere(screen).map((one) => ({ label: one.title, hint: screen.bot, do: () => attempt(() => hands.start()) })),

  messageMenu: (screen, message, { hands, attempt }) =>
    screen.commands.filter((one) => one.contexts.includes("message")).map((one) => ({
      label: one.title, hint: screen.bot, do: () => attempt(() => hands.report({ text: message.text || message.preview, by: message.from.name })),
    })),

  message(message, screen, { hands, attempt }) {
    const act = (action, data) => attempt(() => hands.press({ message: message.id, action: { ...action, data } }));
    const search = (dataset, text, others) => hands.search({ dataset, text, others });
    const cards = message.cards.map((content) => card(content, { act, search }).element);
    return h("div", { class: "said" }, message.text && h("p", { class: "plain-text" }, message.text), cards);
  },

  onlyMe: () => h("p", { class: "only-me" }, icon("eye"), "Only you can see this message"),

  /** A card may ask to be drawn for this person when they look at it: once for each state of the message. */
  looked(chat, doing) {
    const asking = chat.messages.filter((one) => one.cards.some((content) => content.refresh));
    const state = asking.map((one) => `${one.id}/${one.edited}`).join();
    if (!asking.length || doing.refreshed?.[chat.place] === state) return;
    (doing.refreshed ??= {})[chat.place] = state;
    doing.attempt(() => doing.hands.look({ place: chat.place }));
  },

  window: dialogWindow,
};

const anywhere = (screen) => screen.commands.filter((one) => !one.contexts.length || one.contexts.some((context) => context !== "message"));

/* A dialog is drawn anew with every answer, and holds what its card says: nothing else survives, as in Teams. */
function dialogWindow({ hands, attempt }) {
  let open = null; // {shown, id}
  const leave = () => attempt(() => hands.close());

  function show({ dialog, bot }) {
    if (!dialog) return shut();
    if (open?.id === dialog.id) return undefined;
    open ??= { shown: overlay({ title: dialog.title, look: "teams", onLeave: leave }) };
    open.id = dialog.id;
    open.shown.retitle(dialog.title || bot);
    open.shown.warn("");
    if (dialog.card) drawCard(dialog.card);
    else drawWords(dialog.words);
    open.shown.body.scrollTop = 0;
    const wrong = open.shown.body.querySelector(".field.wrong");
    if (wrong) {
      wrong.querySelector("input, select, textarea").focus();
      wrong.scrollIntoView({ block: "center" });
    } else open.shown.begin();
    return undefined;
  }

  function drawCard(content) {
    const search = (dataset, text, others) => hands.search({ dataset, text, others });
    const act = async (_action, data) => {
      const trouble = await attempt(() => hands.submitCard({ data }), { quiet: true });
      if (trouble && open) open.shown.warn(trouble);
    };
    const { element, foot } = card(content, { act, search });
    open.shown.body.replaceChildren(element);
    open.shown.footer.replaceChildren(foot);
  }

  function drawWords(words) {
    open.shown.body.replaceChildren(h("p", { class: "plain-text" }, words));
    open.shown.footer.replaceChildren(h("button", { type: "button", class: "primary", on: { click: leave } }, "Close"));
  }

  function shut() {
    open?.shown.shut();
    open = null;
  }

  return { show, shut };
}
