import { createCanvas, type ImageData, loadImage } from "@napi-rs/canvas";

/** A picture as four bytes of each pixel: red, green, blue, opacity. */
export async function coloursOf(png: Buffer): Promise<ImageData> {
	const image = await loadImage(png);
	const { width, height } = image;
	const context = createCanvas(width, height).getContext("2d");
	context.drawImage(image, 0, 0);
	return context.getImageData(0, 0, width, height);
}
