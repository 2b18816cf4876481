import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode, firstState, LONGEST } from '../../src/web/exchange/address.ts';
import { FIRST, type State } from '../../src/web/state/state.ts';
import { HERS } from '../support/explorerExchange.ts';

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
const seed = fc.nat(Number.MAX_SAFE_INTEGER);
const units = fc.integer({ min: 1, max: 8 });
const list = fc.array(number, { minLength: 1, maxLength: 8 });
const matrix = fc.array(list, { minLength: 1, maxLength: 8 });
const secondLayer = fc.constantFrom('ones' as const, 'normal' as const);
const need = (...requiredKeys: string[]) => ({ requiredKeys: requiredKeys as never[] });

/** Any state that the page may come to, problems that are refused among them. */
const states = fc.record(
  {
    problem: fc.record(
      {
        activation: fc.constantFrom('erf', 'linear', 'relu'),
        rule: fc.constantFrom('bp', 'dfa'),
        learningRate: number,
        secondLayerRate: number,
        noise: number,
        weightDecay: fc.tuple(number, number),
        trainSecondLayer: fc.boolean(),
        teacher: fc.oneof(
          fc.record({ T: matrix, A: list }),
          fc.record({
            draw: fc.record({ M: units, N: number, seed, secondLayer }, need('M', 'N', 'seed')),
          }),
        ),
        student: fc.oneof(
          fc.record({ Q: matrix, R: matrix, v: list }),
          fc.record({
            draw: fc.record(
              { K: units, N: number, sigma: number, seed, secondLayer },
              need('K', 'N', 'sigma', 'seed'),
            ),
          }),
        ),
        feedback: fc.oneof(
          list,
          fc.record({ draw: fc.constantFrom('normal', 'matched', 'ö 😀 "'), seed }, need('draw')),
        ),
        alpha: fc.oneof(
          fc.array(number, { minLength: 1, maxLength: 30 }),
          fc.record(
            { from: number, to: number, points: units, scale: fc.constantFrom('log', 'linear') },
            need('from', 'to', 'points'),
          ),
        ),
      },
      need('activation', 'rule', 'learningRate', 'teacher', 'student', 'alpha'),
    ),
    v: list,
    students: fc.record({
      N: fc.integer({ min: 1, max: 1e9 }),
      runs: fc.integer({ min: 1, max: 1e7 }),
      seed,
      student: fc.constantFrom('trained', 'projected'),
      backend: fc.constantFrom('auto', 'cpu', 'gpu'),
    }),
    view: fc.record({ alpha: number, pair: fc.tuple(fc.nat(7), fc.nat(7)) }, need('pair')),
  },
  need('problem', 'students', 'view'),
) as fc.Arbitrary<State>;

const faultOf = (hash: string): string | undefined => {
  const decoded = decode(hash);
  return 'fault' in decoded ? decoded.fault : undefined;
};
const withState = (change: (state: Record<string, never>) => void): string => {
  const state = structuredClone(FIRST) as unknown as Record<string, never>;
  change(state);
  return encode(state as unknown as State);
};

