import type { Picture, Read } from "../../model/read.ts";
import type { ScansSettings } from "../../model/settings/devices.ts";
import type { RefusedWhy } from "./refused.ts";

/** What a decoding thread is begun with. */
export type WorkerOptions = Pick<ScansSettings["pictures"], "engine" | "mostPixels" | "mostSymbols">;

export type Job = Picture;

export type Answer =
	| { readonly reads: readonly Read[] }
	| { readonly why: RefusedWhy; readonly detail: string };
