/**
 * SSI packets as a scanner makes and takes them, without the help of kassad's own code: a mistake there shows here.
 * Length of itself to the last data byte, opcode, source, status, data, two's complement of the sum, high byte first.
 */
export type SsiPacket = {
	readonly opcode: number;
	/** 04 from the host, 00 from the scanner. */
	readonly source: number;
	/** Bit 0 repeated, bit 1 more follows, bit 3 permanently. */
	readonly status: number;
	readonly data: Uint8Array;
};

/** The bytes of a scanner's packet. */
export function ssiBytes(opcode: number, status: number, data: Uint8Array): Uint8Array {
	if (data.length > 251) throw new Error(`${data.length} bytes are too many for one packet`);
	const bytes = Buffer.from([4 + data.length, opcode, 0x00, status, ...data, 0, 0]);
	bytes.writeUInt16BE(checksum(bytes.subarray(0, -2)), bytes.length - 2);
	return bytes;
}

/** What the host said: a packet, or "damaged" for one whose checksum is wrong. */
export type HostWord = SsiPacket | "damaged";

/** How long the host may pause inside a packet, ms: "host character time-out", as from the factory. */
const characterMs = 200;

/** Cuts what the host writes into packets; half a packet is forgotten after a pause. */
export function hearHost(tell: (word: HostWord) => void): (bytes: Uint8Array) => void {
	let kept = Buffer.alloc(0);
	let pause: NodeJS.Timeout | undefined;
	return (bytes) => {
		clearTimeout(pause);
		kept = Buffer.concat([kept, bytes]);
		for (let length = kept[0] ?? 0; kept.length >= length + 2 && kept.length > 0; length = kept[0] ?? 0) {
			const packet = kept.subarray(0, Math.max(length, 4));
			const sum = kept.length >= length + 2 && length >= 4 ? kept.readUInt16BE(length) : -1;
			kept = kept.subarray(packet.length + 2);
			const [, opcode = 0, source = 0, status = 0] = packet;
			const isWhole = sum === checksum(packet);
			tell(isWhole ? { opcode, source, status, data: Uint8Array.from(packet.subarray(4)) } : "damaged");
		}
		pause = setTimeout(() => {
			kept = Buffer.alloc(0);
		}, characterMs);
		pause.unref();
	};
}

function checksum(bytes: Uint8Array): number {
	return (0x1_0000 - bytes.reduce((sum, byte) => (sum + byte) % 0x1_0000, 0)) % 0x1_0000;
}
