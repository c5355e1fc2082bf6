/** What Node's types leave to the browser's. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports: object);
    readonly exports: Readonly<Record<string, unknown>>;
  }
  type Memory = { readonly buffer: ArrayBuffer; readonly grow: (pages: number) => number };
  type Global = { readonly value: number };
}
