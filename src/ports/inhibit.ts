import { readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { codeOf, goneBy } from "./gone.ts";
import { noRights, oldKernel, wedgeLimits } from "./inhibit-words.ts";

/** Whether a scanner's keys are kept from the console and from windows. */
export type Inhibition =
	/** `release` gives the keys back. Never rejects; safe to call twice and after an unplug. */
	| { readonly state: "inhibited"; release(): Promise<void> }
	/** They still reach others: why, and what a technician can do. */
	| { readonly state: "typing"; readonly why: string };

/** What tests replace. */
type InhibitOptions = {
	/** Where sysfs is. */
	readonly sys?: string;
	readonly platform?: string;
	/** udev gives the right to write a moment after the device has come: how often that is waited for, and how long. */
	readonly tries?: number;
	readonly pauseMs?: number;
	readonly write?: (file: string, text: string) => Promise<void>;
};

/**
 * Silences the keyboard behind a hidraw node. The kernel's input core then drops all events of the device, for the
 * console, X and Wayland, and puts its lamps out, so that no Caps Lock of another keyboard makes the scanner swap
 * cases; reports still reach hidraw, which holds the HID device by itself (Linux, Documentation/input/
 * input-programming.rst, "Inhibiting input devices"). Node cannot send EVIOCGRAB, which needs an ioctl.
 *
 * It holds for the input device, not for this process: until `release`, or until the scanner is unplugged, even
 * when kassad is killed. A scanner that was plugged in again must be silenced again.
 */
export async function inhibitKeys(path: string, options: InhibitOptions = {}): Promise<Inhibition> {
	const { sys = "/sys", platform = process.platform } = options;
	const limit = wedgeLimits(platform);
	if (limit !== undefined) return { state: "typing", why: limit };
	const inputs = await inputsOf(path, sys);
	if (inputs === undefined) return { state: "typing", why: `${path} is no hidraw device of this machine` };
	const silenced: string[] = [];
	const release = async () => {
		// A device that is gone has no keys to give back.
		for (const input of silenced.splice(0)) await turn(input, "0", options);
	};
	for (const input of inputs) {
		const why = await silence(input, options);
		if (why !== undefined) {
			await release();
			return { state: "typing", why };
		}
		silenced.push(input);
	}
	return { state: "inhibited", release };
}

/** Folders of the input devices behind a node such as `/dev/hidraw0`; undefined when there is no such node. */
async function inputsOf(path: string, sys: string): Promise<string[] | undefined> {
	const node = basename(path);
	if (!/^hidraw\d+$/.test(node)) return undefined;
	const device = join(sys, "class/hidraw", node, "device");
	const folders = await readdir(device).catch(() => undefined);
	if (folders === undefined) return undefined;
	// A device without input devices types nowhere.
	const names = folders.includes("input") ? await readdir(join(device, "input")) : [];
	return names.filter((name) => /^input\d+$/.test(name)).map((name) => join(device, "input", name));
}

/** Undefined when the device is silent now, else why it is not. */
async function silence(input: string, options: InhibitOptions): Promise<string | undefined> {
	const { tries = 10, pauseMs = 100 } = options;
	let refused = await turn(input, "1", options);
	for (let left = tries - 1; left > 0 && isDenied(refused); left -= 1) {
		await new Promise((resolve) => setTimeout(resolve, pauseMs));
		refused = await turn(input, "1", options);
	}
	if (isDenied(refused)) {
		return noRights(switchOf(input), await idOf(input, "vendor"), await idOf(input, "product"));
	}
	if (codeOf(refused) === "ENOENT") return oldKernel;
	return refused === undefined ? undefined : goneBy(refused).detail;
}

/** Turns the switch and looks whether it has turned. Undefined when it has, else the error. */
async function turn(input: string, to: "0" | "1", { write = overwrite }: InhibitOptions): Promise<unknown> {
	const file = switchOf(input);
	try {
		await write(file, to);
		const is = (await readFile(file, "utf8")).trim();
		return is === to ? undefined : `${file} is "${is}" after "${to}" was written to it`;
	} catch (error) {
		return error;
	}
}

/** Never makes a file. */
async function overwrite(file: string, text: string): Promise<void> {
	await writeFile(file, text, { flag: "r+" });
}

function switchOf(input: string): string {
	return join(input, "inhibited");
}

function isDenied(error: unknown): boolean {
	return ["EACCES", "EPERM"].includes(codeOf(error));
}

/** Four hexadecimal digits, or undefined. */
async function idOf(input: string, kind: "vendor" | "product"): Promise<string | undefined> {
	const text = await readFile(join(input, "id", kind), "utf8").catch(() => "");
	return /^[0-9a-f]{4}$/.exec(text.trim())?.[0];
}
