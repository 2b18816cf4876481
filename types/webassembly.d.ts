/** The part of WebAssembly's JavaScript interface that is used; TypeScript has it only together with the whole DOM. */
declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    readonly exports: Record<string, unknown>;
    constructor(module: Module, imports: object);
  }
  function validate(bytes: Uint8Array): boolean;
}
