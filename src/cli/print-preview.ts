import { writeFileSync } from "node:fs";
import type { Command } from "commander";
import type { z } from "zod";
import { printerDrivers } from "../../drivers/index.ts";
import { systemClock } from "../clock.ts";
import { loadDocuments } from "../documents.ts";
import { FaultError } from "../model/fault.ts";
import type { TemplateName } from "../model/print.ts";
import type { PrinterDriver } from "../model/printer-driver.ts";
import { documentHoles } from "../model/settings/document-holes.ts";
import { settings as whole } from "../model/settings/settings.ts";
import { documentBlock } from "../print/documents/documents.ts";
import { driverOf } from "../scanners/scanners.ts";
import type { PreviewFlags } from "./print.ts";
import { type Paper, printOnMock } from "./print-paper.ts";
import { sampleDocument } from "./print-samples.ts";
import { printerNamed } from "./print-settings.ts";
import { driverOfWidth } from "./print-width.ts";
import { readSections } from "./read-sections.ts";

const sections = whole.pick({ payApi: true, printers: true, socket: true });

type Shop = z.infer<typeof sections>;

/**
 * Shows a document as the chosen printer would print it. What the printer would not print rightly is told on the
 * standard error, and the exit code is 1 then.
 * @throws {FaultError} `config-invalid` when something in the settings or the templates is wrong.
 */
export async function preview(document: string, flags: PreviewFlags, command: Command): Promise<void> {
	if (!isDocument(document)) {
		command.error(`error: expected one of: ${Object.keys(documentHoles).join(", ")}, got ${document}`);
	}
	const shop = readSections(flags.config, sections);
	const driver = driverFor(flags, shop);
	const { mark = "original" } = flags;
	const block = documentBlock(sampleDocument(document, mark, { printer: driver.title, dots: driver.dots }), {
		columns: driver.columns,
		templates: loadDocuments(flags.documents),
		titles: shop.payApi.paymentTypeTitles,
	});
	const paper = await printOnMock(driver, block, systemClock.now());
	const files = flags.out === undefined ? [] : saved(paper, flags.out);
	const unmapped = driver.unmapped(block);
	if (flags.json) {
		const { id, title, columns, dots, codePage } = driver;
		const text = paper.pieces.map((piece) => piece.text);
		const facts = { document, mark, printer: { driver: id, title, columns, dots, codePage } };
		process.stdout.write(
			`${JSON.stringify({ ...facts, text, unmapped, mistakes: paper.mistakes, files })}\n`,
		);
	} else {
		const shown = paper.pieces.map((piece) => (flags.text ? piece.text : paper.view(piece)));
		process.stdout.write(`${shown.join("\n")}\n`);
		for (const file of files) process.stderr.write(`Written: ${file}\n`);
	}
	tellWrongs(paper, unmapped);
}

function isDocument(word: string): word is TemplateName {
	return Object.hasOwn(documentHoles, word);
}

/** The printer of that name, one of that width, or the first of the settings. */
function driverFor({ columns, printer: name, config }: PreviewFlags, shop: Shop): PrinterDriver {
	if (columns !== undefined) return driverOfWidth(columns);
	const { printer } = printerNamed(shop, name, config);
	return driverOf(printerDrivers, printer.driver).tuned(printer.tuning);
}

/** Each piece in a file of its own: `slip.png`, `slip-2.png`. */
function saved({ pieces }: Paper, out: string): string[] {
	return pieces.map(({ png }, at) => {
		const file = at === 0 ? out : out.replace(/(\.\w+)?$/, `-${at + 1}$1`);
		try {
			writeFileSync(file, png);
		} catch (error) {
			throw new FaultError(
				"config-invalid",
				`cannot write ${file}: ${(error as NodeJS.ErrnoException).code}`,
			);
		}
		return file;
	});
}

function tellWrongs({ mistakes }: Paper, unmapped: number): void {
	if (unmapped > 0) process.stderr.write(`${unmapped} characters are not on the code page: printed as ?\n`);
	for (const mistake of mistakes) process.stderr.write(`The printer would not obey: ${mistake}\n`);
	if (unmapped > 0 || mistakes.length > 0) process.exitCode = 1;
}
