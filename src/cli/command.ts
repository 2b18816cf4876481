import type { ParseArgsConfig } from 'node:util';
import type { Flag } from './flags.ts';

/** What a command sees of the world. */
export interface World {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  on(event: NodeJS.Signals, listener: () => void): unknown;
  off(event: NodeJS.Signals, listener: () => void): unknown;
}

export type Options = NonNullable<ParseArgsConfig['options']>;
export type Values = Record<string, string | boolean | undefined>;

/** A command of the command line: adding one is one file and one line in the table of `run.ts`. */
export interface Command {
  /** What it makes, in a line. */
  readonly title: string;
  /** What --help says of it: paragraphs, then lists of names, then its options and examples. */
  readonly about: readonly string[];
  readonly lists?: readonly {
    heading: string;
    entries: readonly (readonly [name: string, words: string])[];
  }[];
  readonly flags: readonly Flag[];
  /** The options without which it does nothing, as the usage shows them. */
  readonly needs?: string;
  readonly examples: readonly string[];
  /** How many arguments beside the options it takes, and what they are called. */
  readonly positionals: readonly string[];
  /** What further arguments are called, of a command that takes any number of them. */
  readonly further?: string;
  /** Does the work; returns the exit code. */
  run(values: Values, positionals: string[], world: World): Promise<number>;
}

/** 0 done, 1 a failed run, 2 a usage error: the command line, the problem or a file named in it is at fault. */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const;
