import { generate } from "selfsigned";

/** A server's key and certificate, and the authority that vouches for it; all PEM. */
export type Certificate = { readonly key: string; readonly cert: string; readonly caPem: string };

const elliptic = { keyType: "ec", curve: "P-256", algorithm: "sha256" } as const;

/**
 * Makes an authority and lets it sign a certificate.
 * @param hostName a name to be valid for instead of this machine's own.
 */
export async function makeCertificate(hostName?: string): Promise<Certificate> {
	const authority = await generate([{ name: "commonName", value: "Mock Pay API authority" }], {
		...elliptic,
		extensions: [
			{ name: "basicConstraints", cA: true, critical: true },
			{ name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
		],
	});
	const names =
		hostName === undefined
			? [
					{ type: 2, value: "localhost" } as const,
					{ type: 7, ip: "127.0.0.1" } as const,
					{ type: 7, ip: "::1" } as const,
				]
			: [{ type: 2, value: hostName } as const];
	const server = await generate([{ name: "commonName", value: hostName ?? "localhost" }], {
		...elliptic,
		ca: { key: authority.private, cert: authority.cert },
		extensions: [
			{ name: "basicConstraints", cA: false },
			{ name: "keyUsage", digitalSignature: true },
			{ name: "extKeyUsage", serverAuth: true },
			{ name: "subjectAltName", altNames: names },
		],
	});
	return { key: server.private, cert: server.cert, caPem: authority.cert };
}
