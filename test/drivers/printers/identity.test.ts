import fc from "fast-check";
import { expect, test } from "vitest";
import { identityInquiry } from "../../../drivers/printers/identity.ts";
import { replyListener } from "../../../drivers/printers/replies.ts";

const read = (...bytes: number[]) => identityInquiry().read(replyListener()(Uint8Array.from(bytes)));
const text = (words: string) => [0x5f, ...Buffer.from(words, "latin1"), 0];

test("firmware, maker, model and type are asked for in this order", () => {
	expect([...identityInquiry().request]).toEqual([
		...[0x1d, 0x49, 65],
		...[0x1d, 0x49, 66],
		...[0x1d, 0x49, 67],
		...[0x1d, 0x49, 2],
	]);
});

test("three texts and a type are an identity", () => {
	expect(read(...text("1.05 ESC/POS"), ...text("EPSON"), ...text("TM-T20III"), 0x02)).toEqual({
		firmware: "1.05 ESC/POS",
		maker: "EPSON",
		model: "TM-T20III",
		twoByte: false,
		cutter: true,
	});
});

test("a printer that knows only its type says only that", () => {
	expect(read(0x01)).toEqual({ twoByte: true, cutter: false });
});

test("a text that could be another one is not believed", () => {
	expect(read(...text("EPSON"), 0x03)).toEqual({ twoByte: true, cutter: true });
});

test("what is no printable ASCII is left out of a name", () => {
	const answer = read(...text("1.05"), ...text("\u00c3PS\u00ffON "), ...text("\x7f"), 0x02);
	expect(answer).toEqual({ firmware: "1.05", maker: "PSON", twoByte: false, cutter: true });
});

test("there is no answer before the type has come", () => {
	expect(read(...text("1.05"), ...text("EPSON"), ...text("TM-T20III"))).toBeUndefined();
	expect(read()).toBeUndefined();
});

test("whatever a printer calls itself is printable text", () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 300 }), (received) => {
			const identity = read(...received) ?? {};
			for (const word of Object.values(identity).filter((fact) => typeof fact === "string"))
				expect(word).toMatch(/^[\x20-\x7e]{1,80}$/);
		}),
	);
});
