/**
 * Every failure that a user can cause or meet. `code` is stable and meant for programs; `message` says where,
 * what was found and what would do.
 */
export type ErrorCode =
  /** The problem is malformed or describes no possible weights; `path` names the key. */
  | 'invalid-problem'
  /** An option of a function or of the command line is malformed; `path` names it. */
  | 'invalid-option'
  /** A file that was named cannot be read, or could not be written. */
  | 'file'
  /** Writing a result failed in the end, though it had looked possible. */
  | 'output'
  /** The learning curve diverges: usually the learning rate is too large. */
  | 'diverged'
  /** A value that is not a number came up, with the state still of ordinary size. */
  | 'not-finite'
  /** More steps than `maxSteps` were needed. */
  | 'too-many-steps'
  /** It was broken off before there was anything to return. */
  | 'interrupted'
  /** The overlaps stopped being overlaps of real vectors. */
  | 'not-positive'
  /** Newton's method found no fixed point. */
  | 'no-convergence'
  /** The question has no answer for this problem, or none that the program knows. */
  | 'not-available';

/** What an error is about, where that is known. */
export interface ErrorDetails {
  /** The key or option at fault, as `student.Q`. */
  path?: string;
  /** The time that a curve had reached. */
  alpha?: number;
  /** The order parameter at fault, as `Q_1_2`. */
  component?: string;
}

/** The one error that users meet: `code` is for programs, `message` for people. */
export class AlignodeError extends Error {
  /** Stable from version to version. */
  readonly code: ErrorCode;
  /** The key or option at fault, as `student.Q`. */
  readonly path?: string;
  /** The time that a curve had reached. */
  readonly alpha?: number;
  /** The order parameter at fault, as `Q_1_2`. */
  readonly component?: string;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = 'AlignodeError';
    this.code = code;
    Object.assign(this, details);
  }
}

/** Why something failed, for people. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Its first line: where a package cannot be loaded, a list of files follows. */
export const firstLine = (error: unknown): string => reasonOf(error).split('\n')[0];

/** The first message line of an error met while a value was read: of a getter that throws, say. */
export const unreadable = (error: unknown): string =>
  `it cannot be read (${lineOf(error)}); use an object that holds plain values`;

/** What is thrown may itself be no text. */
function lineOf(error: unknown): string {
  try {
    return firstLine(error);
  } catch {
    return 'what it throws cannot be read either';
  }
}

/** A value as it would stand in a problem file, cut to a readable length. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint')
    return typeof value;
  if (ArrayBuffer.isView(value)) return `a ${value.constructor?.name ?? 'typed array'}`;
  const text = asJson(value);
  return text.length > 72 ? `${text.slice(0, 69)}...` : text;
}

function asJson(value: unknown): string {
  try {
    const text = JSON.stringify(value, (_key, x) =>
      typeof x === 'number' && !Number.isFinite(x) ? String(x) : x,
    );
    return text ?? 'nothing';
  } catch {
    // A cyclic object, a bigint, too deep a nesting, or a toJSON that throws.
    return Array.isArray(value) ? 'a list that JSON cannot hold' : 'an object that JSON cannot hold';
  }
}
