import { AlignodeError } from '../../support/error.ts';

/** What a text was found to hold: neither part has been checked. */
export interface ProblemText {
  problem: unknown;
  /** Where it is an output: how it was solved, or the options of `simulate` or `compare`. */
  settings?: unknown;
}

/**
 * The problem in a text: a problem itself, or an output of this program, JSON or CSV, which carries the one it solved.
 * `name` says in messages where the text comes from.
 */
export function readProblemText(text: string, name: string, path = name): ProblemText {
  const refused = (why: string) => new AlignodeError('file', `${name}: ${why}`, { path });
  const whole = text.replace(/^\uFEFF/, '');
  if (whole.trim() === '') throw refused('it is empty; put a problem in it, as in examples/');
  const manifest = whole.startsWith('# alignode') ? lineOf(whole, 'problem') : undefined;
  let value: unknown;
  try {
    value = JSON.parse(manifest ?? whole);
  } catch (error) {
    throw refused(`it is not JSON: ${(error as Error).message}`);
  }
  if (manifest !== undefined) return withSettings(value, parsed(lineOf(whole, 'settings')));
  return isOutput(value) ? withSettings(value.problem, value.settings) : { problem: value };
}

const lineOf = (csv: string, word: string): string | undefined =>
  new RegExp(`^# ${word} (.*)$`, 'm').exec(csv)?.[1];

const withSettings = (problem: unknown, settings: unknown): ProblemText =>
  settings === undefined ? { problem } : { problem, settings };

/** Settings are worth having, but a problem can be read without them. */
function parsed(json: string | undefined): unknown {
  try {
    return json === undefined ? undefined : JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Whether it came from `integrate`, which writes its statistics, or from `simulate`, which writes its settings. */
function isOutput(value: unknown): value is { problem: unknown; settings?: unknown } {
  if (typeof value !== 'object' || value === null || !('problem' in value)) return false;
  return 'stats' in value || 'settings' in value;
}
