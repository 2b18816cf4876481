import { AlignodeError, show } from '../../support/error.ts';
import type { Problem } from './types.ts';

/*
 * The initial conditions that nn2pp and dfa-dynamics write: NAME_Q0.dat, _R0.dat, _T0.dat with one row of numbers a
 * line, separated by commas or blanks, and NAME_A0.dat, _v0.dat, _vrand.dat with one number a line. R has one row
 * for each student unit; vrand is the feedback F.
 */

/** A problem of which the files give the teacher, the student and the feedback. */
export type PartialProblem = Omit<Problem, 'teacher' | 'student' | 'feedback'> & Partial<Problem>;

/**
 * Puts the files' teacher, student and feedback in place of the problem's. `read` returns a file's text, or undefined
 * if there is none.
 */
export function withPrefix(
  problem: PartialProblem,
  prefix: string,
  read: (file: string) => string | undefined,
): Problem {
  const rows = (suffix: string): number[][] => {
    const file = `${prefix}_${suffix}.dat`;
    const text = read(file);
    if (text === undefined)
      throw new AlignodeError(
        'file',
        `${file}: there is no such file; --prefix NAME reads NAME_${suffix}.dat`,
        {
          path: file,
        },
      );
    return parse(text, file);
  };
  const numbers = (suffix: string): number[] => rows(suffix).flat();
  const feedback = read(`${prefix}_vrand.dat`) === undefined ? undefined : numbers('vrand');
  const { feedback: _replaced, ...rest } = problem;
  return {
    ...rest,
    teacher: { T: rows('T0'), A: numbers('A0') },
    student: { Q: rows('Q0'), R: rows('R0'), v: numbers('v0') },
    ...(feedback && { feedback }),
  };
}

function parse(text: string, file: string): number[][] {
  const lines = text.split(/\r?\n/);
  const rows: number[][] = [];
  lines.forEach((line, i) => {
    if (line.trim() === '') return;
    rows.push(
      line
        .trim()
        .split(/[\s,]+/)
        .map((word) => {
          const x = Number(word);
          if (word === '' || !Number.isFinite(x))
            throw new AlignodeError(
              'file',
              `${file}, line ${i + 1}: found ${show(word)}; use finite numbers`,
              {
                path: file,
              },
            );
          return x;
        }),
    );
  });
  if (rows.length === 0)
    throw new AlignodeError('file', `${file}: found no numbers; use one row a line`, { path: file });
  return rows;
}
