type BuiltIn = typeof process.getBuiltinModule;

/**
 * A module of Node, for code that pages load too and that must answer at once; undefined in a page. An import would
 * keep a page from loading.
 */
export const builtin: BuiltIn = ((name: string) => globalThis.process?.getBuiltinModule?.(name)) as BuiltIn;
