import fc from "fast-check";
import { expect, test } from "vitest";
import { confirmation, paperBarrier, processId } from "../../../drivers/printers/confirmation.ts";
import { replyListener } from "../../../drivers/printers/replies.ts";

const heard = (...bytes: number[]) => replyListener()(Uint8Array.from(bytes));

test("a process id is sent as these bytes and recognised by its echo", () => {
	// GS ( H, 6 bytes follow, function 48 (twice 30h), A 0 0 1
	expect([...processId("A001").request]).toEqual([
		...[0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30],
		...[0x41, 0x30, 0x30, 0x31],
	]);
	expect(processId("A001").read(heard(0x37, 0x22, 0x41, 0x30, 0x30, 0x31, 0))).toBe("process-id");
});

test("the echo of another id, half an echo and an answer about paper prove nothing", () => {
	const inquiry = processId("A001");
	expect(inquiry.read(heard(0x37, 0x22, 0x41, 0x30, 0x30, 0x32, 0))).toBeUndefined();
	expect(inquiry.read(heard(0x37, 0x22, 0x41, 0x30, 0x30, 0x31))).toBeUndefined();
	expect(inquiry.read(heard(0x00, 0x0f))).toBeUndefined();
	// A text that happens to end with the id is not its echo.
	expect(inquiry.read(heard(0x5f, 0x41, 0x30, 0x30, 0x31, 0))).toBeUndefined();
});

test("an echo among flow control, automatic status, an older echo and noise like a head is found", () => {
	const [older, echo] = [
		[0x37, 0x22, 0x41, 0x30, 0x30, 0x30, 0],
		[0x37, 0x22, 0x41, 0x30, 0x13, 0x30, 0x31, 0],
	];
	const replies = heard(0x13, 0x14, 0, 0, 0x0f, ...older, 0x11, 0x37, ...echo);
	expect(processId("A001").read(replies)).toBe("process-id");
});

test("a barrier is GS r 1 and is passed by one byte with bits 4 and 7 clear", () => {
	expect([...paperBarrier().request]).toEqual([0x1d, 0x72, 1]);
	expect(paperBarrier().read(heard(0x00))).toBe("paper-barrier");
	// The roll is near its end, and the next one has to come soon.
	expect(paperBarrier().read(heard(0x03))).toBe("paper-barrier");
});

test("a barrier whose own answer is that the paper has ended proves nothing, and tells that", () => {
	for (const answer of [0x0f, 0x0c, 0x04, 0x08]) {
		expect(paperBarrier().read(heard(answer))).toBe("printer-paper-out");
	}
});

test("automatic status, real-time answers and block replies do not pass a barrier", () => {
	expect(paperBarrier().read(heard(0x12, 0x1e, 0x14, 0, 0, 0x0f, 0x11, 0x37, 0x25, 0))).toBeUndefined();
});

test("each kind asks in its way, and those without a question ask nothing", () => {
	const asked = (["process-id", "paper-barrier", "status", "none"] as const).map((kind) => {
		const inquiry = confirmation(kind, "A001");
		return inquiry && Buffer.from(inquiry.request).toString("latin1");
	});
	expect(asked).toEqual(["\x1d(H\x06\x0000A001", "\x1dr\x01", null, null]);
});

test("whatever a printer sends is proof, no proof, or nothing", () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 300 }), (received) => {
			const replies = heard(...received);
			expect([undefined, "process-id"]).toContain(processId("A001").read(replies));
			expect([undefined, "paper-barrier", "printer-paper-out"]).toContain(paperBarrier().read(replies));
		}),
	);
});
