import { expect, test } from "vitest";
import { opened, temporaryFolder } from "./kit.ts";

test("a printer is held over restarts until it is released, and no other with it", () => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	journal.prints.hold("front");
	journal.prints.hold("front");
	journal.close();
	const { prints } = opened(folder);
	expect([prints.isHeld("front"), prints.isHeld("back")]).toEqual([true, false]);
	prints.release("front");
	prints.release("front");
	expect(prints.isHeld("front")).toBe(false);
});
