import { generateKeyPairSync } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawing } from "./draw.mjs";
import { git } from "./git.mjs";
import { SEED } from "./tree.mjs";

/** What the planted files' names begin with: a report that tells of them names it. */
export const PLANTED = "planted";

const UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ234567";
const ANY = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Secrets that every scanner knows: a key pair of a cloud and a private key, made up here and now. */
function plant(folder) {
  const draw = drawing(SEED, 7);
  const drawn = (letters, length) => Array.from({ length }, () => draw.pick(letters)).join("");
  const id = ["AK", "IA", drawn(UPPER, 16)].join("");
  const lines = [`aws_access_key_id = "${id}"`, `aws_secret_access_key = "${drawn(ANY, 40)}"`, ""];
  writeFileSync(join(folder, `${PLANTED}.py`), lines.join("\n"));
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  writeFileSync(join(folder, `${PLANTED}.pem`), privateKey);
}

/** For each way of looking, a place where the secrets can be seen in that way. */
export const PLANTED_IN = {
  folder: plant,
  staged(folder) {
    git(folder, ["init", "--quiet", "--initial-branch=main"]);
    git(folder, ["commit", "--quiet", "--allow-empty", "--message=first"]);
    plant(folder);
    git(folder, ["add", "--all"]);
  },
  /** Committed, and taken out by the next commit: only the history has them. */
  history(folder) {
    PLANTED_IN.staged(folder);
    git(folder, ["commit", "--quiet", "--message=second"]);
    for (const kind of ["py", "pem"]) rmSync(join(folder, `${PLANTED}.${kind}`));
    git(folder, ["add", "--all"]);
    git(folder, ["commit", "--quiet", "--message=third"]);
  },
};
