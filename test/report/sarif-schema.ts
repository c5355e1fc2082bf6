import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";

// The OASIS schema as Microsoft ships it, unchanged, in npm's @microsoft/sarif-multitool-linux 5.7.0 (MIT).
const SCHEMA = JSON.parse(
  readFileSync(new URL("../fixtures/sarif-schema-2.1.0.json", import.meta.url), "utf8"),
);
const validate = new Ajv2020({ strict: false, validateFormats: false, allErrors: true }).compile(SCHEMA);

/** What of a log the published schema of SARIF 2.1.0 does not allow; null: nothing. */
export function schemaFaults(log: unknown): unknown {
  validate(log);
  return validate.errors ?? null;
}

/** Every text in a log, at any depth. */
export function stringsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

type Place = {
  physicalLocation: {
    artifactLocation: { uri: string; uriBaseId: string };
    region?: { startLine: number; startColumn: number; endLine: number; endColumn: number };
  };
};

/** What GitHub's upload refuses, or takes and then shows wrongly, though the schema allows it; a sentence for each. */
export function uploadFaults(log: {
  runs: {
    tool: {
      driver: { rules: { id: string; properties: { tags: string[]; "security-severity": unknown } }[] };
    };
    originalUriBaseIds: object;
    results: { ruleId: string; ruleIndex: number; locations: Place[]; relatedLocations?: Place[] }[];
  }[];
}): readonly string[] {
  const faults: string[] = [];
  if (log.runs.length !== 1) faults.push("not one run");
  for (const { tool, results, originalUriBaseIds } of log.runs) {
    const { rules } = tool.driver;
    if (new Set(rules.map(({ id }) => id)).size < rules.length) faults.push("a rule twice");
    for (const { id, properties } of rules) {
      if (typeof properties["security-severity"] !== "string") faults.push(`${id}: severity is no string`);
      if (properties.tags.length > 20) faults.push(`${id}: more than 20 tags`);
    }
    for (const { ruleId, ruleIndex, locations, relatedLocations = [] } of results) {
      if (rules[ruleIndex]?.id !== ruleId) faults.push(`${ruleId}: is not the rule ${ruleIndex}`);
      if (locations.length !== 1) faults.push(`${ruleId}: not one location`);
      for (const { physicalLocation } of [...locations, ...relatedLocations]) {
        const { artifactLocation, region } = physicalLocation;
        if (!(artifactLocation.uriBaseId in originalUriBaseIds)) faults.push(`${ruleId}: unknown base`);
        if (/^\/|^[a-z]+:|\\/i.test(artifactLocation.uri)) faults.push(`${ruleId}: no relative address`);
        if (region === undefined || region.startLine < 1 || region.startColumn < 1)
          faults.push(`${ruleId}: no region`);
        else if (region.endLine === region.startLine && region.endColumn < region.startColumn)
          faults.push(`${ruleId}: ends before it begins`);
      }
    }
  }
  if (stringsOf(log).includes("")) faults.push("an empty text");
  return faults;
}
