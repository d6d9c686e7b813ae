/** A bar code that sets a scanner when it is read: Code 128 that begins with FNC3, which no goods have. */
type SetupCode = {
	/** What it does, in English and Russian. */
	readonly title: { readonly en: string; readonly ru: string };
	/** What follows FNC3; printable ASCII and CR. */
	readonly data: string;
	/** Whether a public source has it; others are said to be unverified wherever they are shown. */
	readonly verified: boolean;
};

/** The bar codes of one family, in the order in which they are read. */
export type SetupSheet = {
	readonly title: string;
	/** Drivers that such a scanner may be used with afterwards. */
	readonly drivers: readonly string[];
	readonly source: string;
	readonly codes: readonly SetupCode[];
};

/**
 * Families whose setup codes are made of text that a public source tells. The others' manuals show theirs as pictures
 * only: they are to be read from there.
 *
 * Datalogic: `FNC3 $ command {, command} CR`, as https://github.com/anders/td1100 prints it for the Touch TD1100; P
 * begins and ends the programming. HA47 (USB-COM) stands in no source that could be looked at.
 */
export const setupSheets: Readonly<Record<string, SetupSheet>> = Object.freeze({
	"datalogic-touch": Object.freeze({
		title: "Datalogic Touch TD1100",
		drivers: Object.freeze(["datalogic-serial-eu", "keyboard-wedge", "keyboard-wedge-ru"]),
		source: "https://github.com/anders/td1100",
		codes: Object.freeze([
			Object.freeze({
				title: Object.freeze({ en: "Factory settings, Europe", ru: "Заводские настройки, Европа" }),
				data: "$P,Ae,P\r",
				verified: true,
			}),
			Object.freeze({
				title: Object.freeze({ en: "USB COM port", ru: "Порт USB-COM" }),
				data: "$P,HA47,P\r",
				verified: false,
			}),
			Object.freeze({
				title: Object.freeze({ en: "USB keyboard", ru: "Клавиатура USB" }),
				data: "$P,HA35,P\r",
				verified: true,
			}),
		]),
	}),
});
