import { describe, expect, it } from 'vitest';
import { learnProbability, type PLearnOptions, type PLearnProgress, plearn } from '../../../src/index.ts';
import { binomialInterval } from '../../../src/shallow/compare/index.ts';
import { possible } from '../../support/possible.ts';

/** Quick: a larger rate makes everything happen earlier, and changes no chance. */
const fast = { N: 100, student: 'projected', learningRate: 0.5, threads: 1 } as const;

describe('P(learn) by students', () => {
  it('is that of the formula', async () => {
    const { points, complete } = await plearn({ ...fast, K: [2, 3, 4], M: 2, runs: 60 });
    expect(complete).toBe(true);
    for (const point of points) {
      expect(point.exact).toBe(learnProbability({ K: point.K, positive: 2 }));
      expect(possible(point, point.exact), `K = ${point.K}: ${point.learned} of ${point.runs}`).toBe(true);
      // Not so wide that anything would do: the printed formula would not.
      expect(possible(point, { 2: 1, 3: 7 / 8, 4: 11 / 16 }[point.K] as number)).toBe(point.K === 4);
    }
  });

  it('is that of the formula for a teacher with output weights of both signs', async () => {
    const { points } = await plearn({ ...fast, K: 3, M: 2, negative: 1, runs: 60 });
    expect(points[0].exact).toBe(0.75);
    for (const { positive, runs, learned, undecided } of points[0].byPositive)
      expect(learned + undecided).toBe(positive === 1 || positive === 2 ? runs : 0);
    expect(possible(points[0], 0.75)).toBe(true);
  });

  it('counts by the signs of F: all or nobody learns', async () => {
    const { points } = await plearn({ ...fast, K: 3, M: 2, runs: 60 });
    for (const { positive, runs, learned, undecided } of points[0].byPositive)
      expect(learned + undecided).toBe(positive >= 2 ? runs : 0);
    const [{ allowed, byPositive }] = points;
    const enough = byPositive.filter(({ positive }) => positive >= 2);
    expect(allowed.runs).toBe(enough.reduce((sum, { runs }) => sum + runs, 0));
    expect(allowed.learned + allowed.undecided).toBe(allowed.runs);
  });

  it('nobody who was taken for stuck learns when trained on to the end', async () => {
    const ask: PLearnOptions = { ...fast, learningRate: 1, K: 2, M: 2, runs: 140, seed: 6 };
    const [early] = (await plearn(ask)).points;
    const [late] = (await plearn({ ...ask, patience: 1000 })).points;
    expect(early.stuck).toBeGreaterThan(90);
    expect([late.learned, late.stuck]).toEqual([early.learned, 0]);
    // What diverges would have been found stuck before.
    expect(late.undecided + late.diverged).toBe(early.undecided + early.stuck + early.diverged);
  });

  it('nobody is stuck if patience reaches the last time, also where that is rounded up to a whole example', async () => {
    const ask: PLearnOptions = {
      ...fast,
      N: 7,
      learningRate: 1.5,
      alpha: 40.08,
      patience: 40.08,
      K: 2,
      M: 2,
      runs: 20,
    };
    const [point] = (await plearn(ask)).points;
    expect(point.stuck).toBe(0);
    expect(Math.max(...point.students.map(({ alpha }) => alpha))).toBeGreaterThan(40.08);
  });

  it('trained students come to the same chance', async () => {
    const { points } = await plearn({
      ...fast,
      student: 'trained',
      N: 30,
      K: 3,
      M: 2,
      runs: 60,
      learningRate: 1,
    });
    expect(possible(points[0], 0.5), `${points[0].learned} of 60`).toBe(true);
  });
});

describe('plearn', () => {
  it('gives the formula alone for no runs', async () => {
    const { points, backend, complete } = await plearn({ K: [1, 2, 10], M: 2, runs: 0 });
    expect(points.map(({ exact, fraction, interval }) => [exact, fraction, interval])).toEqual([
      [0, null, null],
      [0.25, null, null],
      [expect.closeTo(1013 / 1024, 12), null, null],
    ]);
    expect([backend, complete]).toEqual([undefined, true]);
  });

  it('the same options make the same students, whatever other K are asked for', async () => {
    const ask = { ...fast, M: 2, runs: 6, seed: 8 };
    const several = await plearn({ ...ask, K: [2, 3] });
    const one = await plearn({ ...ask, K: 3 });
    expect(several.points[1]).toEqual(one.points[0]);
    expect(several.points[0].seed).not.toBe(several.points[1].seed);
  });

  it('its interval counts undecided students both ways', async () => {
    const [point] = (await plearn({ ...fast, K: 3, M: 2, runs: 30, alpha: 250 })).points;
    expect(point.undecided).toBeGreaterThan(0);
    expect(point.interval).toEqual([
      binomialInterval(point.learned, 30, 0.99)[0],
      binomialInterval(point.learned + point.undecided, 30, 0.99)[1],
    ]);
  });

  it('tells how far all points together are, each by what its steps cost', async () => {
    const heard: PLearnProgress[] = [];
    await plearn({
      ...fast,
      K: [2, 6],
      M: 2,
      runs: 3,
      onProgress: (progress) => heard.push(progress),
    });
    const fractions = heard.map(({ fraction }) => fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
    const first = heard.findLast(({ part }) => part === 1)!;
    expect(first.fraction).toBeGreaterThan(0);
    expect(first.fraction).toBeLessThan(0.4);
  });

  it('stopped, it returns what was finished', async () => {
    const controller = new AbortController();
    const found = await plearn({
      ...fast,
      K: [2, 3],
      M: 2,
      runs: 1000,
      signal: controller.signal,
      onProgress: ({ finishedRuns }) => {
        if (finishedRuns >= 4) controller.abort();
      },
    });
    expect(found.complete).toBe(false);
    expect(found.points.map(({ K }) => K)).toEqual([2]);
    expect(found.points[0].runs).toBeGreaterThanOrEqual(4);
  });

  it.each<[Partial<PLearnOptions> & Record<string, unknown>, string, RegExp]>([
    [{ K: 0 }, 'K', /found 0; use a whole number from 1/],
    [{ K: [] }, 'K', /found \[\]/],
    [{ K: [2, 2.5] }, 'K', /use a whole number/],
    [{ M: undefined as never }, 'M', /found nothing/],
    [{ negative: 3 }, 'negative', /from 0 to M = 2/],
    [{ runs: -1 }, 'runs', /0 \(the formula alone\)/],
    [{ learningRate: 0 }, 'learningRate', /positive/],
    [{ noise: -1 }, 'noise', /0 or a positive/],
    [{ sigma: Number.NaN }, 'sigma', /positive/],
    [{ alpha: 1 }, 'alpha', /use 40/],
    [{ learned: 2 }, 'learned', /up to 1/],
    [{ patience: 0 }, 'patience', /positive/],
    [{ N: 4 }, 'N', /at least K \+ M = 5/],
    [{ student: 'fish' as never }, 'student', /"trained", "projected"/],
    [{ redraw: ['student'] }, 'redraw', /no such option/],
  ])('refuses %j', async (wrong, path, message) => {
    await expect(plearn({ K: 3, M: 2, ...wrong } as PLearnOptions)).rejects.toMatchObject({
      code: 'invalid-option',
      path,
      message: expect.stringMatching(message),
    });
  });
});
