import { resolve } from "node:path";
import { createSecureContext } from "node:tls";
import { FaultError } from "../model/fault.ts";
import { Secret } from "../model/secret.ts";
import { readSmallFile } from "./file.ts";
import { readPrivateFile } from "./secrets.ts";

const mostCertificateBytes = 1_048_576;

/** What a TLS server shows of itself and proves it with, both PEM. */
export type Identity = { readonly cert: string; readonly key: Secret };

/**
 * Reads a server's certificate (with those between it and its authority) and its key.
 * @throws {FaultError} `config-invalid` when one is missing, the key is readable by others, or they do not fit.
 */
export function readIdentity(files: { certFile: string; keyFile: string }, folder: string): Identity {
	const cert = readSmallFile(resolve(folder, files.certFile), mostCertificateBytes).text;
	const key = readPrivateFile(resolve(folder, files.keyFile));
	try {
		createSecureContext({ cert, key });
	} catch (error) {
		// Its code only: the text of an error about a key is nobody's to read.
		const { code } = error as NodeJS.ErrnoException;
		const detail = `${files.certFile} and ${files.keyFile} are not a certificate and its key in PEM form`;
		throw new FaultError("config-invalid", `${detail} (${code})`);
	}
	return { cert, key: new Secret(key) };
}
