import { expect, test } from "vitest";
import { microscanHid } from "../../../drivers/scanners/microscan-hid.ts";
import { hidFacts } from "./hid-kit.ts";

hidFacts(microscanHid);

test("nothing tells its readers before they are opened", () => {
	expect(microscanHid.marks).toEqual([]);
});
