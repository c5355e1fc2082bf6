import { type Check, failed, impossible, passed, unknown } from "./check.js";

/**
 * A URL that logs in, `scheme://user:password@host…` (RFC 3986 section 3.2.1), of one host or several; the password may
 * hold an unescaped `@`, as people write it.
 */
export function checkConnectionUrl(secret: string): Check {
  const [, rest] = /^(?:jdbc:)?[a-z][a-z0-9+.-]{1,40}:\/\/(\S+)$/i.exec(secret.trim()) ?? [];
  const at = rest === undefined ? -1 : endOfUserinfo(rest);
  if (rest === undefined || at < 0) return unknown();
  const userinfo = rest.slice(0, at);
  const host = /^[^/?#]*/.exec(rest.slice(at + 1))?.[0] ?? "";
  const colon = userinfo.indexOf(":");
  if (colon < 0 || colon === userinfo.length - 1) return impossible("no password in it");
  const user = userinfo.slice(0, colon);
  const password = decoded(userinfo.slice(colon + 1));
  if (HOLE.test(password)) return impossible("password comes from elsewhere");
  if (PLACEHOLDER.test(password)) return failed("placeholder for a password");
  if (EXAMPLE_HOST.test(host)) return unknown("host of examples");
  if (LOCAL_HOST.test(host) || password === user) return unknown();
  return passed();
}

/** Where the `@` before the host stands: the last before the path, else the last of all, after a password with slashes. */
function endOfUserinfo(rest: string): number {
  const path = rest.search(/[/?#]/);
  const authority = path < 0 ? rest : rest.slice(0, path);
  return authority.includes("@") || !authority.includes(":")
    ? authority.lastIndexOf("@")
    : rest.lastIndexOf("@");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A variable, a template's hole, a mask. */
const HOLE =
  /^(?:\$\{.*\}|\$\(.*\)|\$[A-Za-z_]\w*|\{.*\}|<.*>|\[.*\]|%[A-Za-z_]\w*%|%\(\w+\)s|%[sdv@]|@\w+@|#\{.*\}|\*{2,}|x{3,}|\.{2,}|…|•+)$/i;

/** What documentation writes there. */
const PLACEHOLDER =
  /^(?:(?:your|my|the|db|user|some|example|sample|test|dummy|fake)?[-_ ]?(?:secret|passw(?:or)?d|pass|pwd|pw)[-_ ]?(?:here|123|1234|goes[-_ ]here)?|change[-_ ]?(?:me|it|this)|replace[-_ ]?(?:me|this)|(?:foo|bar|baz)+|placeholder|redacted|secret|example|todo|token|key)$/i;

/** RFC 2606 and what stands for a host. */
const EXAMPLE_HOST =
  /^(?:[\w.-]+\.)?(?:example(?:\.(?:com|org|net))?|test|invalid|(?:your|my)[-_]?(?:host|server|domain|db)[\w.-]*|host(?:name)?|server(?:name)?)(?::\S*)?$/i;

const LOCAL_HOST = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|0\.0\.0\.0|\[::1\])(?::\d+)?$/i;
