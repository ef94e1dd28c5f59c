// Reads JSON lines {name, card} and writes for each {name, faults}: all that Microsoft's own renderer
// (npm adaptivecards) has to say of the card while it reads and validates it, and of which element. No browser,
// no network.
"use strict";

const path = require("node:path");
const readline = require("node:readline");
const ac = require(path.join(process.cwd(), "node_modules", "adaptivecards", "dist", "adaptivecards.min.js"));

const said = [];
for (const level of ["error", "warn", "log"]) {
  console[level] = (...words) => said.push({ event: `console.${level}`, message: words.join(" ") });
}

// Teams draws six actions at the most; the renderer's own default is five.
const host = new ac.HostConfig({ actions: { maxActions: 6 } });

function fault(event) {
  return { event: ac.ValidationEvent[event.event], message: event.message, of: event.source?.id ?? "" };
}

function faults(payload) {
  said.length = 0;
  const version = ac.Version.parse(String(payload.version), new ac.SerializationContext()) || ac.Versions.v1_5;
  const context = new ac.SerializationContext(version);
  const card = new ac.AdaptiveCard();
  card.hostConfig = host;
  try {
    card.parse(payload, context);
  } catch (error) {
    return [{ event: "Exception", message: String(error.message) }];
  }
  const found = [];
  for (let i = 0; i < context.eventCount; i++) found.push(fault(context.getEventAt(i)));
  found.push(...card.validateProperties().validationEvents.map(fault), ...said);
  return found;
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  if (!line.trim()) return;
  const { name, card } = JSON.parse(line);
  process.stdout.write(JSON.stringify({ name, faults: faults(card) }) + "\n");
});
