import { AlignodeError, reasonOf } from '../../support/error.ts';
import { jsonFault } from '../../support/jsonFault.ts';
import { otherText, otherValue, WHAT_WOULD_DO } from './otherFiles.ts';

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
  const isOther = (what: string) => refused(`it is ${what}; ${WHAT_WOULD_DO}`);
  const refused = (why: string) => new AlignodeError('file', `${name}: ${why}`, { path });
  const whole = text.replace(/^\uFEFF/, '');
  if (whole.trim() === '') throw refused('it is empty; put a problem in it, as in examples/');
  const manifest = whole.startsWith('# alignode') ? lineOf(whole, 'problem') : undefined;
  let value: unknown;
  try {
    value = JSON.parse(manifest?.text ?? whole);
  } catch (error) {
    const other = manifest === undefined ? otherText(whole) : undefined;
    if (other !== undefined) throw isOther(other);
    throw refused(`it is not JSON: ${jsonFault(manifest?.text ?? whole, manifest) ?? reasonOf(error)}`);
  }
  if (manifest !== undefined) return withSettings(value, parsed(lineOf(whole, 'settings')?.text));
  if (isOutput(value)) return withSettings(value.problem, value.settings);
  const other = otherValue(value);
  if (other !== undefined) throw isOther(other);
  return { problem: value };
}

/** What stands after a word in the head of a CSV, and where: the line and the columns before it. */
function lineOf(csv: string, word: string): { text: string; line: number; column: number } | undefined {
  const found = new RegExp(`^# ${word} (.*)$`, 'm').exec(csv);
  if (found === null) return undefined;
  const [whole, text] = found;
  return {
    text,
    line: csv.slice(0, found.index).split('\n').length,
    column: whole.length - text.length,
  };
}

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
