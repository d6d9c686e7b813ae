import { z } from "zod";

/** Of what a script or a trouble may say; all of it may be left out. */
export const flag = z.literal(true).exactOptional();
export const count = z.int().min(0).exactOptional();
export const milliseconds = z.int().min(0).max(86_400_000).exactOptional();
export const word = z.string().max(256).exactOptional();
export const fields = z.record(z.string(), z.unknown()).exactOptional();
