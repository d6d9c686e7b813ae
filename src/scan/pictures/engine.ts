import type { Read } from "../../model/read.ts";
import type { ScansSettings } from "../../model/settings/devices.ts";
import type { Grey } from "./grey.ts";
import { openZxingJs } from "./zxing-js.ts";
import { openZxingWasm } from "./zxing-wasm.ts";

export type EngineName = ScansSettings["pictures"]["engine"];

/** Finds the codes in a picture, `most` at most; none is an empty list. Synchronous, and may take long. */
export type Engine = (grey: Grey, most: number) => readonly Read[];

/** Makes an engine ready. It reads files of its package only, never the network. */
export async function openEngine(name: EngineName): Promise<Engine> {
	return name === "zxing-wasm" ? openZxingWasm() : openZxingJs();
}
