import { atLineStart, type Machine, typeByte } from "./machine.ts";
import type { Edge } from "./paper.ts";
import { paperSensors } from "./status.ts";
import type { Deed } from "./text-commands.ts";

const nothing: Deed = () => undefined;

/** Commands about cutting, the drawer and answers that wait their turn (Epson ESC/POS). */
export const deviceCommands: Readonly<Record<string, Deed>> = {
	"GS V": (machine, form, parameters) => cut(machine, form, parameters[1] ?? 0),
	"ESC i": (machine) => cut(machine, 1, 0),
	"ESC m": (machine) => cut(machine, 1, 0),
	"ESC p": ({ signals }, n, parameters) => {
		signals.drawer(n === 1 || n === 0x31 ? 5 : 2, (parameters[1] ?? 0) * 2);
	},
	"ESC =": nothing,
	"ESC c": nothing,
	"ESC v": ({ signals }) => signals.reply(Uint8Array.of(paperSensors(signals.condition().paper))),
	"ESC u": ({ signals }) => signals.reply(Uint8Array.of(0)),
	"GS a": ({ signals }, mask) => signals.automaticStatus(mask),
	"GS r": ({ signals }, n) => {
		const sensors = n === 1 || n === 0x31 ? paperSensors(signals.condition().paper) : 0;
		signals.reply(Uint8Array.of(sensors));
	},
	"GS I": ({ signals, facts }, n) => {
		const text = identity[n];
		if (text !== undefined) signals.reply(Buffer.from(`_${text}\0`, "latin1"));
		else if (n === 2 || n === 0x32)
			signals.reply(Uint8Array.of((facts.chinese ? 1 : 0) | (facts.cutter ? 2 : 0)));
		else signals.reply(Uint8Array.of(0x20));
	},
	"GS ( H": (machine, _fn, parameters) => {
		const { facts, signals } = machine;
		const [fn, m, ...id] = parameters;
		if (!facts.processId) for (const byte of parameters) typeByte(machine, byte);
		else if (fn === 0x30 && m === 0x30 && id.length === 4)
			signals.reply(Uint8Array.of(0x37, 0x22, ...id, 0x00));
		else signals.mistake(`GS ( H ${fn}: only function 48 with an id of four bytes is answered`);
	},
	"GS ( D": nothing,
	// Acted on when they came.
	"DLE EOT": nothing,
	"DLE ENQ": nothing,
	"DLE DC4": nothing,
};

/** Texts of GS I 65 to 69. */
const identity: Readonly<Record<number, string>> = {
	65: "1.00",
	66: "KASSAD",
	67: "MOCK-PRINTER",
	68: "0000001",
};

/** GS V m n: the form and the kind of cut are both in m. */
function cut(machine: Machine, form: number, n: number): void {
	if (!atLineStart(machine, "GS V")) return;
	const { paper, facts } = machine;
	const full = [0x00, 0x30, 0x41, 0x61, 0x67].includes(form);
	const edge: Edge = facts.cutter ? (full ? "cut" : "partial") : "torn";
	if (form >= 0x67) paper.cutAndPullBack(edge, n);
	else if (form >= 0x61) paper.cutLater(edge, n);
	else if (form >= 0x41) paper.feedAndCut(edge, n);
	else paper.cut(edge);
}
