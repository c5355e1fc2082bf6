/** withhold: excluded in .aura/live.toml, so it never reaches the wire. */
export function client(): string {
  return "AKIAIOSFODNN7EXAMPLE";
}
