import { expect, test } from "vitest";
import { zebraHidPos } from "../../../drivers/scanners/zebra-hid-pos.ts";
import { hidFacts } from "./hid-kit.ts";

hidFacts(zebraHidPos);

test("its scanners say which device they are by vendor and usage", () => {
	expect(zebraHidPos.marks).toEqual([{ vendorId: "05e0", usagePage: 0x8c, usage: 0x02 }]);
});
