import { expect, test } from "vitest";
import { stranger as client } from "../../src/pos/client.ts";
import { standAtCounter } from "./counter-kit.ts";

test("without a name all scanners are paused and go on, with one only that one", async () => {
	const { methods } = standAtCounter();
	expect(await methods["scanner.pause"]({}, client)).toEqual({ paused: ["front", "back"] });
	expect(await methods["scanner.resume"]({ scanner: "front" })).toEqual({ paused: ["back"] });
	expect(await methods["scanner.resume"]({})).toEqual({ paused: [] });
	expect(await methods["scanner.pause"]({ scanner: "front" }, client)).toEqual({ paused: ["front"] });
});

test("a scanner is told to beep, to read and to take a picture", async () => {
	const { methods, told } = standAtCounter();
	const scanner = "front";
	expect(await methods["scanner.beep"]({ scanner, good: true })).toEqual({ scanner });
	await methods["scanner.beep"]({ scanner, good: false });
	await methods["scanner.trigger"]({ scanner, on: true });
	await methods["scanner.trigger"]({ scanner, on: false });
	expect(await methods["scanner.picture"]({ scanner })).toEqual({ scanner });
	const deeds = ["beep-good", "beep-bad", "trigger", "stop", "picture"];
	expect(told).toEqual(deeds.map((deed) => `front: ${deed}`));
});

test("a scanner that the settings do not name is refused, with those that they do", async () => {
	const { methods, told } = standAtCounter();
	const scanner = "side";
	const wishes = [
		methods["scanner.pause"]({ scanner }, client),
		methods["scanner.resume"]({ scanner }),
		methods["scanner.beep"]({ scanner, good: true }),
		methods["scanner.trigger"]({ scanner, on: true }),
		methods["scanner.picture"]({ scanner }),
	];
	for (const wish of wishes) {
		await expect(wish).rejects.toThrow("scanner-unknown: the scanners are front, back");
	}
	expect(told).toEqual([]);
});

test("what its family cannot do is refused, and a pause is kept all the same", async () => {
	const { methods, quiet } = standAtCounter({ canBeTold: false });
	const beep = methods["scanner.beep"]({ scanner: "front", good: true });
	await expect(beep).rejects.toThrow("scanner-cannot: its family knows no beep-good");
	await methods["scanner.pause"]({}, client);
	expect(quiet.keptOut("front")).toBe("scanner-paused");
});
