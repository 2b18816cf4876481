import { beforeEach, describe, expect, test, vi } from 'vitest';
import { workshop } from '../../../src/figures/index.ts';
import { prediction } from '../../../src/figures/shallow/exactPrediction.ts';
import { expectNumbers } from '../../support/claims.ts';
import { expectStoredLines, linesOf } from '../../support/stored.ts';

const now = vi.hoisted(() => ({ mistake: 'none' }));
vi.mock('../../../src/shallow/theory/equations.ts', async (original) => {
  const { broken } = await import('../../support/brokenTheory.ts');
  return broken(await original(), now);
});
// Students do not depend on the theory: those compared with the right one are compared with each mistake.
vi.mock('../../../src/shallow/students/index.ts', async (original) => {
  const { trainedOnce } = await import('../../support/trainedOnce.ts');
  return trainedOnce(await original());
});
beforeEach(() => {
  now.mistake = 'none';
});

const newShop = () => workshop({ size: 'quick', machine: { threads: 1 } });
const shop = newShop();
/** Projected students have the law of trained ones and are faster. */
const few = { student: 'projected', until: 110, runs: 40, scalingRuns: 40 } as const;

describe('figure 3a', () => {
  test('theory is as it is stored, and predicts the dynamics of students within the stated z', async () => {
    const drawing = await prediction(shop, few);
    expectStoredLines('3a', linesOf(drawing));
    expectNumbers(drawing.claims);
    const [exact, ends] = drawing.claims;
    expect(exact.holds).toBe('yes');
    for (const rule of ['dfa', 'bp'] as const) {
      const { mean, limit, tests, bound, alone, theory, student } = exact.numbers[rule];
      for (const z of [mean, limit, alone]) {
        expect(z).toBeGreaterThan(0);
        expect(z).toBeLessThan(5);
      }
      expect(tests).toBeGreaterThan(0);
      expect(bound).toBeGreaterThan(3);
      // A student of finite N leaves the plateau a little earlier or later.
      expect(Math.abs(Math.log((student.learnedAt ?? 0) / (theory.learnedAt ?? 0)))).toBeLessThan(0.5);
    }
    expect(ends).toMatchObject({ by: 'paper', holds: 'yes' });
    expect(ends.numbers.distance).toBeLessThan(0.2);
  });

  test.each(['a tenth of the second layer’s rate', 'the terms of second order in the rate'])(
    'a theory that leaves out %s does not predict them, and the figure says so',
    async (mistake) => {
      now.mistake = mistake;
      // A workshop of its own: what the other has of theory is right.
      const { claims } = await prediction(newShop(), few);
      expect(claims[0].holds).toBe('no');
    },
  );

  test('the planes hold v, F, A and all degenerate solutions: v is along F when aligned, and in a solution at the end', async () => {
    const { panels } = await prediction(shop, few);
    const arrows = panels
      .slice(1)
      .map(({ traces }) =>
        Object.fromEntries(
          traces.filter(({ mark }) => mark === 'arrow').map(({ name, x, y }) => [name, [x[0], y[0]]]),
        ),
      );
    // Arrows begin at the origin by themselves.
    for (const { traces } of panels)
      for (const { mark, x } of traces) if (mark === 'arrow') expect(x).toHaveLength(1);
    const cosine = ([a, b]: number[], [c, d]: number[]) =>
      (a * c + b * d) / Math.hypot(a, b) / Math.hypot(c, d);
    const [aligned, plateau, end] = arrows;
    expect(cosine(aligned['v of the student'], aligned['feedback F'])).toBeGreaterThan(0.99);
    expect(Math.hypot(...aligned['v of the student'])).toBeLessThan(0.5);
    expect(cosine(plateau['v of the student'], plateau['feedback F'])).toBeGreaterThan(0.9);
    const solutions = panels[3].traces[0];
    expect(solutions.x.map((x, i) => `${x},${solutions.y[i]}`).sort()).toEqual([
      '-1,-1',
      '-1,1',
      '1,-1',
      '1,1',
    ]);
    // F = (1.02, −0.62): the best aligned solution is (1, −1).
    const [v1, v2] = end['v of the student'];
    expect(Math.hypot(v1 - 1, v2 + 1)).toBeLessThan(0.2);
    expect(end['teacher A']).toEqual([1, 1]);
  });
});
