import { decodeBase64 } from "./base64.js";
import { byChecksum, type Check, unknown } from "./check.js";
import { marvin32 } from "./marvin32.js";

/**
 * Azure's keys that tell what they are. Both kinds are base64, carry the four characters of their service near the end,
 * and end in Marvin32 of the bytes before, the lowest byte first:
 *
 *     identifiable:  …SSSSCCCCCC==   32 or 64 bytes and more, or 39 without padding
 *     annotated:     …(52)JQQJ99…SSSSCCCC   84 characters, of the checksum only the first three bytes
 *
 * Where the seed of a service is not published, or the checksum does not hold, which a seed that is not published may
 * explain, nothing is told.
 * https://github.com/microsoft/security-utilities/blob/main/src/Microsoft.Security.Utilities.Core/IdentifiableSecrets.cs
 */
export function checkAzureKey(secret: string): Check {
  const bytes = decodeBase64(secret);
  if (bytes === null) return unknown();
  if (/^[0-9A-Za-z]{52}JQQJ99[0-9A-Za-z]{26}(?:[0-9A-Za-z]{2}==)?$/.test(secret))
    return checkAnnotated(bytes);
  const digits = secret.replace(/=+$/, "");
  const seeds = SEEDS[digits.slice(-10, -6)];
  if (seeds === undefined || bytes.length < 24) return unknown();
  const summed = bytes.subarray(0, -4);
  const checksum = bytes.readUInt32LE(bytes.length - 4);
  return seeds.some((seed) => marvin32(summed, seedOf(seed)) === checksum) ? byChecksum(true) : unknown();
}

const ANNOTATED_SEED = "Default0";

/** 60 bytes are summed, in the long form too. */
function checkAnnotated(bytes: Buffer): Check {
  const checksum = marvin32(bytes.subarray(0, 60), seedOf(ANNOTATED_SEED)) & 0xffffff;
  return byChecksum(checksum === bytes.readUIntLE(60, 3));
}

/** A seed is published as a name of eight letters: its bytes are the number. */
const seedOf = (name: string): bigint => Buffer.from(name, "latin1").readBigUInt64BE(0);

const MESSAGING = ["System00", "Unknown0", "Send0000", "Manage00", "Listen00"];

/** By the characters of the service. */
const SEEDS: Readonly<Record<string, readonly string[]>> = {
  "+ASt": ["Default0"],
  "+ASb": MESSAGING,
  "+AEh": MESSAGING,
  "+ARm": MESSAGING,
  "+ABa": ["AbAcct00"],
  "+ACR": ["ACRDflt0"],
  "+AMC": ["Classic0"],
  "+SQL": ["UsrPwd00"],
  AzFu: ["Master00", "System00", "Functi00"],
  ACDb: ["SysAll00", "Resour00", "MastRO00", "SystRO00", "Encryp00", "MastRW00", "SystRW00"],
  AzCa: ["Access00"],
  AzSe: ["Query000", "PAdmin00"],
  AIoT: ["IoTHub00", "DpsKey00", "Device00"],
  APIM: ["Tenant00", "IoTHub00", "Gatewy00", "GitKey00"],
};
