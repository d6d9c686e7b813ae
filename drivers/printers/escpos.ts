import type { Block } from "../../src/model/block.ts";
import type { PrinterDriver } from "../../src/model/printer-driver.ts";
import { confirmation } from "./confirmation.ts";
import { announcing, encodeBlock, endOfBroken } from "./encode.ts";
import { identityInquiry } from "./identity.ts";
import { type PrinterModel, tunedModel } from "./model.ts";
import { paperMs } from "./paper-time.ts";
import { replyListener } from "./replies.ts";
import { changedConditions, statusInquiry } from "./status.ts";
import { symbolFor } from "./symbols/symbol.ts";
import { printable } from "./text.ts";

/** Gives a model the language. */
export function escpos(model: PrinterModel): PrinterDriver {
	const { id, title, dots } = model;
	const codePages = model.codePages.map((page) => Object.freeze({ ...page }));
	return Object.freeze<PrinterDriver>({
		kind: "printer",
		id,
		title,
		columns: model.columns.a,
		dots,
		codePage: codePages[0] ?? model.codePages[0],
		codePages: Object.freeze(codePages),
		line: model.line && Object.freeze({ ...model.line }),
		confirms: model.confirms,
		answersStatus: model.status,
		resumes: model.resumes,
		encode: (block) => encodeBlock(block, model),
		afterBroken: endOfBroken,
		draws: (symbol, data) => symbolFor({ kind: "symbol", symbol, data }, model) !== undefined,
		unmapped: (block) => unmappedIn(block, model),
		paperMs: (block) => paperMs(block, model),
		listen: replyListener,
		status: statusInquiry,
		announceChanges: Uint8Array.from(model.automaticStatus ? announcing : []),
		changed: changedConditions,
		confirmation: (confirmationId) => confirmation(model.confirms, confirmationId),
		identity: identityInquiry,
		tuned: (tuning) => escpos(tunedModel(model, tuning)),
	});
}

/** Symbols count where their data is printed as text. */
function unmappedIn(block: Block, model: PrinterModel): number {
	const { encoding } = model.codePages[0];
	const texts = block.map((line) => {
		if (line.kind === "text") return line.text;
		const isText = line.kind === "symbol" && symbolFor(line, model) === undefined;
		return isText ? line.data : "";
	});
	return texts.reduce((sum, text) => sum + printable(text, encoding).unmapped, 0);
}