describe('an address', () => {
  it('gives back every state, to the last digit', () => {
    fc.assert(
      fc.property(states, (state) => {
        const address = encode(state);
        expect(address).toMatch(/^#v1\.[\w-]+\.[0-9a-z]+$/);
        expect(decode(address)).toEqual({ state });
        expect(firstState(address)).toEqual({ state });
      }),
      { numRuns: 300 },
    );
  });

  it('gives back how the students beside it were trained, and needs none', () => {
    const trained = { ...HERS.students, runs: 3 };
    expect(decode(encode(HERS, trained))).toEqual({ state: HERS, trained });
    expect(firstState(encode(HERS, trained))).toEqual({ state: HERS, trained });
    expect(encode(HERS, undefined)).toBe(encode(HERS));
    expect(faultOf(encode(HERS, { ...trained, runs: 0 }))).toContain(
      'trained.runs: found 0; use a whole number from 1',
    );
  });

  it('with any one character changed, lost or doubled is a fault', () => {
    const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.#%=& ';
    fc.assert(
      fc.property(states, fc.nat(), fc.constantFrom(...characters), (state, at, other) => {
        const address = encode(state).slice(1);
        const i = at % address.length;
        for (const put of [other, '', address[i].repeat(2)]) {
          const damaged = address.slice(0, i) + put + address.slice(i + 1);
          if (damaged !== address) expect(faultOf(`#${damaged}`)).toBeTypeOf('string');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('with its checksum in capitals is a fault', () => {
    const [version, body, sum] = encode(HERS).split('.');
    expect(sum).toMatch(/[a-z]/);
    expect(faultOf(`${version}.${body}.${sum.toUpperCase()}`)).toMatch(/checksum/);
  });

  it('cut anywhere is a fault', () => {
    const address = encode(FIRST);
    for (let i = 2; i < address.length; i++) expect(faultOf(address.slice(0, i))).toMatch(/link/);
  });

  it('of the first state is short enough for a message', () => {
    expect(encode(FIRST).length).toBeLessThan(1000);
    expect(LONGEST).toBeGreaterThan(10_000);
  });

  it('stays readable to versions to come', () => {
    const made =
      '#v1.eyJwcm9ibGVtIjp7ImFjdGl2YXRpb24iOiJyZWx1IiwicnVsZSI6ImJwIiwibGVhcm5pbmdSYXRlIjowLjIsInRlYWNoZXIiOnsiZHJhdyI6eyJNIjoyLCJOIjo1MCwic2VlZCI6M319LCJzdHVkZW50Ijp7ImRyYXciOnsiSyI6MywiTiI6NTAsInNpZ21hIjowLjEsInNlZWQiOjR9fSwiYWxwaGEiOlswLDFdfSwic3R1ZGVudHMiOnsiTiI6NTAsInJ1bnMiOjIsInNlZWQiOjEsInN0dWRlbnQiOiJ0cmFpbmVkIiwiYmFja2VuZCI6ImNwdSJ9LCJ2aWV3Ijp7InBhaXIiOlswLDJdfX0.12oui0z';
    expect(decode(made)).toStrictEqual({
      state: {
        problem: {
          activation: 'relu',
          rule: 'bp',
          learningRate: 0.2,
          teacher: { draw: { M: 2, N: 50, seed: 3 } },
          student: { draw: { K: 3, N: 50, sigma: 0.1, seed: 4 } },
          alpha: [0, 1],
        },
        students: { N: 50, runs: 2, seed: 1, student: 'trained', backend: 'cpu' },
        view: { pair: [0, 2] },
      },
    });
  });

  it('of another version says so', () => {
    expect(faultOf('#v2.anything')).toMatch(/another version of alignode: found .* v2, this page reads v1/);
    expect(faultOf(encode(FIRST).replace('v1', 'v17'))).toMatch(/another version/);
  });

  it('of nothing opens the first state, without a word', () => {
    expect(firstState('')).toEqual({ state: FIRST });
    expect(firstState('#')).toEqual({ state: FIRST });
  });

  it('that is damaged opens the first state, and says so', () => {
    const { state, fault } = firstState(encode(FIRST).slice(0, -3));
    expect(state).toEqual(FIRST);
    expect(fault).toMatch(/damaged.*Copy the whole link again.*first example/);
  });

  // biome-ignore lint/suspicious/noExplicitAny: what is put there is wrong on purpose
  it.each<[string, (state: any) => void, string]>([
    [
      'a problem that is no object',
      (s) => {
        s.problem = 3;
      },
      'problem: found 3; use {',
    ],
    [
      'no problem',
      (s) => {
        delete s.problem;
      },
      'problem: found nothing',
    ],
    [
      'a key that there is not',
      (s) => {
        s.problem.momentum = 1;
      },
      'problem.momentum: found 1; there is no such key',
    ],
    [
      'a key that there is not, of the state',
      (s) => {
        s.colour = 1;
      },
      'colour: found 1; there is no such key',
    ],
    [
      'a prototype',
      (s) => {
        Object.defineProperty(s, '__proto__', { value: {}, enumerable: true });
      },
      '__proto__: found {}; there is no such key',
    ],
    [
      'nine units',
      (s) => {
        s.problem.student.draw.K = 9;
      },
      'problem.student.draw.K: found 9; use a whole number from 1 to 8',
    ],
    [
      'nine units that are given',
      (s) => {
        s.problem.feedback = Array(9).fill(1);
      },
      'problem.feedback: found a list of 9 units; use a list of 1 to 8 units',
    ],
    [
      'a rule of one’s own',
      (s) => {
        s.problem.rule = 'mine';
      },
      'problem.rule: found "mine"; use one of "bp", "dfa"',
    ],
    [
      'too many times',
      (s) => {
        s.problem.alpha.points = 1e6;
      },
      'problem.alpha.points: found 1000000; use a number up to 5000',
    ],
    [
      'a text for a number',
      (s) => {
        s.problem.learningRate = '0.1';
      },
      'problem.learningRate: found "0.1"; use a finite number',
    ],
    [
      'a ragged matrix of words',
      (s) => {
        s.problem.teacher.T[1] = ['a'];
      },
      'problem.teacher.T[1][0]: found "a"; use a finite number',
    ],
    [
      'no students',
      (s) => {
        s.students.runs = 0;
      },
      'students.runs: found 0; use a whole number from 1',
    ],
    [
      'a broken dimension',
      (s) => {
        s.students.N = 2.5;
      },
      'students.N: found 2.5; use a whole number from 1',
    ],
    [
      'a seed beyond whole numbers',
      (s) => {
        s.students.seed = 2 ** 53;
      },
      'students.seed: found 9007199254740992',
    ],
    [
      'another kind of student',
      (s) => {
        s.students.student = 'x';
      },
      'students.student: found "x"; use one of "trained", "projected"',
    ],
    [
      'three units in a pair',
      (s) => {
        s.view.pair = [0, 1, 2];
      },
      'view.pair: found a list of 3 units; use a list of 2 units',
    ],
    [
      'a unit that there cannot be',
      (s) => {
        s.view.pair = [0, 8];
      },
      'view.pair[1]: found 8; use a whole number from 0 to 7',
    ],
    [
      'a list',
      (s) => {
        s.view = [];
      },
      'view: found []; use { "alpha", "pair" }',
    ],
  ])('with %s is refused: where, what was found, what would do', (_, change, words) => {
    expect(faultOf(withState(change as never))).toContain(words);
  });

  it('may hold a problem that cannot be solved, which the page then shows', () => {
    const address = withState((state: Record<string, never>) => {
      (state.problem as { teacher: object }).teacher = {
        T: [
          [1, 3],
          [3, 1],
        ],
        A: [1, 1],
      };
    });
    expect(faultOf(address)).toBeUndefined();
  });
});
