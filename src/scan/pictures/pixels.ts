import type { Picture } from "../../model/read.ts";
import { greyOfBmp } from "./bmp.ts";
import { checkedSize, type Grey, unreadable } from "./grey.ts";
import { openJpeg } from "./jpeg.ts";
import { greyOfPng } from "./png.ts";
import { greyOfTiff } from "./tiff.ts";

/** The grey pixels of a picture. @throws {PictureRefused} when it has too many, or is none. */
export type Pixels = (picture: Picture, mostPixels: number) => Promise<Grey>;

export async function openPixels(): Promise<Pixels> {
	const greyOfJpeg = await openJpeg();
	return async (picture, mostPixels) => {
		switch (picture.form) {
			case "grey":
				return rawGrey(picture, mostPixels);
			case "bmp":
				return greyOfBmp(picture.bytes, mostPixels);
			case "png":
				return greyOfPng(picture.bytes, mostPixels);
			case "tiff":
				return greyOfTiff(picture.bytes, mostPixels);
			case "jpeg":
				return greyOfJpeg(picture.bytes, mostPixels);
			default:
				throw unreadable("the picture's form is unknown");
		}
	};
}

function rawGrey(picture: Extract<Picture, { form: "grey" }>, mostPixels: number): Grey {
	const { bytes, width, height } = picture;
	checkedSize(width, height, mostPixels);
	if (bytes.length !== width * height) throw unreadable("the picture has not the bytes of its dimensions");
	return { pixels: bytes, width, height };
}
