import type { DeepCurves, DeepSimulation } from '../../deep/networks/index.ts';
import { version } from '../../support/version.ts';

/** A column of each of the curves: its name, and its value at a time. */
type Column = readonly [name: string, value: (curves: DeepCurves, i: number) => number];

/**
 * The mean of networks in training and its standard errors as CSV, line by line: `#` lines with the manifest, as for two
 * layers; epoch and step; the columns of a deep curve from theory, then accuracies, the alignment of single examples and
 * the size of updates; those of `stderr` under the same names with a prefix; and the cosine between runs where it was
 * asked for.
 */
export function* deepSimulationToCsv(simulation: DeepSimulation): Generator<string> {
  const { epoch, step, mean, stderr, weightCosine, settings } = simulation;
  yield `# alignode ${version}\n`;
  for (const [name, value] of Object.entries(manifest(simulation)))
    yield `# ${name} ${JSON.stringify(value)}\n`;
  const columns = columnsOf(mean.weightAlignment.layers[0].length);
  const names = columns.map(([name]) => name);
  const compared = settings.cosine !== 'none';
  yield `${[
    'epoch',
    'step',
    ...names,
    ...names.map((name) => `stderr_${name}`),
    ...(compared ? ['weight_cosine', 'stderr_weight_cosine'] : []),
  ].join(',')}\n`;
  for (let i = 0; i < epoch.length; i++) {
    const row = [epoch[i], step[i]];
    for (const curves of [mean, stderr]) for (const [, value] of columns) row.push(value(curves, i));
    if (compared) {
      const at = weightCosine?.index.indexOf(i) ?? -1;
      row.push(weightCosine?.total[at] ?? Number.NaN, weightCosine?.stderr[at] ?? Number.NaN);
    }
    yield `${row.join(',')}\n`;
  }
}

/** What made the numbers, and what became of every run: with a seed of `seeds` a run can be repeated alone. */
function manifest({ problem, settings, runs, perRun, failed }: DeepSimulation): Record<string, unknown> {
  return {
    problem,
    settings,
    runs,
    seeds: perRun.map(({ seed }) => seed),
    diverged: perRun.flatMap(({ run, seed, diverged }) => (diverged ? [{ run, seed, ...diverged }] : [])),
    failed,
  };
}

/** `L` layers. What the output layer or the first has not is left out. */
function columnsOf(L: number): Column[] {
  const hidden = Array.from({ length: L - 1 }, (_, i) => i + 1);
  const all = [...hidden, L];
  return [
    ['train_loss', ({ trainLoss }, i) => trainLoss[i]],
    ['test_loss', ({ testLoss }, i) => testLoss[i]],
    ...hidden.map(
      (l): Column => [`weight_alignment_${l + 1}`, ({ weightAlignment }, i) => weightAlignment.layers[i][l]],
    ),
    ['weight_alignment', ({ weightAlignment }, i) => weightAlignment.total[i]],
    ...hidden.map(
      (l): Column => [
        `gradient_alignment_${l}`,
        ({ gradientAlignment }, i) => gradientAlignment.layers[i][l - 1],
      ],
    ),
    ['gradient_alignment', ({ gradientAlignment }, i) => gradientAlignment.total[i]],
    ['train_accuracy', ({ trainAccuracy }, i) => trainAccuracy[i]],
    ['test_accuracy', ({ testAccuracy }, i) => testAccuracy[i]],
    ...hidden.map(
      (l): Column => [`example_alignment_${l}`, ({ exampleAlignment }, i) => exampleAlignment.mean[i][l - 1]],
    ),
    ...hidden.map(
      (l): Column => [
        `example_deviation_${l}`,
        ({ exampleAlignment }, i) => exampleAlignment.deviation[i][l - 1],
      ],
    ),
    ...all.map((l): Column => [`update_norm_${l}`, ({ updateNorm }, i) => updateNorm[i][l - 1]]),
  ];
}
