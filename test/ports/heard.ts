import { filter, firstValueFrom, scan } from "rxjs";
import type { Port } from "../../src/model/device.ts";

/** All bytes in one, as soon as there are `length` of them. */
export const heard = (port: Port, length: number) =>
	firstValueFrom(
		port.bytes$.pipe(
			scan((all, bytes) => Buffer.concat([all, bytes]), Buffer.alloc(0)),
			filter((all) => all.length >= length),
		),
	);
