/**
 * The report descriptor of a boot keyboard (HID 1.11, appendix E.6), as a scanner in keyboard mode shows it: reports
 * of eight bytes to the host, one byte of lamps from it. With `reportId` every report has that byte in front.
 */
export function wedgeDescriptor(reportId?: 1): Uint8Array {
	const items = [
		[0x05, 0x01], // usage page: generic desktop
		[0x09, 0x06], // usage: keyboard
		[0xa1, 0x01], // collection: application
		reportId === undefined ? [] : [0x85, reportId], // report id
		[0x05, 0x07], // usage page: keyboard
		[0x19, 0xe0], // usage minimum: left Ctrl
		[0x29, 0xe7], // usage maximum: right GUI
		[0x15, 0x00], // logical minimum: 0
		[0x25, 0x01], // logical maximum: 1
		[0x75, 0x01], // report size: 1 bit
		[0x95, 0x08], // report count: 8
		[0x81, 0x02], // input: data, variable, absolute (the modifiers)
		[0x95, 0x01], // report count: 1
		[0x75, 0x08], // report size: 8 bits
		[0x81, 0x01], // input: constant (the reserved byte)
		[0x95, 0x05], // report count: 5
		[0x75, 0x01], // report size: 1 bit
		[0x05, 0x08], // usage page: LEDs
		[0x19, 0x01], // usage minimum: Num Lock
		[0x29, 0x05], // usage maximum: Kana
		[0x91, 0x02], // output: data, variable, absolute (the lamps)
		[0x95, 0x01], // report count: 1
		[0x75, 0x03], // report size: 3 bits
		[0x91, 0x01], // output: constant (fills the byte)
		[0x95, 0x06], // report count: 6
		[0x75, 0x08], // report size: 8 bits
		[0x15, 0x00], // logical minimum: 0
		[0x26, 0xff, 0x00], // logical maximum: 255
		[0x05, 0x07], // usage page: keyboard
		[0x19, 0x00], // usage minimum: none
		[0x2a, 0xff, 0x00], // usage maximum: 255
		[0x81, 0x00], // input: data, array, absolute (the keys that are down)
		[0xc0], // end of the collection
	];
	return Uint8Array.from(items.flat());
}
