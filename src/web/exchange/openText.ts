import { AlignodeError, type Problem } from '../../index.ts';
import { readProblemText } from '../../report/tables/index.ts';
import { resolveProblem } from '../../shallow/problem/index.ts';
import { isObject, wordsOf } from '../../support/check.ts';
import { howMany } from '../../support/howMany.ts';
import { unitsOf } from '../state/problem.ts';
import type { State } from '../state/state.ts';
import { checkProblem, checkStudents } from './stateShape.ts';

/** Bytes of a file that are read. */
export const MOST_BYTES = 64 * 2 ** 20;

/** The page's state with the problem, and the settings of students, that a text holds; and what was found, in words. */
export function opened(text: string, name: string, before: State): { state: State; words: string } {
  const { problem: found, settings } = readProblemText(text, name);
  const problem = solvable(found, name);
  const fault = checkProblem(problem);
  if (fault !== undefined) throw new AlignodeError('file', `${name}: ${wordsOf(fault)}`);
  const students = studentsIn(settings, before.students);
  const { K } = unitsOf(problem);
  const words = [
    `Opened ${name}`,
    ...(students
      ? [`with its settings of students: N = ${students.N}, ${howMany(students.runs, 'run')}`]
      : []),
    ...(drawnAnew(settings) ? ['where parts were drawn anew for each run, which the page does not do'] : []),
  ];
  return {
    state: {
      problem: withOneRate(problem),
      students: students ?? before.students,
      view: { pair: [0, Math.min(1, K - 1)] },
    },
    words: `${words.join(', ')}.`,
  };
}

/** A problem, or why it is none, in the words of the library. */
function solvable(problem: unknown, name: string): Problem {
  try {
    resolveProblem(problem as Problem);
  } catch (error) {
    if (!(error instanceof AlignodeError)) throw error;
    throw new AlignodeError('file', `${name}: ${error.message}`);
  }
  return problem as Problem;
}

/**
 * An output states both rates of its problem, even where the second follows the first. Where they are equal the second
 * one goes on to follow when the first is moved.
 */
function withOneRate({ secondLayerRate, ...problem }: Problem): Problem {
  return secondLayerRate === undefined || secondLayerRate === problem.learningRate
    ? problem
    : { ...problem, secondLayerRate };
}

/** The settings of `simulate` and `compare`. The page keeps its own choice of what does the work. */
function studentsIn(settings: unknown, { backend }: State['students']): State['students'] | undefined {
  if (!isObject(settings)) return undefined;
  const { N, runs, seed, student } = settings;
  const students = { N, runs, seed, student, backend };
  return checkStudents(students) === undefined ? (students as State['students']) : undefined;
}

const drawnAnew = (settings: unknown): boolean =>
  isObject(settings) && Array.isArray(settings.redraw) && settings.redraw.length > 0;
