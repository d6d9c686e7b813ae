import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { printerDrivers } from "../../drivers/index.ts";
import type { MockPrinter } from "../../hardware-mocks/printer.ts";
import type { PrintVerdict } from "../../src/model/print.ts";
import type { PrinterDriver } from "../../src/model/printer-driver.ts";
import {
	type Bench,
	befalling,
	type Model,
	type Moment,
	moments,
	openBench,
	type Transport,
	type Trouble,
} from "./paper-matrix-kit.ts";

/*
 * Every model on every transport, with every trouble at every moment: the verdict is the one that the rules give, and
 * the printer's own record of its paper agrees. What is printed is on paper once and whole already; what is not printed
 * is not there, and will not be; what is unknown is there once at most, also after everything has been put right.
 */
const models: readonly Model[] = [
	{ model: "tm-t20iii", driver: "epson-tm-t20iii" },
	{ model: "tm-t88v", driver: "epson-tm-t88v" },
	{ model: "80mm", driver: "xprinter" },
	{ model: "80mm-hasty", driver: "generic-80mm" },
	{ model: "58mm", driver: "pos-5890" },
];

type State = PrintVerdict["state"];
type Place = { readonly driver: PrinterDriver; readonly transport: Transport; readonly moment: Moment };
type Case = Trouble & {
	/** The state that the rules give; undefined where the trouble does not exist. */
	readonly gives: (place: Place) => State | undefined;
};

const proves = (driver: PrinterDriver): State => (driver.confirms === "none" ? "unknown" : "printed");
const refuses = ({ driver, moment }: Place) => moment === "before" && driver.answersStatus;

/** The printer stops, and nobody comes in time. */
const stop = (befall: (mock: MockPrinter) => void): Case => ({
	befall,
	time: "stops",
	gives: (place) => (refuses(place) ? "not-printed" : "unknown"),
});

/** The printer stops, and somebody helps as soon as kassad says so. */
const helped = (befall: (mock: MockPrinter) => void): Case => ({
	befall,
	time: "stops",
	helps: true,
	gives: (place) => {
		if (place.moment === "before") return undefined;
		return place.driver.resumes ? proves(place.driver) : "unknown";
	},
});

const troubles: Readonly<Record<string, Case>> = {
	nothing: { befall: () => undefined, time: "answers", gives: ({ driver }) => proves(driver) },
	"paper low": { befall: (mock) => mock.paperLow(), time: "answers", gives: ({ driver }) => proves(driver) },
	"paper out": stop((mock) => mock.paperOut()),
	"cover open": stop((mock) => mock.coverOpen()),
	"cutter stuck": stop((mock) => mock.jamCutter()),
	"off line": stop((mock) => mock.goOffline()),
	"paper out, and a new roll": helped((mock) => mock.paperOut()),
	"cover open, and closed": helped((mock) => mock.coverOpen()),
	mute: { befall: (mock) => mock.mute(), time: "silent", gives: () => "unknown" },
	"stops reading": {
		befall: (mock) => mock.stopReading(),
		time: "silent",
		gives: ({ moment }) => (moment === "in confirmation" ? undefined : "unknown"),
	},
	"power lost": {
		befall: (mock) => mock.powerOff(),
		time: "silent",
		gives: ({ transport, moment }) =>
			transport === "tcp" && moment === "before" ? "not-printed" : "unknown",
	},
	"connection reset": {
		befall: (mock) => mock.dieAfter(1),
		time: "answers",
		gives: ({ driver, transport, moment }) => {
			if (transport === "pty" || moment === "in confirmation") return undefined;
			if (moment === "after data" && driver.confirms === "none") return undefined;
			// The question before the block finds it out, and the channel is opened once more.
			return moment === "before" && driver.answersStatus ? "printed" : "unknown";
		},
	},
};

const marks = new Set<string>();
function nextMark(): string {
	const mark = `Q${marks.size.toString(36).padStart(3, "0")}`;
	marks.add(mark);
	return mark;
}

/** One that cannot confirm is not asked to. */
const momentsOf = ({ confirms }: PrinterDriver) =>
	moments.filter((moment) => moment !== "in confirmation" || confirms !== "none");

/** The cases that there are for a model on a transport. */
function casesFor({ driver: id }: Model, transport: Transport) {
	const driver = printerDrivers[id] as PrinterDriver;
	return Object.entries(troubles).flatMap(([name, trouble]) =>
		momentsOf(driver).flatMap((moment) => {
			const state = trouble.gives({ driver, transport, moment });
			return state === undefined ? [] : [{ name, moment, trouble, state }];
		}),
	);
}

describe.each(
	models.flatMap((model) => (["tcp", "pty"] as const).map((transport) => ({ model, transport }))),
)("$model.model by $transport", ({ model, transport }) => {
	let bench: Bench;
	const outcomes: (readonly [mark: string, state: State])[] = [];
	beforeAll(async () => {
		bench = await openBench(model, transport);
	});
	afterAll(() => bench.mock.close());

	test.each(casesFor(model, transport))("$name, $moment: $state", async ({ moment, trouble, state }) => {
		const mark = nextMark();
		const { verdict, atVerdict, inTheEnd } = await befalling(bench, mark, moment, trouble);
		outcomes.push([mark, verdict.state]);
		expect(verdict).toMatchObject({ state });
		if (state === "printed") {
			expect(atVerdict).toEqual([1, 1, 1]);
			expect(inTheEnd).toEqual([1, 1, 1]);
		} else if (state === "not-printed") expect(inTheEnd).toEqual([0, 0, 0]);
		else expect(Math.max(...inTheEnd)).toBeLessThanOrEqual(1);
	});

	test("garbage in the answers makes no verdict that the paper belies", async () => {
		for (const moment of momentsOf(bench.driver)) {
			for (let seed = 1; seed <= 3; seed += 1) {
				const mark = nextMark();
				const garble = (mock: MockPrinter) => mock.garble({ seed, noise: 0.3, flow: 0.1 });
				const outcome = await befalling(bench, mark, moment, { befall: garble, time: "garbles" });
				const { state } = outcome.verdict;
				outcomes.push([mark, state]);
				if (state === "printed") expect(outcome.inTheEnd).toEqual([1, 1, 1]);
				if (state === "not-printed") expect(outcome.inTheEnd).toEqual([0, 0, 0]);
			}
		}
	});

	test("when all is over nothing has come out twice", () => {
		for (const [mark, state] of outcomes) {
			const times = ["A", "M", "Z"].map((letter) => bench.mock.timesOnPaper(`${mark}${letter}`));
			expect(Math.max(...times)).toBeLessThanOrEqual(state === "not-printed" ? 0 : 1);
		}
	});
});
