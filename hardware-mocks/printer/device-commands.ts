import { atLineStart, type Machine, typeByte } from "./machine.ts";
import { type Edge, headToBlade } from "./paper.ts";
import { paperSensors } from "./status.ts";
import type { Deed } from "./text-commands.ts";

const nothing: Deed = () => undefined;

/** Commands about cutting, the drawer and answers that wait their turn (Epson ESC/POS). */
export const deviceCommands: Readonly<Record<string, Deed>> = {
	"GS V": (machine, form, parameters) => {
		if (machine.facts.cutsBy !== "esc-i") cut(machine, "GS V", form, parameters[1] ?? 0);
		else machine.signals.mistake("GS V: this printer cuts by ESC i only");
	},
	"ESC i": (machine) => oldCut(machine, "ESC i"),
	"ESC m": (machine) => oldCut(machine, "ESC m"),
	"ESC p": ({ signals }, n, parameters) => {
		signals.drawer(n === 1 || n === 0x31 ? 5 : 2, (parameters[1] ?? 0) * 2);
	},
	"ESC =": nothing,
	"ESC c": nothing,
	"ESC v": (machine) => {
		if (machine.facts.queuedStatus) answer(machine, () => [paperSensors(machine.signals.condition().paper)]);
	},
	"ESC u": (machine) => {
		if (machine.facts.queuedStatus) answer(machine, () => [drawerLevel(machine)]);
	},
	"GS a": ({ signals, facts }, mask) => {
		if (facts.automaticStatus) signals.automaticStatus(mask);
	},
	"GS r": (machine, n) => {
		if (!machine.facts.queuedStatus) return;
		if (n === 1 || n === 0x31) answer(machine, () => [paperSensors(machine.signals.condition().paper)]);
		else if (n === 2 || n === 0x32) answer(machine, () => [drawerLevel(machine)]);
		else if (n === 4 || n === 0x34) answer(machine, () => [0]);
	},
	"GS I": (machine, n) => answer(machine, () => identify(machine, n)),
	"GS ( H": (machine, _fn, parameters) => {
		const { facts, signals } = machine;
		const [fn, m, ...id] = parameters;
		if (!facts.processId) for (const byte of parameters) typeByte(machine, byte);
		else if (fn === 0x30 && m === 0x30 && id.length === 4) answer(machine, () => [0x37, 0x22, ...id, 0x00]);
		else signals.mistake(`GS ( H ${fn}: only function 48 with an id of four bytes is answered`);
	},
	// Function 20: whether DLE DC4 1 and 2 are obeyed, in pairs of number and 0 or 1.
	"GS ( D": ({ signals }, m, parameters) => {
		if (m !== 0x14) return;
		for (let at = 1; at + 1 < parameters.length; at += 2)
			signals.obeyDc4(parameters[at] ?? 0, ((parameters[at + 1] ?? 0) & 1) === 1);
	},
	// Acted on when they came.
	"DLE EOT": nothing,
	"DLE ENQ": nothing,
	"DLE DC4": nothing,
};

/** Answers when all before is on paper; a hasty printer answers as soon as it has read the question. */
function answer(machine: Machine, bytes: () => readonly number[]): void {
	const act = () => {
		const reply = Uint8Array.from(bytes());
		if (reply.length > 0) machine.signals.reply(reply);
	};
	if (machine.facts.answers === "parsed") act();
	else machine.add({ kind: "act", act });
}

const drawerLevel = ({ signals }: Machine) => (signals.condition().drawerPinHigh ? 1 : 0);

/** GS I 1 to 3 are a byte, 65 to 69 a text. */
function identify({ facts }: Machine, n: number): readonly number[] {
	const { identity, chinese, cutter } = facts;
	if (identity === null) return [];
	const { maker, model, firmware, serial } = identity;
	const fonts = chinese ? "CHINA GB18030" : "";
	const text = { 65: firmware, 66: maker, 67: model, 68: serial, 69: fonts }[n];
	if (text !== undefined) return [...Buffer.from(`_${text}\0`, "latin1")];
	if (n === 2 || n === 0x32) return [(chinese ? 1 : 0) | (cutter ? 2 : 0)];
	return n === 1 || n === 0x31 || n === 3 || n === 0x33 ? [0x20] : [];
}

function oldCut(machine: Machine, name: string): void {
	if (machine.facts.cutsBy === "gs-v") machine.signals.mistake(`${name}: this printer cuts by GS V only`);
	else cut(machine, name, 1, 0);
}

/** GS V m n: the form and the kind of cut are both in m. */
function cut(machine: Machine, name: string, form: number, n: number): void {
	if (!atLineStart(machine, name)) return;
	const { facts, add } = machine;
	const full = [0x00, 0x30, 0x41, 0x61, 0x67].includes(form);
	const edge: Edge = facts.cutter ? (full ? "cut" : "partial") : "torn";
	if (form >= 0x61 && form < 0x67) add({ kind: "cut-later", edge, more: n });
	else {
		if (form >= 0x41) add({ kind: "feed", move: headToBlade + n });
		add({ kind: "cut", edge, pullBack: form >= 0x67 });
	}
}
