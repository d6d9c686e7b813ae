/** Sets a stage, says in which folder, and never leaves. */
import { scenarios } from "../../../hardware-mocks/demo/scenarios.ts";
import { setStage } from "../../../hardware-mocks/demo/stage.ts";

const { folder } = await setStage(scenarios.accepted, () => undefined);
process.stdout.write(`${folder}\n`);
