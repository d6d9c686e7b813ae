import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { createCanvas, loadImage } from "@napi-rs/canvas";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { type MockPrinter, startPrinter } from "../../hardware-mocks/printer.ts";
import { openZxingWasm } from "../../src/scan/pictures/zxing-wasm.ts";
import { shipped } from "../settings-file.ts";
import { type Bench, setBench } from "./scanner-bench.ts";

/** Its page 17 is Greek, and 866 is page 7. */
const model = "rongta";
const pangram = "Съешь же ещё этих мягких французских булок";

let printer: MockPrinter;
let bench: Bench;
beforeEach(async () => {
	printer = await startPrinter({ model });
	const connection = { by: "tcp", host: printer.host, port: printer.port };
	bench = setBench({ driver: "generic-80mm", connection });
});
afterEach(async () => {
	await bench.clear();
	await printer.close();
});

const codepages = () => bench.start("pipe", ["print", "codepages", "--config", bench.config]);
const saved = () => parse(readFileSync(bench.config, "utf8")).printers[0].tuning.codePage;
const tokens = (text: string) => text.replace(/\s/g, "");

/** What a scanner reads of the picture, from the top. */
async function read(png: Buffer): Promise<string[]> {
	const image = await loadImage(png);
	const { width, height } = image;
	const context = createCanvas(width, height).getContext("2d");
	context.drawImage(image, 0, 0);
	const { data } = context.getImageData(0, 0, width, height);
	const pixels = Uint8Array.from({ length: width * height }, (_, at) => data[at * 4] ?? 0);
	const engine = await openZxingWasm();
	return engine({ pixels, width, height }, 32).map(({ bytes }) => Buffer.from(bytes).toString());
}

test("the barcode under the readable line, read by the till's scanner, sets the page", async () => {
	const running = codepages();
	await running.shows("Read the barcode under the line");
	const [strip] = printer.receipts;
	if (strip === undefined) throw new TypeError(running.screen);
	const parts = strip.text.split(/(?=^\d+\. )/m).filter((part) => tokens(part).includes(tokens(pangram)));
	expect(parts.map((part) => part.split("\n")[0])).toContain("8. cp866, page 7");
	expect(parts.map((part) => part.split("\n")[0])).not.toContain("1. cp866, page 17");
	const marks = await read(strip.png);
	expect(marks).toContain("KP0-7");
	await bench.scanner.show("]C0", "KP0-7");
	expect(await running.ended).toBe(0);
	expect(saved()).toEqual({ encoding: "cp866", number: 7 });
	expect(running.screen).toContain("tuning.codePage is now { encoding: cp866, number: 7 }");
}, 120_000);

test("every page that any family has is on the strip, each with a barcode of its own", async () => {
	const running = codepages();
	await running.shows("Read the barcode under the line");
	const heads = printer.receipts[0]?.text.match(/^\d+\. .*$/gm) ?? [];
	const marks = await read(printer.receipts[0]?.png ?? Buffer.of());
	expect(marks.length).toBe(heads.length);
	expect(new Set(marks).size).toBe(heads.length);
	running.interrupt();
	expect(await running.ended).toBe(0);
	expect(saved()).toBeNull();
}, 120_000);

test("a typed number sets the page too; another code and a wrong number do not, and all else stays", async () => {
	const before = parse(readFileSync(bench.config, "utf8"));
	const running = codepages();
	await running.shows("Read the barcode under the line");
	await bench.scanner.show("]E0", "4006381333931");
	running.type("99");
	await running.shows("There is no such number");
	running.type("2");
	expect(await running.ended).toBe(0);
	before.printers[0].tuning.codePage = { encoding: "cp1251", number: 46 };
	expect(parse(readFileSync(bench.config, "utf8"))).toEqual(before);
}, 120_000);

test("an empty line changes nothing", async () => {
	const running = codepages();
	await running.shows("Read the barcode under the line");
	running.type("");
	expect(await running.ended).toBe(0);
	expect(running.screen).toContain("Nothing was chosen, and nothing is changed.");
	expect(saved()).toBeNull();
}, 120_000);

test("while the daemon holds the printers nothing is printed", async () => {
	const daemon = createServer().listen(bench.socket);
	const running = codepages();
	expect(await running.ended).toBe(1);
	expect(running.screen).toMatch(/kassad runs and holds the printers .*: stop it, try again/);
	expect(printer.receipts).toEqual([]);
	daemon.close();
}, 120_000);

test("a printer without a name in the settings is told with those that there are", async () => {
	const running = bench.start("pipe", ["print", "codepages", "--printer", "bar", "--config", bench.config]);
	expect(await running.ended).toBe(2);
	expect(running.screen).toContain("no such printer in");
	expect(running.screen).toContain("it has: receipt");
	expect(readFileSync(shipped, "utf8")).toContain("codePage: null");
}, 120_000);
