import type { PayApiSettings } from "../../src/model/settings/pay-api.ts";

/** Settings as a shop has them. */
export const shopSettings: PayApiSettings = {
	environment: "test",
	baseUrl: { test: "https://localhost/partner", production: "https://example.invalid" },
	login: "partner",
	password: { env: "UNUSED" },
	caFile: null,
	connections: 2,
	warm: { path: "/", everyMs: 30_000 },
	deadlines: { connectMs: 3_000, startMs: 4_000, answerMs: 8_000 },
	retry: {
		attempts: 3,
		firstWaitMs: 500,
		factor: 2,
		mostWaitMs: 5_000,
		laterEveryMs: 10_000,
		jitter: 0,
		mostRetryAfterMs: 60_000,
	},
	calls: { providers: {}, checkout: {}, status: {}, cancel: {}, refund: {}, receipt: {} },
	poll: { firstMs: 300, everyMs: 500, giveUpMs: 30_000 },
	providers: { giveUpMs: 5_000 },
	receipt: { giveUpMs: 86_400_000 },
	mostAnswerBytes: 65_536,
	enums: {
		paymentTypes: ["SBP", "DOLYAME"],
		measures: ["PIECE"],
		taxes: ["none"],
		currencies: ["RUB"],
		statuses: {
			pending: ["new", "pending", "none"],
			accepted: ["accepted"],
			rejected: ["rejected"],
			cancelled: ["canceled"],
			refunded: ["refunding", "refunded", "partial_refunded"],
		},
		refStatuses: { pending: ["new"], accepted: ["accepted"], rejected: ["rejected"] },
	},
	paymentPurpose: null,
};
