import { prepare } from "./databases.ts";

/** Playwright calls what comes back when the run is over. */
export default prepare;
