import { type Check, passed, unknown } from "./check.js";

/**
 * Slack's tokens: the kind, then numbers of the workspace and the user or app, then the secret part.
 * https://docs.slack.dev/authentication/tokens
 */
export function checkSlackToken(secret: string): Check {
  return FORMS.some((form) => form.test(secret)) ? passed() : unknown();
}

const FORMS = [
  /^xoxb-\d{9,14}-(?:\d{9,14}-)?[0-9A-Za-z]{24}$/,
  /^xox[apr]-(?:2-)?\d{9,14}-\d{9,14}-\d{9,14}-[0-9a-f]{32,64}$/,
  /^xoxc-\d{9,14}-\d{9,14}-\d{9,14}-[0-9a-f]{64}$/,
  /^xoxe\.xox[bp]-\d-[0-9A-Za-z]{150,180}$/,
  /^xoxe-\d-[0-9A-Za-z]{140,160}$/,
  /^xapp-\d-A[0-9A-Z]{8,12}-\d{9,14}-[0-9a-f]{64}$/,
  /^https:\/\/hooks\.slack\.com\/services\/T[0-9A-Z]{8,12}\/B[0-9A-Z]{8,12}\/[0-9A-Za-z]{24}$/,
];
