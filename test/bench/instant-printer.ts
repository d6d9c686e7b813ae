/** A printer that does no more than a real one must: it answers how it is, and that all is on paper, at once. */
export type InstantPrinter = {
	/** Takes bytes, and returns what it answers. */
	take(bytes: Uint8Array): Uint8Array;
	/** Resolves with the moment (`performance.now`) in which so many bytes more have come. */
	after(bytes: number): Promise<number>;
};

const confirmation = Buffer.from("1d284806003030", "hex");
const statusQuestion = Buffer.of(0x10, 0x04);

export function instantPrinter(): InstantPrinter {
	let missing = Number.POSITIVE_INFINITY;
	let told: (at: number) => void = () => undefined;
	const take = (bytes: Uint8Array) => {
		missing -= bytes.length;
		if (missing <= 0) {
			missing = Number.POSITIVE_INFINITY;
			told(performance.now());
		}
		return answersTo(Buffer.from(bytes));
	};
	const after = (bytes: number) => {
		missing = bytes;
		return new Promise<number>((resolve) => {
			told = resolve;
		});
	};
	return { take, after };
}

/** Questions come in one piece here: they are short, and each is written at once. */
function answersTo(bytes: Buffer): Uint8Array {
	const answers: number[] = [];
	for (let at = bytes.indexOf(statusQuestion); at >= 0; at = bytes.indexOf(statusQuestion, at + 1))
		answers.push(0x12);
	const proof = bytes.lastIndexOf(confirmation);
	if (proof >= 0) answers.push(0x37, 0x22, ...bytes.subarray(proof + 7, proof + 11), 0);
	return Uint8Array.from(answers);
}
