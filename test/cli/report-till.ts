import { openJournal } from "../../src/journal/journal.ts";
import { folderSettings } from "../journal/intents.ts";
import { salesOf, sell } from "./report-kit.ts";

/** Two tills, the second in a shift, that have sold something since a moment; open until the standard input ends. */
const [folder = "", count = "", from = ""] = process.argv.slice(2);
const clock = { at: Number(from) - 1, now: () => clock.at, sleep: () => Promise.resolve() };
const journal = openJournal(folderSettings(folder), clock);
const sales = salesOf(Number(count), Number(from), Number(from) + 1_000);
const shift = (key: string) => ({ key, bodyHash: "", terminal: "till-2" });
journal.shifts.open(shift("open"));
for (const [index, sale] of sales.entries()) sell(journal, sale, `Заказ №${index}`);
clock.at += 1_001;
journal.shifts.close(shift("close"));
process.stdout.write("open\n");
process.stdin.on("end", () => journal.close()).resume();
