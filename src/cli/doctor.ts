import { release } from 'node:os';
import { threefry4x32 } from '../random/index.ts';
import { erf, relu } from '../shallow/gaussian/index.ts';
import { layoutOf, resolveProblem } from '../shallow/problem/index.ts';
import { type AdapterReport, surveyGpus } from '../shallow/students/gpu/index.ts';
import { backends, type StudentKind } from '../shallow/students/index.ts';
import { integrate } from '../shallow/theory/index.ts';
import { version } from '../support/version.ts';
import { type Command, EXIT, type World } from './command.ts';
import { pngRenderer } from './png.ts';
import { quietSurvey } from './quietSurvey.ts';
import { printable } from './say.ts';

interface Check {
  readonly name: string;
  /** What was found, and whether it is right. */
  run(): { ok: boolean; found: string };
}

const close = (found: number, expected: number, tolerance: number): { ok: boolean; found: string } => {
  const error = Math.abs(found / expected - 1);
  return {
    ok: error <= tolerance,
    found: `${found} (off by ${error.toExponential(1)}, allowed ${tolerance})`,
  };
};

const OLDEST = [20, 19];

const CHECKS: readonly Check[] = [
  {
    name: `Node.js ${OLDEST.join('.')} or later`,
    run: () => {
      const [major, minor] = process.versions.node.split('.').map(Number);
      return {
        ok: major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]),
        found: process.versions.node,
      };
    },
  },
  {
    name: 'random numbers: Threefry4x32-13, known answer of Random123',
    run: () => {
      const out = new Uint32Array(4);
      threefry4x32(0, 0, 0, 0, 0, 0, out, 0);
      const found = Array.from(out, (x) => x.toString(16).padStart(8, '0')).join(' ');
      return { ok: found === '531c7e4f 39491ee5 2c855a92 3d6abf9a', found };
    },
  },
  {
    name: 'erf averages: I4 of four equal fields of variance 1',
    // (4/π²) asin(1/4) / √3: two tilts leave a variance of 1/3.
    run: () =>
      close(erf.I4([[1]], 0, 0, 0, 0), ((4 / Math.PI ** 2) * Math.asin(1 / 4)) / Math.sqrt(3), 1e-13),
  },
  {
    name: 'relu averages: I4 of four independent fields, 1/(8π)',
    run: () => {
      const C = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => (i === j ? 1 : 0)));
      return close(relu.I4(C, 0, 1, 2, 3), 1 / (8 * Math.PI), 1e-13);
    },
  },
  {
    name: 'students: the WebAssembly kernel against the readable students, overlaps after 1000 steps',
    run: () => {
      const missing = backends.cpu.trained.missing({ activation: 'erf', rule: 'dfa' });
      if (missing !== undefined) return { ok: false, found: missing };
      const worst = Math.max(kernelError('trained'), kernelError('projected'));
      return { ok: worst < 1e-12, found: `off by ${worst.toExponential(1)}, allowed 1e-12` };
    },
  },
  {
    name: 'integration: a linear student, whose error is exp(−2ηα)/2 times a quadratic rate',
    // K = M = 1, first layer only, v = A = 1: d eg/dα = (−2η + η²) eg.
    run: () => {
      const eta = 0.5;
      const curve = integrate({
        activation: 'linear',
        rule: 'bp',
        learningRate: eta,
        trainSecondLayer: false,
        teacher: { T: [[1]], A: [1] },
        student: { Q: [[0]], R: [[0]], v: [1] },
        alpha: [10],
      });
      return close(curve.eg[0], 0.5 * Math.exp((eta * eta - 2 * eta) * 10), 1e-6);
    },
  },
];

function kernelError(student: StudentKind): number {
  const problem = resolveProblem({
    activation: 'erf',
    rule: 'dfa',
    learningRate: 0.5,
    noise: 0.1,
    teacher: { draw: { M: 2, N: 50, seed: 1 } },
    student: { draw: { K: 3, N: 50, sigma: 0.5, seed: 2 } },
    feedback: { draw: 'normal', seed: 3 },
    alpha: [20],
  });
  const [fast, slow] = ['cpu', 'reference'].map((name) => {
    const batch = backends[name][student].start([problem], 50, [4]);
    const y = new Float64Array(layoutOf(problem).size);
    batch.advance(1000);
    batch.read(0, y);
    return y;
  });
  return fast.reduce((most, x, i) => Math.max(most, Math.abs(x - slow[i])), 0);
}

function describe(
  { name, driver, software, features, limits, subgroupSize, test, took }: AdapterReport,
  softwareAlone: string | undefined,
): string {
  const MiB = 2 ** 20;
  return [
    `${test.ok ? 'ok    ' : 'FAILED'}  GPU: ${name}${software ? ', which computes on the CPU (--allow-software)' : ''}: overlaps of five students off by ${test.worst.toPrecision(2)} of what is allowed`,
    `        driver ${driver || 'unnamed'}; opened and tested in ${(took / 1000).toFixed(1)} s`,
    `        ${limits.bufferBytes / MiB} MiB a buffer, ${limits.workgroupBytes} bytes and ${limits.workgroupThreads} threads a workgroup, ${subgroupSize > 1 ? `subgroups of ${subgroupSize}` : 'no use of subgroups'}`,
    `        features in use: ${features.join(', ') || 'none'}`,
    ...(softwareAlone === undefined
      ? []
      : [`        it is in software, for tests; there is no other: ${softwareAlone}`]),
  ].join('\n');
}

/** Whether figures can be had as PNG. */
async function lookAtPictures(): Promise<string> {
  const png = await pngRenderer();
  if ('missing' in png) return `none    pictures: ${png.missing}`;
  const letter = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><text y="9">α</text></svg>';
  png.draw(letter);
  return 'ok      pictures: SVG and PNG';
}

export const doctor: Command = {
  title: 'whether this installation computes what it should',
  about: [
    'Recomputes known answers of every part on this machine and says which fail; then the same on every GPU found, with what is to ' +
      'be known of it. Exit code 1 if one fails. A machine without a GPU is a sound one: students are trained on its CPU.',
  ],
  flags: [
    {
      flag: 'verbose',
      key: 'verbose',
      help: 'also what the Vulkan loader and the drivers of GPUs write themselves, on standard error',
    },
  ],
  examples: ['alignode doctor', 'alignode doctor --verbose'],
  positionals: [],
  async run(values, _positionals, world: World) {
    world.stdout.write(`alignode ${version}, ${process.platform} ${release()} ${process.arch}\n`);
    let sound = true;
    for (const { name, run } of CHECKS) {
      const { ok, found } = run();
      sound &&= ok;
      world.stdout.write(`${ok ? 'ok    ' : 'FAILED'}  ${name}: ${found}\n`);
    }
    const { adapters, troubles, softwareAlone } = await (values.verbose ? surveyGpus() : quietSurvey());
    for (const [place, adapter] of adapters.entries()) {
      sound &&= adapter.test.ok;
      const why = place === adapters.length - 1 ? softwareAlone : undefined;
      world.stdout.write(`${describe(adapter, why).split('\n').map(printable).join('\n')}\n`);
    }
    for (const trouble of troubles) world.stdout.write(`none    GPU: ${printable(trouble)}\n`);
    world.stdout.write(`${await lookAtPictures()}\n`);
    world.stdout.write(
      sound ? 'All is well.\n' : 'Something is wrong with this installation: install it again with npm ci.\n',
    );
    return sound ? EXIT.done : EXIT.failed;
  },
};
