import { type Case, expectOneLaw, PROBLEMS, SIZES } from '../../support/oneLaw.ts';

/* students.test.ts has two of these. */
const names = Object.keys(PROBLEMS) as Case[0][];
expectOneLaw(names.flatMap((name) => SIZES.map(([N, steps]): Case => [name, N, steps])));
