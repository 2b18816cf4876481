import type { Control } from './control.ts';

/** The control of a path, or of the nearest key above it: of `alpha[3]` that of `alpha`. */
export function blamed<One extends { control: Pick<Control, 'paths'> }>(
  all: readonly One[],
  path: string | undefined,
): One | undefined {
  for (let key = path ?? ''; key !== ''; key = above(key)) {
    const found = all.find(({ control }) => control.paths?.includes(key));
    if (found) return found;
  }
  return undefined;
}

const above = (key: string): string => key.slice(0, Math.max(0, key.search(/[.[][^.[]*$/)));
