import { fact } from "../fact.ts";

await fact("it boots", async () => "yes");
