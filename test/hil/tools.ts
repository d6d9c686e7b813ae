import { has, Lacking, run } from "./command.ts";

/** Programs, and the Debian packages that bring them. */
const packages: Readonly<Record<string, string>> = {
	"qemu-system-x86_64": "qemu-system-x86",
	cpio: "cpio",
	kmod: "kmod",
	busybox: "busybox-static",
	udevadm: "udev",
	dpkg: "dpkg",
	"apt-get": "apt",
};

const isRoot = process.getuid?.() === 0;

/** Makes sure that all tools are there; installs what is missing. @throws {Lacking} when it cannot. */
export function needTools(tell: (step: string) => void): void {
	if (process.platform !== "linux" || process.arch !== "x64") {
		throw new Lacking(`These tests need Linux on x86-64; this is ${process.platform} on ${process.arch}.`);
	}
	const missing = () => Object.keys(packages).filter((program) => !has(program));
	const wanted = missing().map((program) => packages[program] ?? program);
	if (wanted.length === 0) return;
	const command = `apt-get install ${wanted.join(" ")}`;
	if (!isRoot || !has("apt-get") || !has("dpkg")) {
		throw new Lacking(`Missing: ${missing().join(", ")}. On Debian, as root: ${command}`);
	}
	refreshLists(tell);
	tell(command);
	need(() => run("apt-get", ["install", "--yes", "--no-install-recommends", ...wanted]));
	if (missing().length > 0) throw new Lacking(`Still missing after ${command}: ${missing().join(", ")}`);
}

/** Makes apt's lists of packages current. @throws {Lacking} when this user must not. */
export function refreshLists(tell: (step: string) => void): void {
	if (!isRoot) throw new Lacking("apt's lists of packages are empty. As root: apt-get update");
	tell("apt-get update");
	need(() => run("apt-get", ["update"]));
}

/** Does what these tests cannot do without. @throws {Lacking} with the words of what failed. */
export function need<T>(deed: () => T): T {
	try {
		return deed();
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		throw new Lacking(`The tests with hardware in the loop cannot run on this machine.\n${why}`);
	}
}
