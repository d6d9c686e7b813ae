import type {
	UsbDevice,
	UsbEndpoint,
	UsbInterface,
	UsbInterfaceDescriptor,
} from "../../src/ports/usb-library.ts";

/** An error as the package `usb` makes them: of a transfer only the number means something. */
export function usbError(errno: number): Error & { readonly errno: number } {
	return Object.assign(new TypeError("**UNKNOWN**"), { errno });
}

export function descriptor(
	protocol: number,
	{ number = 0, alternate = 0, kind = 7, ends = [0x01, 0x82] } = {},
): UsbInterfaceDescriptor {
	return {
		bInterfaceNumber: number,
		bAlternateSetting: alternate,
		bInterfaceClass: kind,
		bInterfaceSubClass: 1,
		bInterfaceProtocol: protocol,
		endpoints: ends.map((bEndpointAddress) => ({ bEndpointAddress, bmAttributes: 2 })),
	};
}

type Ended = (error: ReturnType<typeof usbError> | undefined, bytes: Buffer, count: number) => void;
type Way = { bytes: Buffer; end(errno: number | undefined, count: number): void };

/**
 * The device object of the package `usb`, with a printer behind it. Like the real one it ends transfers a turn later and
 * cannot be closed while one is on its way.
 */
export class MadeUpUsbPrinter implements UsbDevice {
	readonly busNumber = 1;
	readonly deviceAddress = 4;
	portNumbers = [2, 3];
	readonly deviceDescriptor = {
		idVendor: 0x04b8,
		idProduct: 0x0e28,
		iManufacturer: 1,
		iProduct: 2,
		iSerialNumber: 3,
	};
	configDescriptor: { interfaces: UsbInterfaceDescriptor[][] } | undefined = {
		interfaces: [[descriptor(2)]],
	};
	interfaces: UsbInterface[] | undefined;
	/** What was done with it, in order. */
	readonly calls: string[] = [];
	/** Which call throws which number. */
	readonly refuses: Partial<Record<"open" | "claim" | "detach" | "setAltSetting" | "driver", number>> = {};
	hasDriver = true;
	/** How many bytes more it takes. */
	room = Number.POSITIVE_INFINITY;
	/** The most that it takes of one transfer. */
	mostAtOnce = Number.POSITIVE_INFINITY;
	#received: Buffer[] = [];
	#said: Buffer[] = [];
	readonly #in: Way[] = [];
	readonly #out: Way[] = [];
	#pulled = false;

	get received(): Buffer {
		return Buffer.concat(this.#received);
	}

	/** Reads that are on their way. */
	get asked(): number {
		return this.#in.length;
	}

	say(...bytes: number[]): void {
		this.#said.push(Buffer.from(bytes));
		this.#answer();
	}

	/** A stall of the endpoint that takes bytes. */
	stall(): void {
		for (const way of this.#out.splice(0)) way.end(4, 0);
	}

	/** Takes what it held back. */
	take(): void {
		this.room = Number.POSITIVE_INFINITY;
		for (const way of this.#out.splice(0)) this.#take(way);
	}

	pull(): void {
		this.#pulled = true;
		for (const way of [...this.#in.splice(0), ...this.#out.splice(0)]) way.end(5, 0);
	}

	open(): void {
		this.#call("open");
		this.interfaces = (this.configDescriptor?.interfaces ?? []).map(() => this.#interface());
	}

	close(): void {
		if (this.#in.length + this.#out.length > 0)
			throw new TypeError("Can't close device with a pending request");
		this.calls.push("close");
		this.interfaces = undefined;
	}

	getStringDescriptor(
		index: number,
		done: (error?: ReturnType<typeof usbError>, text?: string) => void,
	): void {
		queueMicrotask(() => done(undefined, ["", "EPSON", "TM-T20III", "S\u00001"][index]));
	}

	controlTransfer(
		type: number,
		request: number,
		value: number,
		index: number,
		length: number,
		done: (error: ReturnType<typeof usbError> | undefined, answer: Buffer | undefined) => void,
	): void {
		this.calls.push(`control ${[type, request, value, index, length].join(" ")}`);
		queueMicrotask(() => done(undefined, Buffer.from("\0\u0010MFG:EPSON;CMD:E;")));
	}

	#call(name: "open" | "claim" | "detach" | "setAltSetting" | "driver"): void {
		const errno = this.#pulled ? -4 : this.refuses[name];
		if (errno !== undefined) throw usbError(errno);
		if (name !== "driver") this.calls.push(name);
	}

	#interface(): UsbInterface {
		return {
			isKernelDriverActive: () => {
				this.#call("driver");
				return this.hasDriver;
			},
			detachKernelDriver: () => this.#call("detach"),
			attachKernelDriver: () => void this.calls.push("attach"),
			claim: () => this.#call("claim"),
			release: (done) => {
				this.calls.push("release");
				setImmediate(() => done(this.#pulled ? usbError(-4) : undefined));
			},
			setAltSetting: (alternate, done) => {
				this.calls.push(`setAltSetting ${alternate}`);
				setImmediate(() => done());
			},
			endpoint: (address) => this.#endpoint(address),
		};
	}

	#endpoint(address: number): UsbEndpoint {
		const ways = address >= 0x80 ? this.#in : this.#out;
		return {
			clearHalt: (done) => {
				this.calls.push("clearHalt");
				setImmediate(() => done());
			},
			makeTransfer: (_, ended) => this.#transfer(ways, ended),
		};
	}

	#transfer(ways: Way[], ended: Ended) {
		let way: Way | undefined;
		const drop = (errno: number) => {
			const index = way === undefined ? -1 : ways.indexOf(way);
			if (index < 0) return false;
			ways.splice(index, 1)[0]?.end(errno, 0);
			return true;
		};
		return {
			submit: (bytes: Buffer) => {
				if (this.#pulled) throw usbError(-4);
				const end = (errno: number | undefined, count: number) => {
					setImmediate(() => ended(errno === undefined ? undefined : usbError(errno), bytes, count));
				};
				way = { bytes, end };
				if (ways === this.#out) this.#take(way);
				else this.#in.push(way);
				this.#answer();
			},
			cancel: () => drop(3),
		};
	}

	#take(way: Way): void {
		const count = Math.min(way.bytes.length, this.mostAtOnce);
		if (this.room < count) {
			this.#out.push(way);
			return;
		}
		this.room -= count;
		this.#received.push(Buffer.from(way.bytes.subarray(0, count)));
		way.end(undefined, count);
	}

	#answer(): void {
		while (this.#in.length > 0 && this.#said.length > 0) {
			const [way, bytes] = [this.#in.shift(), this.#said.shift() ?? Buffer.alloc(0)];
			bytes.copy(way?.bytes ?? Buffer.alloc(0));
			way?.end(undefined, bytes.length);
		}
	}
}
