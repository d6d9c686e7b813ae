import { z } from "zod";

export const configGetParams = z.strictObject({});
export const deviceListParams = z.strictObject({});
