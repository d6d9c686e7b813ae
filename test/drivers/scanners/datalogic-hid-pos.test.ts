import { expect, test } from "vitest";
import { datalogicHidPos } from "../../../drivers/scanners/datalogic-hid-pos.ts";
import { hidFacts } from "./hid-kit.ts";

hidFacts(datalogicHidPos);

test("its scanners are those of two makers", () => {
	expect(datalogicHidPos.marks.map(({ vendorId }) => vendorId)).toEqual(["05f9", "080c"]);
});
