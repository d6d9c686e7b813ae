import { createHash } from "node:crypto";
import {
	chmodSync,
	copyFileSync,
	cpSync,
	existsSync,
	globSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { run } from "./command.ts";
import type { Kernel } from "./kernel.ts";

/** What QEMU boots. */
export type Image = { readonly kernel: string; readonly initramfs: string };

const project = join(import.meta.dirname, "../..");
const init = join(import.meta.dirname, "guest/init.sh");
const node = join(project, "node_modules/node/bin/node");

/** The native parts of the packages that open devices: the guest runs them from the project, and has their libraries. */
const addons = [
	"node_modules/@serialport/bindings-cpp/prebuilds/linux-x64/*.glibc.node",
	"node_modules/node-hid/prebuilds/HID*-linux-x64/*.node",
	"node_modules/usb/prebuilds/linux-x64/*.glibc.node",
];

/** Modules, with all that they need: the folder of the project; HID devices; USB devices on a bus without wires. */
const modules = [
	...["virtio_pci", "9pnet_virtio", "9p"],
	...["uhid", "usbhid", "hid-generic", "evdev"],
	...["dummy_hcd", "libcomposite", "usb_f_acm", "usb_f_hid", "usb_f_printer", "cdc-acm", "usblp"],
];

/** Groups that the system's udev rules speak of; kassad's user is in none of them. */
const groups = "root tty disk lp dialout input plugdev video audio kmem render sgx kvm cdrom tape floppy";

/** Finds the image in the cache, or builds it; it is known by all that goes into it. */
export function findImage(cache: string, kernel: Kernel, tell: (step: string) => void): Image {
	const recipe = createHash("sha256")
		.update(readFileSync(import.meta.filename))
		.update(readFileSync(init))
		.update(run(node, ["--version"]))
		.update(run("dpkg-query", ["-W", "busybox*", "kmod", "udev", "libc6"]))
		.update(kernel.folder);
	const folder = join(cache, `image-${recipe.digest("hex").slice(0, 16)}`);
	if (!existsSync(folder)) build(folder, kernel, tell);
	return { kernel: join(folder, "vmlinuz"), initramfs: join(folder, "initramfs.cpio") };
}

function build(folder: string, kernel: Kernel, tell: (step: string) => void): void {
	tell("build the guest's image");
	const aside = `${folder}.${process.pid}`;
	const root = join(aside, "root");
	for (const name of [
		"bin",
		"sbin",
		"proc",
		"sys",
		"dev",
		"run",
		"tmp",
		"etc",
		"config",
		"project",
		"lib/systemd",
	]) {
		mkdirSync(join(root, name), { recursive: true });
	}
	addPrograms(root);
	addAccounts(root);
	addModules(root, kernel);
	copyFileSync(join(kernel.folder, `boot/vmlinuz-${kernel.version}`), join(aside, "vmlinuz"));
	// Not compressed: an emulated processor takes longer to unpack it than the memory is worth.
	run("sh", ["-c", "find . -print0 | cpio --null -o -H newc --quiet --owner=0:0 > ../initramfs.cpio"], root);
	rmSync(root, { recursive: true });
	renameSync(aside, folder);
}

function addPrograms(root: string): void {
	const [busybox = "", kmod = "", udevadm = ""] = ["busybox", "kmod", "udevadm"].map(which);
	add(root, busybox, "bin/busybox");
	for (const name of run(busybox, ["--list"]).trim().split("\n")) {
		// kmod's modprobe reads the compact index that depmod makes.
		if (!["busybox", "modprobe"].includes(name)) symlinkSync("busybox", join(root, "bin", name));
	}
	add(root, kmod, "bin/kmod");
	for (const name of ["bin/modprobe", "sbin/modprobe"]) symlinkSync("/bin/kmod", join(root, name));
	// The daemon is the same program under another name.
	add(root, udevadm, "bin/udevadm");
	symlinkSync("/bin/udevadm", join(root, "lib/systemd/systemd-udevd"));
	cpSync("/lib/udev/rules.d", join(root, "lib/udev/rules.d"), { recursive: true, dereference: true });
	add(root, node, "bin/node");
	for (const addon of globSync(addons, { cwd: project })) addLibraries(root, join(project, addon));
	copyFileSync(init, join(root, "init"));
	chmodSync(join(root, "init"), 0o755);
}

function which(program: string): string {
	return run("sh", ["-c", `readlink -f "$(command -v ${program})"`]).trim();
}

function add(root: string, file: string, as: string): void {
	copyFileSync(file, join(root, as));
	chmodSync(join(root, as), 0o755);
	addLibraries(root, file);
}

function addLibraries(root: string, file: string): void {
	// ldd fails on a program that needs none.
	for (const [library] of run("sh", ["-c", `ldd "${file}" || true`]).matchAll(/\/\S+/g)) {
		const copy = join(root, library);
		if (existsSync(copy)) continue;
		mkdirSync(dirname(copy), { recursive: true });
		copyFileSync(library, copy);
	}
}

function addAccounts(root: string): void {
	const lines = groups.split(" ").map((name, index) => `${name}:x:${index === 0 ? 0 : 100 + index}:`);
	writeFileSync(join(root, "etc/group"), `${[...lines, "kassad:x:1000:"].join("\n")}\n`);
	writeFileSync(join(root, "etc/passwd"), "root:x:0:0::/tmp:/bin/sh\nkassad:x:1000:1000::/tmp:/bin/sh\n");
	writeFileSync(join(root, "etc/nsswitch.conf"), "passwd: files\ngroup: files\n");
}

function addModules(root: string, { folder, version }: Kernel): void {
	const home = join("lib/modules", version);
	for (const name of modules) {
		const needed = run("modprobe", ["-d", folder, "-S", version, "--show-depends", name]);
		for (const [, file = ""] of needed.matchAll(/^insmod (\S+)/gm)) {
			const copy = join(root, home, file.slice(file.indexOf(`${home}/`) + home.length + 1));
			mkdirSync(dirname(copy), { recursive: true });
			copyFileSync(file, copy);
		}
	}
	for (const name of ["modules.order", "modules.builtin", "modules.builtin.modinfo"]) {
		copyFileSync(join(folder, home, name), join(root, home, name));
	}
	run("depmod", ["-b", root, version]);
}
