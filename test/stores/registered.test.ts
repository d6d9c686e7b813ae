import { expect, test } from "vitest";
import { registeredStores } from "../../src/stores/registered.ts";

const store = { storeNumber: "17", storeId: "x", somethingNew: 1 };

test("the server's stores are read as a list or as a map that holds it, with all that it tells", () => {
	expect(registeredStores([store])).toEqual([store]);
	expect(registeredStores({ stores: [store], page: 1 })).toEqual([store]);
});

test.each([undefined, null, "", {}, { stores: {} }, [{ storeId: "x" }], [17]])(
	"%j is no list of stores",
	(json) => {
		expect(registeredStores(json)).toBeUndefined();
	},
);
