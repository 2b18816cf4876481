/**
 * JSON.stringify in pieces, for what is too large for one string (V8's end at 512 MiB): lists of lists and objects
 * are opened down to `depth`, and each part is looked at only when its turn comes, getters too.
 */
export function* jsonPieces(value: unknown, depth: number): Generator<string> {
  if (depth === 0 || typeof value !== 'object' || value === null) {
    yield JSON.stringify(value) ?? 'null';
  } else if (!Array.isArray(value)) {
    const parts = value as Record<string, unknown>;
    let before = '{';
    for (const key of Object.keys(parts)) {
      const part = parts[key];
      if (part === undefined) continue;
      yield `${before}${JSON.stringify(key)}:`;
      yield* jsonPieces(part, depth - 1);
      before = ',';
    }
    yield before === '{' ? '{}' : '}';
  } else if (typeof value[0] !== 'object') {
    yield JSON.stringify(value);
  } else {
    let before = '[';
    for (const part of value) {
      yield before;
      yield* jsonPieces(part, depth - 1);
      before = ',';
    }
    yield ']';
  }
}
