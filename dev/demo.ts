import { play } from "./estate/play.ts";
import { readEstate } from "./estate/read-estate.ts";
import { readStory } from "./estate/story.ts";
import { startLaptop } from "./laptop.ts";
import { createNarrator } from "./narrator.ts";
import { readOptions } from "./options.ts";
import { people } from "./people.ts";
import { runUntilQuiet } from "./turn.ts";

const root = new URL("../", import.meta.url);
const { isJson, capture } = readOptions();
const tell = (line: string) => (isJson ? console.error(line) : console.log(line));

const { resources, subscriptions } = readEstate(new URL("dev/estate/estate.json", root));
const narrator = createNarrator(tell, () => new Date());
const laptop = await startLaptop({
  estate: resources,
  subscriptions,
  owners: Object.values(people),
  settings: { AIRLOCK_ALLOW_COMPUTE_RECREATE: "true" },
  delivery: "both", // each event through the other door than the last
  bundle: new URL("dist/main.cjs", root).pathname,
  onLog: narrator.hear,
  ...(capture !== undefined && { capture }),
});

narrator.say("start", "the baseline sweep looks at everything once");
await laptop.host?.run("tidy");
await runUntilQuiet(laptop, 3600);

const scenes = [];
for (const scene of readStory()) {
  tell(`\n${scene.name}`);
  scenes.push(await play(laptop, scene, narrator));
}
await laptop.close();

const ok = scenes.every((it) => it.ok);
tell("\nsummary");
for (const it of scenes) {
  tell(`  ${it.ok ? "as it should be" : "WRONG          "}  ${it.name}`);
  if (!it.ok) tell(`    expected ${it.expected}\n    actual   ${it.actual}`);
}
if (isJson) console.log(JSON.stringify({ ok, scenes }));
process.exit(ok ? 0 : 1);
