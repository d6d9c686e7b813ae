/**
 * A value that must not be seen: a password, a key, a cardSession, a full card number.
 * However it is printed, logged or serialised, it shows `[hidden]`; only `reveal()` gives it away.
 */
export class Secret<T = string> {
	readonly #value: T;

	constructor(value: T) {
		this.#value = value;
	}

	/** The value itself; call it only where the value leaves for the place it is meant for. */
	reveal(): T {
		return this.#value;
	}

	toString(): string {
		return "[hidden]";
	}

	toJSON(): string {
		return "[hidden]";
	}

	[Symbol.for("nodejs.util.inspect.custom")](): string {
		return "[hidden]";
	}
}

/**
 * A card number with its middle hidden: the first two and the last four characters stay.
 * A number of fewer than ten characters keeps only its last two.
 */
export function masked(cardNumber: Secret): string {
	const number = cardNumber.reveal();
	const [head, tail] = number.length < 10 ? [0, 2] : [2, 4];
	return `${number.slice(0, head)}${"*".repeat(Math.max(0, number.length - head - tail))}${number.slice(-tail)}`;
}

const secretNames: ReadonlySet<string> = new Set([
	...["password", "token", "authorization"],
	...["cardsession", "cardnumber", "loyaltyid", "fullbarcode", "pan"],
]);

/** Whether what bears this name is a secret, however the name is spelled: `cardSession`, `card_session`. */
export function isSecretName(name: string): boolean {
	return secretNames.has(name.toLowerCase().replace(/[_-]/g, ""));
}
