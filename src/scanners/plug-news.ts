/** What is told of what is plugged in, besides what scanners tell of themselves. */
export type PlugNews =
	/** The scanner has another place, or another device has its place: USB sockets, or serial numbers. */
	| {
			readonly type: "moved" | "replaced";
			readonly scanner: string;
			readonly from: string;
			readonly to: string;
	  }
	/** A scanner is plugged in that the settings do not name: its family, and its place as they would name it. */
	| { readonly type: "found"; readonly driver: string; readonly path: string };
