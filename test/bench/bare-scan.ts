/**
 * The least program that does what the road from scanner to event must do, without kassad: bytes from a serial
 * port, cut at CR, one JSON line to a Unix socket. `node bare-scan.ts SOCKET PORT`
 */
import { createServer } from "node:net";
import { SerialPort } from "serialport";

const [socketPath, portPath] = process.argv.slice(2) as [string, string];
const cr = 0x0d;

const port = new SerialPort({ path: portPath, baudRate: 9_600 });

createServer((socket) => {
	let rest = Buffer.alloc(0);
	port.on("data", (piece: Buffer) => {
		rest = Buffer.concat([rest, piece]);
		const end = rest.indexOf(cr);
		if (end < 0) return;
		socket.write(`${JSON.stringify({ scan: rest.subarray(0, end).toString("latin1") })}\n`);
		rest = rest.subarray(end + 1);
	});
}).listen(socketPath, () => process.stdout.write("ready\n"));
