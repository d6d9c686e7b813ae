import fc from "fast-check";
import { expect, test } from "vitest";
import { groupSync } from "../../src/journal/group-sync.ts";

/** A disk whose syncs end by hand, in turn. */
function slowDisk() {
	const begun: PromiseWithResolvers<void>[] = [];
	const group = groupSync(() => {
		const sync = Promise.withResolvers<void>();
		begun.push(sync);
		return sync.promise;
	});
	const state = async (promise: Promise<void> | undefined) => {
		const pending = Promise.resolve("pending");
		return Promise.race([promise?.then(() => "on disk", String), pending.then(() => pending)]);
	};
	const settled = () => new Promise((resolve) => setImmediate(resolve));
	return { ...group, begun, state, settled };
}

test("nobody waits for a disk to which nothing was written", () => {
	expect(slowDisk().onDisk()).toBeUndefined();
});

test("what was written is on disk when a sync that began afterwards has ended, and no sooner", async () => {
	const { wrote, onDisk, begun, state, settled } = slowDisk();
	wrote();
	const first = onDisk();
	wrote();
	const second = onDisk();
	begun[0]?.resolve();
	await settled();
	expect(await state(first)).toBe("on disk");
	expect(await state(second)).toBe("pending");
	begun[1]?.resolve();
	await settled();
	expect(await state(second)).toBe("on disk");
	expect(onDisk()).toBeUndefined();
});

test("all that is written during a sync has one more sync together", async () => {
	const { wrote, onDisk, begun, settled } = slowDisk();
	for (let deed = 0; deed < 50; deed += 1) wrote();
	expect(begun).toHaveLength(1);
	const all = onDisk();
	begun[0]?.resolve();
	await settled();
	expect(begun).toHaveLength(2);
	begun[1]?.resolve();
	await all;
	await settled();
	expect(begun).toHaveLength(2);
	expect(onDisk()).toBeUndefined();
});

test("after a sync that failed nothing is ever called on disk again, and no sync is tried", async () => {
	const { wrote, onDisk, begun, settled } = slowDisk();
	wrote();
	const first = onDisk();
	wrote();
	const beside = onDisk();
	begun[0]?.reject(new TypeError("the disk is gone"));
	await expect(first).rejects.toThrow("gone");
	await expect(beside).rejects.toThrow("gone");
	wrote();
	await settled();
	await expect(onDisk()).rejects.toThrow("gone");
	expect(begun).toHaveLength(1);
});

test("whatever the order of deeds and syncs, who waits is let go by a sync that began after the deed", async () => {
	const steps = fc.array(fc.constantFrom("write", "end"), { maxLength: 40 });
	await fc.assert(
		fc.asyncProperty(steps, async (given) => {
			const disk = slowDisk();
			let [written, held, ended] = [0, 0, 0];
			const marks: number[] = [];
			const begin = () => {
				while (marks.length < disk.begun.length) marks.push(written);
			};
			const waits: Promise<unknown>[] = [];
			for (const step of [...given, "end", "end", "end"]) {
				if (step === "write") {
					written += 1;
					disk.wrote();
					begin();
					const deed = written;
					waits.push(
						(disk.onDisk() ?? Promise.resolve()).then(() => expect(held).toBeGreaterThanOrEqual(deed)),
					);
				} else if (ended < disk.begun.length) {
					held = marks[ended] ?? 0;
					disk.begun[ended]?.resolve();
					ended += 1;
					await disk.settled();
					begin();
				}
			}
			await Promise.all(waits);
			expect(disk.onDisk()).toBeUndefined();
		}),
		{ seed: 20_261_129 },
	);
});
