import { hostname } from "node:os";
import { expect, test } from "vitest";
import { tillFingerprint } from "../src/fingerprint.ts";

test("the fingerprint joins facts about this machine and the moment, and is a secret", () => {
	const fingerprint = tillFingerprint(1_764_000_000_000);
	expect(fingerprint.reveal()).toContain(hostname());
	expect(fingerprint.reveal()).toContain("1764000000000");
	expect(`${fingerprint}`).toBe("[hidden]");
});

test("the same machine at the same moment has the same fingerprint", () => {
	expect(tillFingerprint(1).reveal()).toBe(tillFingerprint(1).reveal());
});
