import { parseRules } from "../../src/rules/load.js";
import { createEngine, type Engine } from "../../src/scan/engine.js";
import { parseSettings } from "../../src/settings/parse.js";

/** A handful of rules, so that tests of the engine do not hang on what the default rules are today. */
const RULES = `
[[rule]]
id = "aws-key-id"
title = "AWS access key id"
kind = "provider"
severity = "high"
confidence = "high"
keywords = ["akia", "asia"]
pattern = '''\\b(?:AKIA|ASIA)[A-Z2-7]{16}\\b'''
prefixes = ["AKIA", "ASIA"]
documented = ["AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE"]
rotate = "Delete the key in the IAM console."
examples = ["{{[A-Z2-7]*16}}"]
counterexamples = ["x"]

[[rule]]
id = "live-key"
title = "Live payment key"
kind = "provider"
severity = "critical"
confidence = "high"
keywords = ["sk_live_"]
pattern = '''\\bsk_live_[0-9A-Za-z]{24}\\b'''
prefixes = ["sk_live_"]
examples = ["x"]
counterexamples = ["x"]

[[rule]]
id = "generic-assignment"
title = "Secret in an assignment"
kind = "generic"
severity = "medium"
confidence = "medium"
keywords = ["token", "secret"]
pattern = '''(?i:token|secret)["' ]{0,3}[:=]["' ]{0,3}(?P<secret>[0-9A-Za-z_]{8,64})'''
entropy = 3.0
examples = ["x"]
counterexamples = ["x"]

[[rule]]
id = "private-key"
title = "Private key"
kind = "structure"
severity = "critical"
confidence = "high"
keywords = ["-----begin"]
pattern = '''-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[\\sA-Za-z0-9+/=]{64,8192}-----END [A-Z ]{0,20}PRIVATE KEY-----'''
prefixes = ["-----BEGIN"]
examples = ["x"]
counterexamples = ["x"]
`;

/** An engine with those rules and the settings in `toml` (default: none). */
export async function smallEngine(toml = ""): Promise<Engine> {
  const rules = await parseRules(RULES, "rules.toml");
  const settings = await parseSettings(toml, ".aura/live.toml");
  return createEngine(settings, {
    rules,
    files: [{ file: "rules.toml", rules: rules.length }],
    disabled: [],
  });
}
