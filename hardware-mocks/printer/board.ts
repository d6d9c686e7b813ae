/** A way by which bytes come to the printer, and its answers go back. */
export type Board = {
	/** Answers go back by the board over which bytes came last. */
	reply(bytes: Uint8Array): void;
	/** There may be room in the printer's buffer. */
	readOn(): void;
	/** Stops taking bytes from the line, or takes on. */
	read(isReading: boolean): void;
	/** After so many more bytes have been taken `reached` is called. */
	after(bytes: number, reached: () => void): void;
	/** Ends the connection that is served, as a host sees a printer that is reset. */
	reset(): Promise<void>;
	/** The printer is without power: no connection, no new one. */
	powerOff(): Promise<void>;
	powerOn(): Promise<void>;
	close(): Promise<void>;
};
