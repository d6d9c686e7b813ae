import iconv from "iconv-lite";

const esc = (...bytes: number[]) => Buffer.of(0x1b, ...bytes);
const gs = (...bytes: number[]) => Buffer.of(0x1d, ...bytes);

export const commands = {
	/** ESC @, FS ., ESC t 17: known state, no Chinese, code page 866. */
	begin: Buffer.concat([esc(0x40), Buffer.of(0x1c, 0x2e), esc(0x74, 17)]),
	align: (where: 0 | 1 | 2) => esc(0x61, where),
	bold: (on: boolean) => esc(0x45, on ? 1 : 0),
	size: (times: number) => gs(0x21, (times - 1) * 0x11),
	/** GS V 66 0: feed to the blade, partial cut. */
	cut: gs(0x56, 0x42, 0),
	drawer: esc(0x70, 0, 0x19, 0xfa),
	qr: (data: string, moduleDots: number, level: "L" | "M" | "Q" | "H") => qr(data, moduleDots, level),
	confirm: (id: string) => Buffer.concat([gs(0x28, 0x48, 6, 0, 0x30, 0x30), Buffer.from(id)]),
} as const;

export function text(line: string): Buffer {
	return iconv.encode(`${line}\n`, "cp866");
}

function qr(data: string, moduleDots: number, level: "L" | "M" | "Q" | "H"): Buffer {
	const bytes = Buffer.from(data);
	const length = bytes.length + 3;
	return Buffer.concat([
		gs(0x28, 0x6b, 4, 0, 0x31, 0x41, 0x32, 0),
		gs(0x28, 0x6b, 3, 0, 0x31, 0x43, moduleDots),
		gs(0x28, 0x6b, 3, 0, 0x31, 0x45, 0x30 + "LMQH".indexOf(level)),
		gs(0x28, 0x6b, length & 0xff, length >> 8, 0x31, 0x50, 0x30),
		bytes,
		gs(0x28, 0x6b, 3, 0, 0x31, 0x51, 0x30),
	]);
}

export const transactionId = "7d0c6b1e-5a54-4c3f-9d0e-1f2a3b4c5d6e";

/** A receipt as a shop prints it, for paper of that many columns. */
export function sampleReceipt(columns: number): Buffer {
	const { begin, align, bold, size, cut } = commands;
	const pair = (key: string, value: string, width = columns) =>
		text(key + value.padStart(width - key.length));
	const rule = text("─".repeat(columns));
	return Buffer.concat([
		begin,
		...[align(1), bold(true), size(2), text("ОПЛАЧЕНО"), size(1), text('Магазин "Ёлочка"')],
		...[bold(false), text("г. Москва, ул. Щипок, д. 11"), align(0), rule],
		pair("Сумма", "1 234,56 руб."),
		pair("Способ оплаты", "СБП"),
		pair("Дата и время", "24.11.2026 12:34:56"),
		pair("Магазин", "№ 0042"),
		pair("Касса", "3"),
		pair("Заказ", "2026-11-24-0042"),
		...[rule, bold(true), size(2)],
		pair("ИТОГ", "1 234,56", columns / 2),
		...[size(1), bold(false), rule, align(1), commands.qr(transactionId, 6, "M")],
		text(""),
		text(transactionId),
		text("Спасибо за покупку!"),
		cut,
	]);
}
