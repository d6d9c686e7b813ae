import { scannerDrivers } from "../../drivers/index.ts";
import { inhibitRuleOf } from "../ports/inhibit-rule.ts";
import { udevRules } from "../ports/udev-rules.ts";

/** Prints the udev rules file for everything in the driver table. */
export function printRules(): void {
	process.stdout.write(udevRules(Object.values(scannerDrivers), inhibitRuleOf));
}
