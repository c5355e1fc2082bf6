/** A module of bench/, which is plain JavaScript without types. */
export async function benchModule(path: string) {
  return await import(new URL(`../../bench/${path}`, import.meta.url).href);
}
