import type { UsbEndpoint, UsbTransfer } from "./usb-library.ts";

/** The transfers of one device that are on their way. */
export type Transfers = {
	/**
	 * Sends the bytes, or fills them with what comes. Resolves with how many it were; rejects with an error of libusb.
	 * @param mostMs after which it is called back, and rejects as cancelled; for ever when left out.
	 */
	run(endpoint: UsbEndpoint, bytes: Buffer, mostMs?: number): Promise<number>;
	/**
	 * Calls back all that are on their way. Resolves when all have ended, at most after two seconds: a device with
	 * transfers on their way cannot be closed.
	 */
	cancel(): Promise<void>;
};

const mostCancelMs = 2_000;

export function openTransfers(): Transfers {
	const underWay = new Map<UsbTransfer, Promise<unknown>>();
	const run = (endpoint: UsbEndpoint, bytes: Buffer, mostMs?: number) => {
		const { promise, resolve, reject } = Promise.withResolvers<number>();
		let timer: NodeJS.Timeout | undefined;
		// libusb's own deadline is left at none: as the package builds it for Linux, it may come a minute late.
		const transfer = endpoint.makeTransfer(0, (error, _, count) => {
			clearTimeout(timer);
			underWay.delete(transfer);
			if (error === undefined) resolve(count);
			else reject(error);
		});
		try {
			transfer.submit(bytes);
			underWay.set(transfer, promise);
			if (mostMs !== undefined) timer = setTimeout(() => callBack(transfer), mostMs);
		} catch (error) {
			reject(error);
		}
		return promise;
	};
	const cancel = async () => {
		const { promise: late, resolve } = Promise.withResolvers<void>();
		const timer = setTimeout(resolve, mostCancelMs);
		const ends = Promise.allSettled(underWay.values());
		for (const transfer of underWay.keys()) callBack(transfer);
		await Promise.race([ends, late]);
		clearTimeout(timer);
	};
	return { run, cancel };
}

function callBack(transfer: UsbTransfer): void {
	try {
		transfer.cancel();
	} catch {
		// Of a device that is gone; its transfers end by themselves.
	}
}
