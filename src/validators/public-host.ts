/** In characters: longer hosts say nothing to people. */
const LONGEST = 40;

/**
 * The host of the `https:` URL or bare host name `place`, where it is short and reads like a public one: names of
 * letters and few digits under a domain. Null where it does not, so that no random part of a secret is told.
 */
export function publicHost(place: string): string | null {
  const [, host = ""] = /^(?:https?:\/\/)?([a-z0-9.-]{4,80})(?:[:/?#]|$)/i.exec(place) ?? [];
  if (host.length > LONGEST || !/^(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,24}$/i.test(host)) return null;
  return /\d[^.]*\d[^.]*\d|[a-z]{17}/i.test(host) ? null : host.toLowerCase();
}
