import { expect, test } from "vitest";
import { newlandHidPos } from "../../../drivers/scanners/newland-hid-pos.ts";
import { hidFacts } from "./hid-kit.ts";

hidFacts(newlandHidPos);

test("its scanners say which device they are by vendor and usage", () => {
	expect(newlandHidPos.marks).toEqual([{ vendorId: "1eab", usagePage: 0x8c, usage: 0x02 }]);
});
