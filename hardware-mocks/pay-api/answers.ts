/** An answer before it is on its way; one without JSON has an empty body. */
export type Answer = {
	readonly status: number;
	readonly json?: object;
	readonly headers?: Readonly<Record<string, string>>;
};

export const ok = (json: object): Answer => ({ status: 200, json });
export const refusal = (code: string, details: string): Answer => ({ status: 422, json: { code, details } });
export const unknownTransaction = () => refusal("UNKNOWN_TRANSACTION_ID", "Операция не найдена");
