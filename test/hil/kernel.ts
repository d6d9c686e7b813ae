import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { Lacking, run } from "./command.ts";
import { need, refreshLists } from "./tools.ts";

/** Debian's kernel, unpacked and not installed: unlike most virtual machines' kernels it has USB and HID. */
export type Kernel = {
	/** Of its package. */
	readonly name: string;
	readonly version: string;
	/** Holds `boot` and `lib/modules`. */
	readonly folder: string;
};

/** Finds the kernel in the cache, or fetches the one that Debian's `linux-image-amd64` stands for. */
export function findKernel(cache: string, tell: (step: string) => void): Kernel {
	// A machine that has just been installed has no lists of packages yet.
	if (packageName() === undefined) refreshLists(tell);
	const name = packageName();
	if (name === undefined)
		throw new Lacking("apt knows no package linux-image-amd64: these tests need Debian.");
	const folder = join(cache, name);
	if (!existsSync(folder)) fetchKernel(name, folder, tell);
	const [version] = readdirSync(join(folder, "lib/modules"));
	if (version === undefined) throw new Error(`${folder} holds no modules; delete it and try again`);
	return { name, version, folder };
}

function packageName(): string | undefined {
	return /Depends: (linux-image-\d\S*)/.exec(run("apt-cache", ["depends", "linux-image-amd64"]))?.[1];
}

function fetchKernel(name: string, folder: string, tell: (step: string) => void): void {
	tell(`fetch ${name}`);
	const aside = `${folder}.${process.pid}`;
	mkdirSync(aside, { recursive: true });
	need(() => run("apt-get", ["download", name], aside));
	const [file] = readdirSync(aside).filter((entry) => entry.endsWith(".deb"));
	if (file === undefined) throw new Error(`apt-get download ${name} brought no file`);
	run("dpkg", ["-x", join(aside, file), aside]);
	rmSync(join(aside, file));
	// Newer packages keep the modules in /usr/lib.
	if (!existsSync(join(aside, "lib"))) symlinkSync("usr/lib", join(aside, "lib"));
	for (const version of readdirSync(join(aside, "lib/modules"))) run("depmod", ["-b", aside, version]);
	// One step, so that an interrupted run leaves nothing half done under the name.
	renameSync(aside, folder);
}
