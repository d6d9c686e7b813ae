import { z } from "zod";
import { name, text } from "./common.ts";

const few = { error: "expected a list of at most 16 names" };

/** A further till of the shop. */
const terminal = z.strictObject({
	terminalId: text(256),
	/** Whose scans are this till's. */
	scanners: z.array(name, few).max(16, few),
	/** What prints its slips; null when nothing shall. */
	printer: name.nullable(),
});

const list = { error: "expected a list of at most 64 tills, [] for none" };

/** The shop as Koshelek knows it: what no further till has for itself belongs to `terminalId`. */
export const storeSettings = z
	.strictObject({
		storeId: z.guid({ error: "expected a GUID of 36 characters" }),
		terminalId: text(256),
		terminals: z.array(terminal, list).max(64, list),
	})
	.superRefine(({ terminalId, terminals }, context) => {
		const ids = [terminalId, ...terminals.map((further) => further.terminalId)];
		for (const [index, id] of ids.entries()) {
			if (ids.indexOf(id) === index) continue;
			const path = ["terminals", index - 1, "terminalId"];
			context.addIssue({ code: "custom", path, message: "expected a terminalId that no other till has" });
		}
	});

export type StoreSettings = z.infer<typeof storeSettings>;
