import { say } from "../model/sentence.ts";
import type { StoryWords } from "./story-words.ts";

/** How moments, wall-clock ms, are written. */
export type Times = {
	/** `18:42:05.123` */
	time(at: number): string;
	date(at: number): string;
	/** `UTC+03:00`, as it was then. */
	zone(at: number): string;
};

/** @param timeZone IANA name; the machine's own when left out. */
export function openTimes(words: StoryWords, timeZone: string | undefined): Times {
	const format = new Intl.DateTimeFormat("en-GB", {
		...{ timeZone, hourCycle: "h23", fractionalSecondDigits: 3, timeZoneName: "longOffset" },
		...{ year: "numeric", month: "2-digit", day: "2-digit" },
		...{ hour: "2-digit", minute: "2-digit", second: "2-digit" },
	});
	const parts = (at: number) =>
		Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
	return {
		time: (at) => {
			const { hour, minute, second, fractionalSecond } = parts(at);
			return `${hour}:${minute}:${second}.${fractionalSecond}`;
		},
		date: (at) => say(words.date, parts(at)),
		zone: (at) => (parts(at).timeZoneName ?? "").replace("GMT", "UTC"),
	};
}
