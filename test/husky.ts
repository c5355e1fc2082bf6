import { fileURLToPath } from "node:url";

/** The real husky's program, as `npx husky` runs it. */
export const HUSKY = fileURLToPath(new URL("../node_modules/husky/bin.js", import.meta.url));
