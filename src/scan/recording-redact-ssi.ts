import type { Stream } from "./recording-stream.ts";
import type { Veil } from "./recording-veil.ts";

const decodeData = 0xf3;
/** IMAGE_DATA and VIDEO_DATA. */
const pictures = [0xb1, 0xb4];
/** REPLY_REVISION, REPLY_ID, PARAM_SEND, CMD_ACK, CMD_NAK, CAPABILITIES_REPLY, EVENT: never a code's content. */
const harmless = [0xa4, 0xa6, 0xc6, 0xd0, 0xd1, 0xd4, 0xf6];
const pictureHeaderBytes = 10;

/**
 * What a scanner said in SSI packets (length, opcode, source, status, data, checksum: Zebra SE955 integration guide),
 * with the codes replaced and the pictures zeroed. Checksums are made anew: a good one stays good, and a damaged one
 * stays as far off as it was. Bytes that are in no packet lose all letters and digits.
 */
export function redactedSsi({ bytes, burstEnds }: Stream, veil: Veil): Uint8Array {
	const redacted = new Uint8Array(bytes.length);
	let at = 0;
	let goesOn = false;
	for (const end of burstEnds) {
		while (at < end) {
			const packet = packetAt(bytes.subarray(at, end));
			const part = packet ?? bytes.subarray(at, end);
			redacted.set(packet ? hiddenPacket(packet, goesOn, veil) : veil.hide(part, 0), at);
			goesOn = packet !== undefined && isPicture(packet) && ((packet[3] ?? 0) & 0x02) !== 0;
			at += part.length;
		}
	}
	return redacted;
}

/** A whole packet of a scanner. Its source 00 and its opcode tell it from text that is sent without packets. */
function packetAt(bytes: Uint8Array): Uint8Array | undefined {
	const [length = 0, opcode = 0, source] = bytes;
	const isHeader = length >= 4 && opcode >= 0x80 && source === 0;
	return isHeader && bytes.length >= length + 2 ? bytes.subarray(0, length + 2) : undefined;
}

function isPicture(packet: Uint8Array): boolean {
	return pictures.includes(packet[1] ?? 0);
}

/** @param goesOn whether the packet before said that its picture goes on in this one. */
function hiddenPacket(packet: Uint8Array, goesOn: boolean, veil: Veil): Uint8Array {
	const end = packet.length - 2;
	const hidden = packet.slice();
	if (isPicture(packet)) hidden.fill(0, Math.min(end, 4 + (goesOn ? 0 : pictureHeaderBytes)), end);
	else if (!harmless.includes(packet[1] ?? 0)) {
		// In front of each code, and of each packet of a long one, stands the byte that tells its type.
		const from = Math.min(end, packet[1] === decodeData ? 5 : 4);
		const content = packet.subarray(from, end);
		hidden.set(veil.hide(content, veil.leading(content)), from);
	}
	const view = new DataView(hidden.buffer, hidden.byteOffset);
	view.setUint16(end, view.getUint16(end) + sum(packet, end) - sum(hidden, end));
	return hidden;
}

function sum(packet: Uint8Array, end: number): number {
	return packet.subarray(0, end).reduce((sum, byte) => sum + byte, 0);
}
