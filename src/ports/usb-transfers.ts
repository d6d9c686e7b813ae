import type { UsbEndpoint, UsbTransfer } from "./usb-library.ts";

/** The transfers of one device that are on their way. */
export type Transfers = {
	/**
	 * Sends the bytes, or fills them with what comes. Resolves with how many it were; rejects with an error of libusb.
	 * @param timeoutMs 0 waits for ever.
	 */
	run(endpoint: UsbEndpoint, bytes: Buffer, timeoutMs?: number): Promise<number>;
	/**
	 * Calls back all that are on their way. Resolves when all have ended, at most after two seconds: a device with
	 * transfers on their way cannot be closed.
	 */
	cancel(): Promise<void>;
};

const mostCancelMs = 2_000;

export function openTransfers(): Transfers {
	const underWay = new Map<UsbTransfer, Promise<unknown>>();
	const run = (endpoint: UsbEndpoint, bytes: Buffer, timeoutMs = 0) => {
		const { promise, resolve, reject } = Promise.withResolvers<number>();
		const transfer = endpoint.makeTransfer(timeoutMs, (error, _, count) => {
			underWay.delete(transfer);
			if (error === undefined) resolve(count);
			else reject(error);
		});
		try {
			transfer.submit(bytes);
			underWay.set(transfer, promise);
		} catch (error) {
			reject(error);
		}
		return promise;
	};
	const cancel = async () => {
		const { promise: late, resolve } = Promise.withResolvers<void>();
		const timer = setTimeout(resolve, mostCancelMs);
		const ends = Promise.allSettled(underWay.values());
		for (const transfer of underWay.keys()) {
			try {
				transfer.cancel();
			} catch {
				// Of a device that is gone; its transfers end by themselves.
			}
		}
		await Promise.race([ends, late]);
		clearTimeout(timer);
	};
	return { run, cancel };
}
