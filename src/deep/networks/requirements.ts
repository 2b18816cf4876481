import { AlignodeError, show } from '../../support/error.ts';
import { refuse } from '../../support/options.ts';
import type { TrainingData } from '../data/index.ts';
import { fieldsOf, type LayerShape, type ResolvedDeepProblem } from '../problem/index.ts';
import { LOOK } from './backend.ts';
import type { DeepPart, DeepSimulationSettings } from './types.ts';

/* What must hold of a problem and of options before networks are trained. */

const invalid = (path: string, message: string): never => {
  throw new AlignodeError('invalid-problem', `${path}: ${message}`, { path });
};

/** Refuses a problem that is for theory alone. */
export function requireTraining({
  network,
  batch,
  batchNorm,
  epochs,
  steps,
  feedback,
}: ResolvedDeepProblem): void {
  if ((epochs ?? steps) === undefined)
    invalid(
      'epochs',
      'found nothing; training needs it: use "epochs": { "to": 100, "points": 30, "scale": "log" }, a list, or "steps"',
    );
  const hasDense = network.widths
    ? network.widths.length > 2
    : network.layers?.slice(0, -1).some((layer) => 'dense' in layer);
  if (batchNorm && batch === 1 && hasDense)
    invalid(
      'batch',
      'found 1; batch normalisation of one example leaves nothing of it: use 2 or more, such as 32',
    );
  if (feedback && 'draw' in feedback && feedback.draw === 'ideal')
    invalid('feedback.draw', 'found "ideal"; it is a limit that theory takes: use "orthogonal" or "normal"');
}

export function requireDraws({ feedback, data }: ResolvedDeepProblem, redraw: readonly DeepPart[]): void {
  const drawn = {
    feedback: feedback !== undefined && 'seed' in feedback,
    data: 'seed' in data && data.seed !== undefined,
  };
  for (const part of redraw)
    if (!drawn[part])
      refuse(
        'redraw',
        `the problem does not draw its ${part}: found ${show(part === 'data' ? data : feedback)}; give it a "seed", or leave it out of redraw`,
      );
}

/** WebAssembly's addresses have 32 bits; what is kept in all is refused before it is tried. */
const MOST_FOR_ONE = 3.5 * 2 ** 30;
const MOST_KEPT = 4 * 2 ** 30;

export function requireMemory(
  problem: ResolvedDeepProblem,
  shapes: readonly LayerShape[],
  { train }: TrainingData,
  { runs, threads, cosine, redraw }: DeepSimulationSettings,
  times: number,
): void {
  const batch = Math.max(LOOK, problem.batch === 'all' ? train.count : problem.batch);
  const weights = shapes.reduce((sum, { rows, fanIn }) => sum + rows * fanIn, 0);
  const perExample = shapes.reduce(
    (sum, shape) => sum + 5 * fieldsOf(shape) + 4 * shape.units,
    2 * train.inputs,
  );
  const one = 4 * (batch * perExample + 4 * weights);
  if (one > MOST_FOR_ONE)
    invalid(
      'batch',
      `found ${show(problem.batch)}; ${train.count} examples of this network take ${bytes(one)} at once, and at most ${bytes(MOST_FOR_ONE)} is used: use smaller batches, or fewer examples in data.train`,
    );
  const kept = 4 * weights * runs * (cosine === 'all' ? times : 1) + 12 * weights * runs;
  if (kept > MOST_KEPT)
    refuse(
      cosine === 'all' ? 'cosine' : 'runs',
      `the weights of all runs take ${bytes(kept)}, and at most ${bytes(MOST_KEPT)} is kept; use fewer runs${cosine === 'all' ? ', fewer times, or cosine "end"' : ''}`,
    );
  const data = redraw.includes('data') ? 4 * train.x.length * runs : 0;
  if (data + threads * one > 4 * MOST_KEPT)
    refuse(
      'runs',
      `the data and the networks at work take ${bytes(data + threads * one)}; use fewer runs or threads`,
    );
}

const bytes = (n: number): string =>
  n < 2 ** 30 ? `${Math.ceil(n / 2 ** 20)} MiB` : `${(n / 2 ** 30).toPrecision(3)} GiB`;
