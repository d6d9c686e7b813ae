import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { leaveVersion4 } from "./version-4.ts";

/** The columns that version 5 chained, and by what a row is known to a trigger. */
const chained = {
	operations: {
		number: ".number",
		columns: `id kind terminal key body_hash order_id amount request_id cancel_request_id purchase brand payment_types
			scanner card_masked timings sealed session_mark wish summary started_at transaction_id ref_transaction_id
			cancel_wanted outcome fault wire_code finished_at`,
	},
	attempts: { number: ".number", columns: "operation call request_id begun_at result summary ended_at" },
	slips: {
		number: "",
		columns: `id paymentType storeId terminalId orderId paymentTransactionId refundTransactionId merchantId
			operationDateTime operationId qrcId kzo currency totalAmount whole`,
	},
	prints: {
		number: ".id",
		columns: `document operation subject mark repeats key body_hash printer state evidence fault detail queued_at
			begun_at judged_at resolved resolved_at`,
	},
	shifts: {
		number: ".number",
		columns: "terminal opened_at closed_at key body_hash close_key close_body_hash",
	},
};

const chain = `
CREATE TABLE chain (
	number INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	part TEXT NOT NULL,
	row INTEGER NOT NULL,
	deed TEXT NOT NULL CHECK (deed IN ('begun', 'taken-over', 'written', 'erased')),
	digest BLOB,
	link BLOB,
	CHECK ((digest IS NULL) = (deed IN ('begun', 'erased')))
) STRICT;
CREATE INDEX chain_by_row ON chain (part, row);
`;

/** As it took over the rows of version 4: part, row, digest and link of each entry. */
const entries = [
	["journal", 0, "", "e612dc12e14df666d2f3414bf9a70649e01f74508f246db4f67e5cfdf04e9118"],
	[
		"operations",
		1,
		"307f43e9ed81b90fffcc774c12b5af919603c3c805bb7171b48145cec238275f",
		"8feb9f101fb0bf64c2153579fef0405360390d37825e0e5893b0cb10e86a221d",
	],
	[
		"operations",
		2,
		"7fd117d4dc475347a85de82b2ccc0ffd45996a5930b7446b1fcfe7ffb203f2f4",
		"a76f3aa1e5ab06c38888ce3e57efe0027ec47ca3782025b189f52fd276859dee",
	],
	[
		"operations",
		3,
		"a4477eb05c99e67ae96bf0d66f92eaa5ff883b31531c66268ca82d22e58c6420",
		"f8e2cdf476ae249c40a1e5ca889e4ca5bb18215152d6a657a101595c1afade9c",
	],
	[
		"operations",
		4,
		"7fe538046799dcef41846f8a3caad89404257698d75678c387e4612428eab85d",
		"ab1547cbbc0cd55075d734ea921b2b8ff13b813ee69984bd4d3dbe84800de5b3",
	],
	[
		"operations",
		5,
		"6752b2b94b5e4426dede907104a39ef86f6e9e380d8fd89f5d76d5a138403113",
		"a510087488c7ff62e6edd0f0ffc3af2561797208f842e3ded3119fab6e5f037c",
	],
	[
		"attempts",
		1,
		"3e0066893899321a4e2e5476e13f24fc59ce8b80a6a70b5c461ec5a123a5cf89",
		"0da11f6ffe5c19220283ee001554c5258f79a68bb848de87551e77e638118a43",
	],
	[
		"slips",
		1,
		"ba596178491e06ef5907155714ca53474807f1fce447b41e9b53e09ec1318c29",
		"f54395dde370a2607f247440469541f8d0d65bf068f23dcfc272ed492f2ed30c",
	],
	[
		"prints",
		1,
		"badef34cc0426290af7027e184bcb1f6e5aae22ba52d09c37054424dbf368979",
		"71150b85bad0dcc64875977e04e23e9a452d22dbad7bd88c90c12a2af7a58f5e",
	],
	[
		"shifts",
		1,
		"62ee4c0cd1d54b489fec2327997ab45ce1eaafb2f3a989e91147f393fd67cc19",
		"4f07d573175d9ba2dbe94537c1a2355b79a6fe41dfb19f1a825c5eb049105658",
	],
	[
		"shifts",
		2,
		"239a9af436033b8e02afe02faf293119fdf101e50c72a93834385e723b0a1881",
		"c3ddb0724803e3417f730c2045b992f72b32491bcc588ca3a42cd857b023b8d4",
	],
] as const;

/** Puts the journal of a kassad of version 5 of the tables into a folder, which had been one of version 4. */
export function leaveVersion5(folder: string): void {
	leaveVersion4(folder);
	const database = new DatabaseSync(join(folder, "journal.db"));
	database.exec(chain);
	const insert = database.prepare("INSERT INTO chain VALUES (?, 1772359200000, ?, ?, ?, ?, ?)");
	for (const [index, [part, row, digest, link]] of entries.entries()) {
		const bytes = digest === "" ? null : Buffer.from(digest, "hex");
		insert.run(index + 1, part, row, bytes ? "taken-over" : "begun", bytes, Buffer.from(link, "hex"));
	}
	database.exec(triggers());
	database.exec("PRAGMA user_version = 5");
	database.close();
}

/** Those of version 5 call functions that no later kassad has. */
function triggers(): string {
	const ofRows = Object.entries(chained).flatMap(([name, { number, columns }]) => {
		const text = columns
			.trim()
			.split(/\s+/)
			.map((column) => `coalesce(octet_length(NEW.${column}) || ':' || NEW.${column}, '-')`)
			.join(" || ");
		const key = (row: string) =>
			number === "" ? `(SELECT number FROM operations WHERE id = ${row}.operation)` : row + number;
		const entry = (row: string, deed: string, digest: string) => `BEGIN
	INSERT INTO chain (at, part, row, deed, digest)
		VALUES (kassad_chain_time(), '${name}', ${key(row)}, '${deed}', ${digest});
END;`;
		const written = entry("NEW", "written", `kassad_chain_digest('${name}', CAST(${text} AS BLOB))`);
		return [
			`CREATE TRIGGER chain_insert_${name} AFTER INSERT ON ${name} ${written}`,
			`CREATE TRIGGER chain_update_${name} AFTER UPDATE ON ${name} ${written}`,
			`CREATE TRIGGER chain_delete_${name} AFTER DELETE ON ${name} ${entry("OLD", "erased", "NULL")}`,
		];
	});
	const ofChain = `CREATE TRIGGER chain_link_entry AFTER INSERT ON chain BEGIN
	UPDATE chain SET link = kassad_chain_link(
		(SELECT link FROM chain WHERE number = NEW.number - 1),
		NEW.number, NEW.at, NEW.part, NEW.row, NEW.deed, NEW.digest
	) WHERE number = NEW.number;
END;`;
	return [ofChain, ...ofRows].join("\n");
}
