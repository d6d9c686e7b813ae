import { z } from "zod";
import type { TemplateName } from "../print.ts";
import { text } from "./common.ts";
import { documentHoles } from "./document-holes.ts";
import { templateLines } from "./document-lines.ts";

/** What words of the Pay API and of kassad are called on paper; one without a title is printed as it is. */
const titles = z.record(text(36), text(64), { error: "expected titles as PIECE: шт." });

const words = z.strictObject({
	kinds: titles,
	measures: titles,
	taxes: titles,
	taxations: titles,
	receiptTypes: titles,
});

/** The whole of `config/documents.yaml`: what stands on paper, line by line. Every key is required. */
export const documentsSettings = z.strictObject({
	/** What a second print of the same says in its first and last line. */
	marks: z.strictObject({ copy: text(64), repeat: text(64) }),
	words,
	payment: templateLines(documentHoles.payment),
	refund: templateLines(documentHoles.refund),
	"fiscal-receipt": templateLines(documentHoles["fiscal-receipt"]),
	"shift-report": templateLines(documentHoles["shift-report"]),
	"self-test": templateLines(documentHoles["self-test"]),
	"self-test-result": templateLines(documentHoles["self-test-result"]),
} satisfies Record<TemplateName | "marks" | "words", z.ZodType>);

export type DocumentsSettings = z.infer<typeof documentsSettings>;
export type DocumentWords = DocumentsSettings["words"];
