type Align = "left" | "centre" | "right";

/**
 * One printable line. Text is already laid out: it fits the printer's columns at its size.
 * `size` multiplies width and height (1 or 2).
 */
export type Line =
	| {
			readonly kind: "text";
			readonly text: string;
			readonly align: Align;
			readonly bold: boolean;
			readonly size: 1 | 2;
	  }
	| { readonly kind: "qr"; readonly data: string }
	| { readonly kind: "feed"; readonly lines: number }
	| { readonly kind: "cut" };

/** A printable thing without a byte of any printer's language in it. */
export type Block = readonly Line[];
