import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { settings } from "../../src/model/settings/settings.ts";
import type { StoreInFile } from "../../src/stores/check.ts";
import type { Store } from "../../src/stores/store.ts";
import { shipped } from "../settings-file.ts";

/** The section `storeApi` of the shipped settings. */
export const { storeApi } = settings.parse(parse(readFileSync(shipped, "utf8")));

export const legalId = "2f00d067-3d92-48cb-8973-cee7821035da";

export function storeOf(storeNumber: string): Store {
	return {
		storeNumber,
		legalId,
		city: "Москва",
		address: "Тверская, 1",
		phone: "+7 495 123-45-67",
		zip: "101000",
	};
}

/** Stores `1`, `2` and so on, as they stand in a CSV file. */
export function storesInFile(count: number): StoreInFile[] {
	return Array.from({ length: count }, (_, index) => ({
		line: index + 2,
		store: storeOf(String(index + 1)),
	}));
}

/** A CSV file of these rows under the columns that every store needs. */
export function csvOf(...rows: readonly (readonly string[])[]): string {
	const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
	const all = [["storeNumber", "legalId", "city", "address", "phone", "zip"], ...rows];
	return all.map((row) => `${row.map(quoted).join(",")}\r\n`).join("");
}

/** The row of one store, for `csvOf`. */
export function rowOf(storeNumber: string, changed: Partial<Store> = {}): string[] {
	const { legalId, city, address, phone, zip } = { ...storeOf(storeNumber), ...changed };
	return [storeNumber, legalId, city, address, phone, zip];
}
