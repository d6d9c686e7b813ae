import { filter, firstValueFrom, fromEvent, map, takeUntil } from "rxjs";
import type { SymbolKind } from "../model/block.ts";
import type { PosEvent } from "../model/event.ts";
import type { CheckVerdict } from "../model/self-test.ts";
import { type Check, type CheckDesk, green, red, remark, skipped } from "./check.ts";
import type { Loop } from "./loop.ts";
import { sheetSymbols } from "./sheet.ts";

/** After the technician's time the engine waits so long, ms, so that the check tells more than that it was too late. */
const graceMs = 2_000;

/** A scanner reads each symbology of a printer's sheet. */
export function readChecks(scanner: string, printer: string, loop: Loop): readonly Check[] {
	return sheetSymbols.map((symbol) => ({
		...{ name: nameOf(scanner, printer, symbol), kind: "interactive" },
		title: remark("read", { scanner, symbol, device: printer }),
		needs: [`sheet:${printer}`, `scanner:${scanner}`],
		mostMs: loop.stepMs + graceMs,
		run: (desk) => readVerdict({ scanner, printer, symbol }, loop, desk),
	}));
}

const nameOf = (scanner: string, printer: string, symbol: SymbolKind) =>
	`read:${scanner}:${printer}:${symbol}`;

type Wanted = { readonly scanner: string; readonly printer: string; readonly symbol: SymbolKind };

async function readVerdict(wanted: Wanted, loop: Loop, desk: CheckDesk): Promise<CheckVerdict> {
	const { scanner, printer, symbol } = wanted;
	const carried = loop.carries(printer, symbol);
	if (carried === "nothing") return skipped("too-narrow", { symbol });
	const seconds = Math.round(loop.stepMs / 1_000);
	const begunAt = loop.clock.now();
	const end = new AbortController();
	const signal = AbortSignal.any([desk.signal, end.signal]);
	void loop.clock.sleep(loop.stepMs, signal).then(
		() => end.abort("too late"),
		() => undefined,
	);
	let other = "";
	// Subscribed before the technician is told: nobody is quicker than that.
	const read = firstValueFrom(
		loop.ear.live$.pipe(
			filter(({ type, body }) => type === "scan" && body.scanner === scanner),
			map((event) => ({ event, seen: seenIn(event, symbol, carried, loop) })),
			filter(({ event, seen }) => {
				if (seen === "it") return true;
				other = String(event.body.symbology ?? other);
				const prompt = seen === "kept-out" ? "kept-out" : "other-code";
				desk.tell(remark(prompt, { scanner, symbol, other: other || "?" }));
				return false;
			}),
			takeUntil(fromEvent(signal, "abort")),
		),
		{ defaultValue: undefined },
	);
	desk.tell(remark("scan", { scanner, symbol, seconds }));
	const found = await read.finally(() => end.abort("it is over"));
	if (found === undefined) {
		const facts = { scanner, symbol, seconds, other };
		return red(other === "" ? "code-not-read" : "code-misread", facts);
	}
	note(found.event, loop);
	return green("read", { scanner, symbol, seconds: ((loop.clock.now() - begunAt) / 1_000).toFixed(1) });
}

/** Whether a scan is the code that was asked for. A scanner that tells no symbology is believed. */
function seenIn({ body }: PosEvent, symbol: SymbolKind, carried: "card" | "sample", loop: Loop) {
	if (body.kind === "kept-out") return "kept-out";
	const isOfKind = body.symbology === symbol || body.symbology === "unknown";
	const isCard = body.card === loop.maskedNumber;
	const isSample = body.kind === "foreign";
	return isOfKind && (carried === "card" ? isCard : isSample) ? "it" : "other";
}

function note({ body }: PosEvent, { reads, clock }: Loop): void {
	if (body.canPay === true) {
		reads.payable = String(body.scanId);
		reads.good += 1;
	} else if (body.kind === "payable") {
		reads.refused.push({ fault: String(body.fault), at: clock.now() });
	}
}

/** Whether the passwords on the sheet are good: one is enough, since a slow technician outlives them. */
export function passwordCheck(printer: string, loop: Loop): Check {
	return {
		...{ name: "password", kind: "interactive", title: remark("password"), mostMs: graceMs },
		needs: [`sheet:${printer}`],
		run: async () => passwordVerdict(printer, loop),
	};
}

function passwordVerdict(printer: string, { reads, carries, passwordsUntil }: Loop): CheckVerdict {
	if (sheetSymbols.every((symbol) => carries(printer, symbol) !== "card")) return skipped("no-live-card");
	if (reads.good > 0) return green("password-good", { count: reads.good });
	const last = reads.refused.at(-1);
	if (last === undefined) return skipped("nothing-read");
	if (last.fault === "clock-off") return red("clock-refuses", { fault: last.fault });
	if (last.fault === "password-unchecked") return red("password-unchecked", { fault: last.fault });
	const isLate = reads.refused.every(({ at }) => at > passwordsUntil());
	return red(isLate ? "password-late" : "password-wrong", { fault: last.fault });
}
