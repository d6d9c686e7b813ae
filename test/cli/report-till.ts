import { openJournal } from "../../src/journal/journal.ts";
import { folderSettings } from "../journal/intents.ts";
import { salesOf, sell } from "./report-kit.ts";

/** A till that has sold something since a moment, and holds its journal open until its standard input ends. */
const [folder = "", count = "", from = ""] = process.argv.slice(2);
const clock = { now: () => Date.now(), sleep: () => Promise.resolve() };
const journal = openJournal(folderSettings(folder), clock);
const sales = salesOf(Number(count), Number(from), Number(from) + 1_000);
for (const [index, sale] of sales.entries()) sell(journal, sale, `Заказ №${index}`);
process.stdout.write("open\n");
process.stdin.on("end", () => journal.close()).resume();
