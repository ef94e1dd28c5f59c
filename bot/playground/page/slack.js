/* The Slack client: what differs from Teams in the frame that client.js draws. */

import { h, icon } from "./dom.js";
import { blocks } from "./slack-blocks.js";
import { mrkdwn } from "./slack-text.js";
import { slackWindow } from "./slack-window.js";

export const slack = {
  title: "Slack",
  look: "slack",
  placesTitle: "Channels and apps",

  /** How a place stands in the list. */
  place(chat, screen) {
    const sign = chat.place === "bot" ? "chat" : chat.private ? "lock" : "hash";
    return { sign, name: chat.place === "bot" ? screen.bot : chat.name, note: chat.place === "bot" ? "App" : chat.private ? "Private channel" : "Channel" };
  },

  /** What is offered after a slash. */
  commands: (screen) =>
    (screen.commands ?? []).map((one) => ({ typed: one.name, hint: one.description, by: screen.bot })),

  /** What stands in the menu beside the message box. */
  menu: (screen, { hands, attempt }) =>
    shortcuts(screen, "global").map((one) => ({ label: one.name, hint: `${screen.bot} shortcut`, do: () => attempt(() => hands.shortcut({ callback_id: one.callback_id })) })),

  /** What stands in a message's own menu. */
  messageMenu: (screen, message, { hands, attempt }) =>
    shortcuts(screen, "message").map((one) => ({
      label: one.name, hint: `${screen.bot} message shortcut`, do: () => attempt(() => hands.shortcut({ callback_id: one.callback_id, message: message.id })),
    })),

  /** What a message says. */
  message(message, screen, { hands, attempt }) {
    const press = (block_id, action_id, value) => attempt(() => hands.press({ message: message.id, block_id, action_id, value }));
    const search = async () => [];
    const said = message.blocks?.length ? blocks(message.blocks, { press, search }).nodes : [h("p", {}, mrkdwn(message.text ?? ""))];
    return h("div", { class: "said" }, said);
  },

  /** The app's own page beside the chat with it, where it has one. */
  home: {
    exists: (chat, screen) => chat.place === "bot" && Boolean(screen.home),
    title: "Home",
    other: "Messages",
    empty: (screen) => `${screen.bot} has put nothing here yet.`,
    sign: (screen) => JSON.stringify(screen.home.blocks),
    opens: ({ hands, attempt }) => attempt(() => hands.openHome()),
    draw(screen, { hands, attempt }) {
      const press = (block_id, action_id, value) => attempt(() => hands.pressHome({ block_id, action_id, value }));
      return screen.home.blocks && blocks(screen.home.blocks, { press, search: async () => [] }).nodes;
    },
  },

  onlyMe: () => h("p", { class: "only-me" }, icon("eye"), "Only visible to you"),

  window(doing) {
    const search = (block_id, action_id, text) => doing.hands.search({ block_id, action_id, text });
    const shown = slackWindow({ ...doing, search });
    return { show: (screen) => shown.show(screen.view), shut: shown.shut };
  },
};

const shortcuts = (screen, type) => (screen.shortcuts ?? []).filter((one) => one.type === type);
