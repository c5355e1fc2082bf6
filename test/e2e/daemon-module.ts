/** A module of examples/daemon-preflight/, which is plain JavaScript without types. */
export async function daemonModule(path: string) {
  return await import(new URL(`../../examples/daemon-preflight/${path}`, import.meta.url).href);
}
