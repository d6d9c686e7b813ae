import { Subject } from "rxjs";
import { zebraSsi } from "../../drivers/scanners/zebra-ssi.ts";
import type { Cut } from "../../src/model/read.ts";
import { ssiReads$ } from "../../src/scan/ssi.ts";

/** A packet of the scanner, built without the help of what is tested. */
export function scannerPacket(opcode: number, status: number, data: readonly number[]): number[] {
	const packet = [data.length + 4, opcode, 0, status, ...data];
	const sum = packet.reduce((all, byte) => all + byte, 0);
	return [...packet, ((0x1_0000 - sum) >> 8) & 0xff, (0x1_0000 - sum) & 0xff];
}

/** DECODE_DATA packets of one code, at most `most` bytes of it in each. */
export function codePackets(type: number, content: readonly number[], most = 250): number[][] {
	const pieces: (readonly number[])[] = [];
	for (let from = 0; from < Math.max(1, content.length); from += most)
		pieces.push(content.slice(from, from + most));
	return pieces.map((piece, index) =>
		scannerPacket(0xf3, index < pieces.length - 1 ? 2 : 0, [type, ...piece]),
	);
}

export const hex = (bytes: Iterable<number>) => Buffer.from(Uint8Array.from(bytes)).toString("hex");
export const bytesOf = (text: string) => [...Buffer.from(text.replaceAll(/\s/g, ""), "hex")];

/** A cut in few words, such as `qr: HELLO` or `checksum: 14`. */
export function told(cut: Cut): string {
	if (cut.kind === "discarded") return `${cut.why}: ${cut.length}`;
	if (cut.kind === "picture") return `${cut.picture.form}: ${hex(cut.picture.bytes)}`;
	return `${cut.symbology}: ${Buffer.from(cut.bytes).toString("latin1")}`;
}

export const packets = Object.freeze({
	ack: "04d00400ff28",
	resend: "05d1040001ff25",
	packetsOn: "07c60400ffee01fd41",
	handshakeOn: "07c60400ff9f01fd90",
	codeIdsOff: "07c60400ff2d00fe03",
	enable: "04e90400ff0f",
});

/** The driver's settings but for the set-up, which is ENABLE alone. */
export const framing = { ...zebraSsi.framing, setup: [] };

/** Listens to a scanner whose line is in the test's hands. */
export function openConversation(settings: Parameters<typeof ssiReads$>[0] = framing, mostBytes = 4_096) {
	const bytes$ = new Subject<Uint8Array>();
	const written: string[] = [];
	const heard: string[] = [];
	const cuts: Cut[] = [];
	let ended = false;
	const write = async (bytes: Uint8Array) => void written.push(hex(bytes));
	const subscription = ssiReads$(settings, { bytes$, write }, mostBytes).subscribe({
		next: (cut) => {
			cuts.push(cut);
			heard.push(told(cut));
		},
		complete: () => {
			ended = true;
		},
	});
	return {
		bytes$,
		cuts,
		heard,
		subscription,
		/** What was written since the last look. */
		written: () => written.splice(0),
		say: (...said: (readonly number[])[]) => {
			for (const bytes of said) bytes$.next(Uint8Array.from(bytes));
		},
		hasEnded: () => ended,
	};
}
