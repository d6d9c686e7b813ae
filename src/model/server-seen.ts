/** What a look at the server has seen. Nothing in it told the server who looks. */
export type ServerSeen = {
	/** Why there was no answer; "" when there was. */
	readonly trouble: string;
	readonly certificate?: {
		/** Who has signed it, and who vouches for that in the end. */
		readonly issuer: string;
		readonly root: string;
		/** Wall-clock ms. */
		readonly from: number;
		readonly until: number;
		/** Why it is not trusted, in OpenSSL's or Node.js' words; "" when it is. */
		readonly distrust: string;
	};
	readonly answer?: {
		readonly status: number;
		/** The header Date, wall-clock ms; NaN when there is none. */
		readonly date: number;
		readonly sentAt: number;
		readonly receivedAt: number;
	};
};
