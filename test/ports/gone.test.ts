import { expect, test } from "vitest";
import { FaultError } from "../../src/model/fault.ts";
import { goneBy, PortError } from "../../src/ports/gone.ts";

const failure = (code: string, words = "words") => Object.assign(new TypeError(words), { code });

test.each([
	["ENOENT", "unplugged"],
	["EIO", "unplugged"],
	["EACCES", "refused"],
	["ECONNREFUSED", "refused"],
	["ETIMEDOUT", "timed-out"],
	["ECONNRESET", "failed"],
	["EWHATEVER", "failed"],
])("%s means %s", (code, reason) => {
	expect(goneBy(failure(code))).toEqual({ reason, detail: "words" });
});

test("the mark of a lost serial device counts more than its errno", () => {
	const lost = Object.assign(failure("EINVAL"), { disconnected: true });
	expect(goneBy(lost)).toMatchObject({ reason: "unplugged" });
});

test("a connection that failed at several addresses tells of each", () => {
	const all = new AggregateError([failure("ECONNREFUSED", "::1"), failure("ECONNREFUSED", "127.0.0.1")]);
	expect(goneBy(Object.assign(all, { code: "ECONNREFUSED" }))).toEqual({
		reason: "refused",
		detail: "::1; 127.0.0.1",
	});
});

test("a reason that is known already is kept", () => {
	const gone = { reason: "timed-out", detail: "no answer" } as const;
	const error = new PortError("printer-unreachable", gone);
	expect(goneBy(error)).toBe(gone);
	expect(error).toBeInstanceOf(FaultError);
	expect(error).toMatchObject({ code: "printer-unreachable", detail: "no answer" });
});

test.each([undefined, null, "text", 7])("%j thrown is a failure like any other", (thrown) => {
	expect(goneBy(thrown)).toEqual({ reason: "failed", detail: String(thrown) });
});
