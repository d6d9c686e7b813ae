import type { Log } from "../../model/log.ts";
import { type Decoder, type DecoderSettings, openDecoder } from "./decoder.ts";

/** A decoder whose thread begins with the first picture: few tills have a scanner that sends any. */
export function decoderWhenNeeded(settings: DecoderSettings, log?: Log): Decoder {
	let opened: Decoder | undefined;
	return {
		decode: (picture, signal) => {
			opened ??= openDecoder(settings, log);
			return opened.decode(picture, signal);
		},
		close: async () => opened?.close(),
	};
}
