import { describe, expect, it } from 'vitest';
import { ORTHONORMAL, ZERO_WEIGHTS } from '../../src/figures/shallow/fromZero.ts';
import { degenerateMinima, integrate, plateau, studentAt } from '../../src/index.ts';
import { gridTimes } from '../../src/numbers/times.ts';
import { minimaOf, plateauOf } from '../../src/web/theory/about.ts';
import { marksOf, phasesIn } from '../../src/web/views/overTime.ts';
import { stateWith, unitsOf } from '../support/exploreViews.ts';

describe('what is told beside a curve', () => {
  it('has every v of the zero-error students once, as studentAt gives them', () => {
    const { problem } = stateWith({
      ...unitsOf(3, 3),
      teacher: {
        T: [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
        A: [1, 0.6, 1],
      },
    });
    const found = minimaOf(problem);
    if ('none' in found) throw new Error(found.none);
    const expected = new Set([...degenerateMinima(problem)].map((one) => studentAt(problem, one).v.join()));
    expect(found.count).toBe(48);
    expect(new Set(found.v.map((v) => v.join()))).toEqual(expected);
    expect(found.v).toHaveLength(expected.size);
  });

  it('has the plateau in full too where a student rests there: by BP, and not by DFA with unequal F', () => {
    const of = (rule: string) => stateWith({ rule, learningRate: 0.5 }).problem;
    const bp = plateauOf(of('bp'));
    if ('none' in bp) throw new Error(bp.none);
    expect(bp.full?.eg).toBe(plateau(of('bp'), { order: 'full' }).eg);
    expect(bp.full!.eg).toBeGreaterThan(1.15 * bp.eg);
    expect(plateauOf(of('dfa'))).not.toHaveProperty('full');
  });

  it('says why there is no plateau in words without the paths and options of the library', () => {
    expect(plateauOf(stateWith({ activation: 'relu' }).problem)).toEqual({
      none: 'the symmetric plateau is known for erf, not for relu',
    });
  });
});

describe('the phases of a curve', () => {
  const seen = (change: Parameters<typeof stateWith>[0]) => {
    const { problem } = stateWith(change);
    const curve = integrate(problem);
    const about = { kind: 'about' as const, id: 1, plateau: plateauOf(problem), minima: { none: '' } };
    const end = curve.alpha[curve.alpha.length - 1];
    return {
      curve,
      problem: curve.problem,
      stage: 'exact' as const,
      reached: end,
      end,
      done: true,
      took: 1,
      about,
    };
  };

  it('are found where v is zero at the start, and has no alignment there', () => {
    const theory = seen({
      teacher: { T: ORTHONORMAL, A: [1, 0.6] },
      student: ZERO_WEIGHTS,
      alpha: [0, ...gridTimes({ from: 0.1, to: 1e4, points: 200 })],
    });
    expect(theory.curve.weightAlignment[0]).toBeNaN();
    const { align, plateaus } = phasesIn(theory)!;
    const times = [0, align!.to, plateaus[0].from, plateaus[0].to, 1e4];
    expect(times).toEqual(times.toSorted((x, y) => x - y));
    expect(align!.to).toBeGreaterThan(0);
    expect(marksOf(theory).bands.map(({ label }) => label)).toEqual(['align', 'memorise']);
  });

  it('are none where the plateau is not left', () => {
    const theory = seen({ alpha: { from: 0.1, to: 1000, points: 200 } });
    const { align, memorise, plateaus } = phasesIn(theory)!;
    expect(align!.to).toBeLessThan(1000);
    expect(memorise).toBeNull();
    expect(plateaus).toMatchObject([{ to: 1000, left: false }]);
    expect(marksOf(theory).bands).toEqual([]);
  });

  it('are none where the student is aligned best only after the plateau', () => {
    const theory = seen({ feedback: [2, 2] });
    expect(phasesIn(theory)).toMatchObject({ align: null, memorise: null, plateaus: [{ left: true }] });
    expect(marksOf(theory).bands).toEqual([]);
  });
});
