/** A change that breaks the code, such as a programmer might make by mistake. */
export interface Break {
  /** A name, for --only. */
  readonly id: string;
  readonly file: string;
  /** Text that stands in the file once, and what takes its place. */
  readonly from: string;
  readonly to: string;
  /** What is then wrong. */
  readonly wrong: string;
  /** The test files that should notice, of those that `npm test` runs. */
  readonly by: readonly string[];
}

/** A part of the program, and changes that break it. */
export interface Room {
  readonly name: string;
  readonly breaks: readonly Break[];
}

/** The source with the change made. */
export function broken(source: string, { id, file, from, to }: Break): string {
  const times = source.split(from).length - 1;
  if (times !== 1)
    throw new Error(`${id}: found ${times} times in ${file}, use text that stands there once: ${from}`);
  // A function, because "$" has a meaning in a replacement text.
  return source.replace(from, () => to);
}
