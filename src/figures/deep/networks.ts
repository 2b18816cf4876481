import type { DeepCurves, DeepPart, DeepRun, State, WeightCosine } from '../../deep/networks/index.ts';
import type { DeepProblem } from '../../deep/problem/index.ts';
import type { Trace } from '../../draw/index.ts';
import type { Workshop } from '../workshop.ts';
import { type MatchedCosine, matchedCosine } from './matchedCosine.ts';

/** What figures take from networks that were trained; a number that there is not is NaN. */
export interface Networks {
  epoch: number[];
  /** Over how many runs the means are: those that did not diverge. */
  runs: number;
  mean: DeepCurves;
  stderr: DeepCurves;
  perRun: DeepRun[];
  weightCosine: WeightCosine | null;
  /** The cosine of weights of the first run and the second and so on, at the start and at the end. */
  matched: { start: MatchedCosine; end: MatchedCosine } | null;
}

export interface Training {
  runs: number;
  /** Whether weights are compared: at all times, or also with hidden units matched at the end. */
  cosine?: 'all' | 'matched';
  /** What each run draws for itself. */
  redraw?: DeepPart[];
}

/** The axis of all pictures. */
export const EPOCH = { label: 'epoch', log: true };

/** The seed of all runs. */
export const SEED = 1;

/** Networks that are trained on a problem, as one piece of work. */
export async function networks(
  workshop: Workshop,
  what: string,
  problem: DeepProblem,
  { runs, cosine, redraw = [] }: Training,
): Promise<Networks> {
  const found = await workshop.piece(what, { problem, runs, cosine, redraw }, async (bench) => {
    const end = new Map<number, State>();
    const simulation = await bench.train(problem, {
      runs,
      seed: SEED,
      redraw,
      cosine: cosine === undefined ? 'none' : 'all',
      ...(cosine === 'matched' && { onNetwork: (run: number, network: State) => end.set(run, network) }),
    });
    const { epoch, mean, stderr, perRun, weightCosine } = simulation;
    const start = new Map<number, State>();
    if (cosine === 'matched')
      await bench.train(
        { ...problem, epochs: [0] },
        {
          runs,
          seed: SEED,
          redraw,
          cosine: 'none',
          onNetwork: (run, network) => start.set(run, network),
        },
      );
    return {
      epoch,
      runs: simulation.runs,
      mean,
      stderr,
      perRun,
      weightCosine,
      matched:
        cosine === 'matched'
          ? { start: matchedCosine(start, problem), end: matchedCosine(end, problem) }
          : null,
    };
  });
  return restored(found) as Networks;
}

/** Pieces pass through JSON, which has null for NaN. */
function restored(it: unknown): unknown {
  if (Array.isArray(it)) return it.map((one) => (one === null ? Number.NaN : restored(one)));
  if (typeof it !== 'object' || it === null) return it;
  return Object.fromEntries(Object.entries(it).map(([key, one]) => [key, restored(one)]));
}

/** Numbers of a claim, which JSON must hold: null for those that there are not. */
export function facts<T>(it: T): T {
  if (typeof it === 'number') return (Number.isFinite(it) ? it : null) as T;
  if (Array.isArray(it)) return it.map(facts) as T;
  if (typeof it !== 'object' || it === null) return it;
  return Object.fromEntries(Object.entries(it).map(([key, one]) => [key, facts(one)])) as T;
}

/** How many standard errors bars have on each side. */
const BARS = 2;

/** Points with their bars, where there are numbers. */
export function curve(
  { name, colour, mark = 'line and points' }: Pick<Trace, 'name' | 'colour'> & Partial<Pick<Trace, 'mark'>>,
  x: readonly number[],
  y: readonly number[],
  stderr: readonly number[],
): Trace {
  const at = x.map((_, i) => i).filter((i) => Number.isFinite(y[i]) && x[i] > 0);
  const bars = at.every((i) => Number.isFinite(stderr[i]));
  return {
    name,
    colour,
    mark,
    x: at.map((i) => x[i]),
    y: at.map((i) => y[i]),
    ...(bars && {
      low: at.map((i) => y[i] - BARS * stderr[i]),
      high: at.map((i) => y[i] + BARS * stderr[i]),
    }),
  };
}

/** Of layers[i][l − 1], the curve of layer l. */
export const ofLayer = (layers: readonly (readonly number[])[], l: number): number[] =>
  layers.map((one) => one[l - 1]);
