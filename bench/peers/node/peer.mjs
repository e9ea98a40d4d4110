// bpmn-engine 25 in its documented idiom: a BPMN model, `getState()` saved as JSON, `recover` and `resume`.
// "each": the state is saved and committed after every activity; "wait": once, where it waits or ends.
// Run as `node peer.mjs SCENARIO DSN each|wait NUMBER`; the protocol is that of `bench/timing.py`.
import { EventEmitter } from "node:events";
import { createInterface } from "node:readline";
import { Engine } from "bpmn-engine";
import pg from "pg";

const [scenario, dsn, mode, number] = process.argv.slice(2);
const SAVE = `INSERT INTO node_instance VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET state = excluded.state`;
const SCRIPT = (id) =>
  `<scriptTask id="${id}" scriptFormat="javascript"><script>environment.output.x = 1; next();</script></scriptTask>`;
const MANUAL = (id) => `<userTask id="${id}" />`;
const MODELS = {
  ten_steps: Array(10).fill(SCRIPT),
  start_wait_complete: [SCRIPT, MANUAL, SCRIPT],
};

function model(nodes) {
  const names = ["s", ...nodes.map((_, place) => `n${place}`), "e"];
  const elements = nodes.map((node, place) => node(names[place + 1])).join("");
  const flows = names
    .slice(1)
    .map((name, place) => `<sequenceFlow id="f${place}" sourceRef="${names[place]}" targetRef="${name}" />`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions id="d" xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="http://bpmn.example">
<process id="p" isExecutable="true"><startEvent id="s" />${elements}<endEvent id="e" />${flows.join("")}</process>
</definitions>`;
}

const db = new pg.Client({ connectionString: socket(dsn) });
await db.connect();
await db.query("CREATE TABLE IF NOT EXISTS node_instance (id bigint PRIMARY KEY, state text NOT NULL)").catch(() => {});
const source = model(MODELS[scenario]);

// node-postgres wants the folder of a socket in the place of the host.
function socket(url) {
  const [, user, name, folder] = /^postgresql:\/\/(\w+)@\/(\w+)\?host=(.+)$/.exec(url);
  return `socket:${folder}?db=${name}&user=${user}`;
}

async function save(id, engine) {
  await db.query({ name: "save", text: SAVE, values: [id, JSON.stringify(await engine.getState())] });
}

/** Run from where the engine stands to its next wait or its end. */
function go(id, engine, begin) {
  return new Promise((resolve, reject) => {
    const listener = new EventEmitter();
    let saved = Promise.resolve();
    const done = (execution) =>
      saved.then(() => (mode === "wait" || execution ? save(id, engine) : null)).then(resolve, reject);
    if (mode === "each") listener.on("activity.end", () => (saved = saved.then(() => save(id, engine))));
    listener.on("activity.wait", (api) => done(api));
    engine.once("end", () => done(null));
    engine.once("error", reject);
    begin(listener).catch(reject);
  });
}

async function one(id) {
  const engine = new Engine({ name: `i${id}`, source });
  await go(id, engine, (listener) => engine.execute({ listener }));
  if (scenario !== "start_wait_complete") return;
  await engine.stop();
  const { rows } = await db.query("SELECT state FROM node_instance WHERE id = $1", [id]);
  const again = new Engine().recover(JSON.parse(rows[0].state));
  await go(id, again, async (listener) => {
    listener.removeAllListeners("activity.wait");
    const execution = await again.resume({ listener });
    execution.signal({ id: "n1" });
  });
}

let run = async () => {};
let next = Number(number) * 1_000_000 + 900_000_000;
for await (const line of createInterface({ input: process.stdin })) {
  const [word, count] = line.split(" ");
  if (word === "prepare") {
    run = async () => {
      for (let left = Number(count); left > 0; left--) await one(next++);
    };
    console.log("ready");
  } else {
    const begun = performance.now();
    await run();
    console.log((performance.now() - begun) / 1000);
  }
}
await db.end();
