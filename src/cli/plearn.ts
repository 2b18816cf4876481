import { plearnHtml } from '../report/pages/index.ts';
import { plearnInWords, plearnToCsv, plearnToJson } from '../report/tables/index.ts';
import { type PLearn, type PLearnOptions, plearn } from '../shallow/plearn/index.ts';
import { howMany } from '../support/howMany.ts';
import { type Command, EXIT, type Values, type World } from './command.ts';
import { writeResult } from './files.ts';
import { type Flag, named, number, readFlags } from './flags.ts';
import { checkReport, plotlySource, reportFlag } from './htmlReport.ts';
import { interruptible } from './interrupt.ts';
import { chooseOutput, type Format, outputFlags } from './output.ts';
import { progress } from './progress.ts';
import { say } from './say.ts';
import { machineFlags } from './simulationOptions.ts';

const FORMATS: Record<Format, (found: PLearn) => Iterable<string>> = { csv: plearnToCsv, json: plearnToJson };

/** "3", "2,3,5", "2..10", and both together. */
function range(text: string): unknown {
  const parts = text.split(',').flatMap((part) => {
    const ends = /^\s*(\d+)\s*\.\.\s*(\d+)\s*$/.exec(part)?.slice(1).map(Number);
    if (!ends) return [number(part)];
    // So few that a message can name them all.
    return ends[1] >= ends[0] && ends[1] - ends[0] < 1000
      ? Array.from({ length: ends[1] - ends[0] + 1 }, (_, i) => ends[0] + i)
      : [part];
  });
  return parts.length === 1 ? parts[0] : parts;
}

/** The options of `plearn`. */
const FLAGS: readonly (Flag & { key: keyof PLearnOptions })[] = [
  { flag: 'K', key: 'K', value: 'LIST', read: range, help: 'student units: 3, or 2,3,5, or 2..10' },
  {
    flag: 'M',
    key: 'M',
    value: 'NUMBER',
    read: number,
    help: 'teacher units, with orthonormal directions and output weights 1, or −1 for --negative of them',
  },
  {
    flag: 'negative',
    key: 'negative',
    value: 'NUMBER',
    read: number,
    help: 'how many teacher units have the output weight −1; 0 if not given',
  },
  {
    flag: 'runs',
    key: 'runs',
    value: 'NUMBER',
    read: number,
    help: 'students for each K, each with a start, feedback and inputs of its own; 50 if not given, 0 for the formula alone',
  },
  { flag: 'N', key: 'N', value: 'NUMBER', read: number, help: 'the input dimension; 500 if not given' },
  {
    flag: 'seed',
    key: 'seed',
    value: 'NUMBER',
    read: number,
    help: 'from which all random numbers follow; 1 if not given',
  },
  {
    flag: 'student',
    key: 'student',
    value: 'KIND',
    help: 'trained (if not given), or projected: the same law, thirty times as fast or more',
  },
  { flag: 'learning-rate', key: 'learningRate', value: 'X', read: number, help: '0.1 if not given' },
  {
    flag: 'noise',
    key: 'noise',
    value: 'X',
    read: number,
    help: 'the standard deviation of the label noise; 0 if not given (with noise, give --learned too)',
  },
  {
    flag: 'sigma',
    key: 'sigma',
    value: 'X',
    read: number,
    help: 'the standard deviation of every weight at the start; 0.01 if not given',
  },
  {
    flag: 'alpha',
    key: 'alpha',
    value: 'X',
    read: number,
    help: 'the last time; 1000/learning rate if not given',
  },
  { flag: 'learned', key: 'learned', value: 'X', read: number, help: '0.0001 if not given' },
  {
    flag: 'patience',
    key: 'patience',
    value: 'X',
    read: number,
    help: '100/learning rate if not given; with that of --alpha nobody is ever stuck',
  },
];
const ALL: readonly Flag[] = [...FLAGS, ...machineFlags];

export const plearnCommand: Command = {
  title: 'how often random feedback lets a relu student learn by DFA',
  about: [
    'For each K: P(learn) by the signs of the feedback F (column exact), and students who were trained until they had learned or ' +
      'were stuck. Relu units cannot change the sign of what they send on and DFA aligns it with F, so at least as many ' +
      "components of F as of the teacher's output weights must be positive, and as many negative. A student has learned when its " +
      'test error is below --learned of that at the start; it is stuck when F has too few components of a sign and its error, ' +
      'after --patience, has not fallen by a tenth while the time doubled; whoever is neither at --alpha is undecided, and ' +
      'counted both ways in the 99% interval (low, high). Ctrl-C keeps the students who were finished.',
  ],
  flags: [...ALL, reportFlag, ...outputFlags],
  needs: '--K 2..10 --M 2',
  examples: [
    'alignode plearn --K 2..10 --M 2 --runs 0',
    'alignode plearn --K 3 --M 2 --student projected --runs 200',
    'alignode plearn --K 2..6 --M 2 --negative 1 --student projected --html plearn.html --out plearn.json',
  ],
  positionals: [],
  run,
};

async function run(values: Values, _: string[], world: World): Promise<number> {
  const output = chooseOutput(values, world);
  const html = values.html as string | undefined;
  if (html !== undefined) checkReport(html, values.out as string | undefined);
  const options = readFlags(ALL, values);

  return interruptible(world, async (signal) => {
    const found = await plearnInView({ ...options, signal } as unknown as PLearnOptions, world);
    const some = found.points.some(({ runs }) => runs > 0) || found.settings.runs === 0;
    if (some) {
      await output.write(FORMATS[output.format](found), signal);
      if (html !== undefined) await writeResult(html, [plearnHtml(found, plotlySource())], signal);
    }
    const lines = [
      ...found.notes,
      ...plearnInWords(found),
      ...faults(found, some ? `they are ${output.place}` : 'nothing was written'),
    ];
    for (const line of lines) say(world, line);
    return found.complete ? EXIT.done : EXIT.failed;
  });
}

function faults({ complete, failed, points, settings }: PLearn, place: string): string[] {
  if (complete) return [];
  const finished = points.reduce((sum, { runs }) => sum + runs, 0);
  const asked = settings.runs * settings.K.length;
  const lines = [
    `${finished} of ${asked} students were finished; ${place}; whoever learns fast is finished first, so these are no fair sample`,
  ];
  if (failed.length > 0)
    lines.push(
      `${howMany(failed.length, 'student')} could not be trained, the first with K = ${failed[0].K} (${failed[0].reason}); try again with fewer --threads, or with a smaller --N if memory is short`,
    );
  return lines;
}

/** Runs `plearn` with one progress bar for all K, and with errors in the words of the command line. */
async function plearnInView(options: PLearnOptions, world: World): Promise<PLearn> {
  const bar = progress(world, 'plearn');
  /** The steps of each point so far. */
  const done: number[] = [];
  try {
    return await plearn({
      ...options,
      onProgress: ({ K, part, parts, fraction, steps, finishedRuns, runs }) => {
        done[part - 1] = steps;
        bar.update(
          fraction,
          done.reduce((sum, some) => sum + some, 0),
          `${part} of ${parts}: K = ${K}, ${finishedRuns} of ${runs} students`,
        );
      },
    });
  } catch (error) {
    throw named(ALL, error);
  } finally {
    bar.end();
  }
}
