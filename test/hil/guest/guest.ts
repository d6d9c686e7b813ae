/**
 * The tests inside the guest. One daemon lives through all of them, as a process of its own and as an ordinary user:
 * an emulated machine takes long to start it, and a shop's daemon lives long, too.
 */
import { tellFamilies } from "./chapters/families.ts";
import { tellPaper } from "./chapters/paper.ts";
import { tellPrinter } from "./chapters/printer.ts";
import { tellRights } from "./chapters/rights.ts";
import { tellSerial } from "./chapters/serial.ts";
import { tellTwins } from "./chapters/twins.ts";
import { tellWedge } from "./chapters/wedge.ts";
import { begin, fact, report } from "./fact.ts";
import { openTill, type Till } from "./till.ts";

begin("The daemon");
let till: Till | undefined;
await fact("it starts as an ordinary user with no scanner plugged in", async () => {
	till = await openTill();
	return undefined;
});
if (till !== undefined) await tellAll(till);
report({ type: "done" });
// A device's side that still waits for its host must not keep the machine.
process.exit();

async function tellAll(till: Till): Promise<void> {
	await tellRights(till);
	await tellPrinter();
	await tellPaper(till);
	await tellSerial(till);
	await tellFamilies(till);
	await tellTwins(till);
	await tellWedge(till);
	console.log(`\n=== The daemon's log\n${till.log()}`);
}
