import type { Gone, Port } from "../model/device.ts";
import { PortError } from "./gone.ts";
import type { HidDevice } from "./hid-library.ts";
import { openInlet, type Source } from "./inlet.ts";

const fault = "scanner-away";

/** How long a device may take to take a report, or to let go, in ms. */
const mostWaitMs = 2_000;

/**
 * Makes a `Port` of an open HID device. It is gone at the first of its `error` event, whatever that says, and `close`.
 * `gone` resolves when the handle is closed: a device that comes back while its old handle is open gets another name.
 *
 * A report that the device refuses fails that write only. node-hid sends reports one after another and closes behind
 * the last of them.
 */
export function portOfHid(device: HidDevice, name: string, descriptor: Uint8Array | undefined): Port {
	const inlet = openInlet(sourceOf(device));
	const { promise: gone, resolve: tellGone } = Promise.withResolvers<Gone>();
	let ended: Gone | undefined;

	const end = (why: Gone) => {
		if (ended !== undefined) return;
		ended = why;
		inlet.end();
		// What closing throws harms nobody: the device is not used again.
		void within(device.close().catch(() => undefined)).then(() => tellGone(why));
	};
	device.on("error", (why) => end({ reason: "unplugged", detail: `${name} was unplugged: ${wordsOf(why)}` }));

	const send = async (report: Uint8Array, how: "write" | "sendFeatureReport") => {
		const refuse = (reason: Gone["reason"], detail: string) =>
			new PortError(fault, { reason, detail: `a report was not written to ${name}: ${detail}` });
		if (ended !== undefined) throw refuse(ended.reason, ended.detail);
		const sent = device[how](Buffer.from(report)).catch((error: unknown) => {
			throw refuse(ended?.reason ?? "failed", ended?.detail ?? wordsOf(error));
		});
		const left = await within(Promise.race([sent, gone]));
		if (left === undefined) throw refuse("timed-out", `it was not taken within ${mostWaitMs} ms`);
		if (typeof left === "object") throw refuse(left.reason, left.detail);
		if (left < report.length) throw refuse("failed", `${left} of ${report.length} bytes left`);
	};

	return {
		bytes$: inlet.bytes$,
		gone,
		write: (report) => send(report, "write"),
		hid: { descriptor, feature: (report) => send(report, "sendFeatureReport") },
		close: async () => {
			end({ reason: "closed", detail: `${name} was closed by kassad` });
			await gone;
		},
	};
}

/**
 * The reports of a device as a source that can be paused. A HID device cannot be held back, and node-hid may lose a
 * report when its reading is stopped; so the reading goes on, and what comes while paused is dropped.
 */
function sourceOf(device: HidDevice): Source {
	const takers = new Set<(report: Uint8Array) => void>();
	let paused = false;
	device.on("data", (report) => {
		if (!paused) for (const take of takers) take(report);
	});
	return {
		on: (_, take) => takers.add(take),
		off: (_, take) => takers.delete(take),
		pause: () => {
			paused = true;
		},
		resume: () => {
			paused = false;
		},
		isPaused: () => paused,
	};
}

/** What `promise` resolves with, or undefined when that takes too long. */
async function within<T>(promise: Promise<T>): Promise<T | undefined> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<undefined>((resolve) => {
		timer = setTimeout(resolve, mostWaitMs, undefined);
	});
	try {
		return await Promise.race([promise, late]);
	} finally {
		clearTimeout(timer);
	}
}

/** node-hid hands over errors of its reading as mere texts. */
function wordsOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
