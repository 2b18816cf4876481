import { agreementWith, type Problem, type Students } from '../../index.ts';
import { reasonOf } from '../../support/error.ts';
import type { Agreed } from './protocol.ts';

/** Compares students with theory as they come; theory is solved meanwhile. */
export function judgeFor(problem: Problem, N: number) {
  let compare: ((students: Students) => Agreed) | undefined;
  const known = agreementWith(problem, { N }).then(
    (agreement) => {
      compare = (students) => ({ kind: 'agreed', agreement: agreement(students) });
    },
    (error) => {
      compare = () => ({ kind: 'agreed', none: reasonOf(error) });
    },
  );
  return {
    /** Resolves when theory is solved, or is known to have none. */
    known,
    look: (students: Students): Agreed | undefined => compare?.(students),
  };
}
