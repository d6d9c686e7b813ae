/** What the cashier is told when nothing is wrong. Like faults, each has a sentence in `config/messages.*.yaml`. */
export const notices = [
	"payment-begun",
	"payment-settled",
	"refund-begun",
	"refund-settled",
	"receipt-begun",
	"receipt-settled",
	"print-waits",
	"print-look",
	"printer-needs-paper",
	"printer-paper-low",
	"printer-needs-closing",
	"printer-needs-help",
	"printer-held",
] as const;

export type Notice = (typeof notices)[number];
