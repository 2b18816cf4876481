// Measures what each figure's pieces of work cost, for the progress of `alignode reproduce`; writes
// src/figures/costs.ts anew.
//     npm run costs [-- --full] [-- FIGURE ...]
// Costs are in seconds of CPU, so that other work on the machine matters little. All figures take minutes, and hours
// with --full. If only some figures are measured, the others keep their costs, and the new seconds are converted to
// those of the machine of the table.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { yardstick } from '../build/cli/yardstick.js';
import { costs, figures, workshop, yardstickThen } from '../build/figures/index.js';

const TABLE = fileURLToPath(new URL('../src/figures/costs.ts', import.meta.url));
const machine = { backend: 'cpu', threads: 2 };
const { values, positionals } = parseArgs({
  options: { full: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const size = values.full ? 'full' : 'quick';
const asked = figures.filter(({ name }) => positionals.length === 0 || positionals.includes(name));

/** Seconds of CPU of this process and its threads. */
const spent = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
/** A workshop that runs one piece at a time: otherwise the seconds could not be assigned to pieces. */
function inTurns(shop, found) {
  let last = Promise.resolve();
  const measured = (name, work) => async (bench) => {
    const cost = { piece: name, seconds: 0 };
    found.push(cost);
    const before = last;
    const { promise, resolve } = withResolvers();
    last = promise;
    await before;
    const begin = spent();
    // What trains students names their settings for the manifest.
    const note = (...facts) => {
      cost.threads = true;
      bench.note(...facts);
    };
    const students =
      (how) =>
      (...order) => {
        cost.threads = true;
        return how(...order);
      };
    try {
      return await work({
        ...bench,
        note,
        simulate: students(bench.simulate),
        train: students(bench.train),
        plearn: students(bench.plearn),
      });
    } finally {
      cost.seconds = spent() - begin;
      resolve();
    }
  };
  return { ...shop, piece: (name, inputs, work) => shop.piece(name, inputs, measured(name, work)) };
}

function withResolvers() {
  let resolve;
  const promise = new Promise((yes) => {
    resolve = yes;
  });
  return { promise, resolve };
}

/** What a figure costs: its pieces, and what it does beside them. */
async function measure({ make }) {
  const found = [];
  const begin = spent();
  await make(inTurns(workshop({ size, machine }), found));
  const rest = spent() - begin - found.reduce((sum, { seconds }) => sum + seconds, 0);
  return [...found, { piece: 'drawing', seconds: rest }];
}

function write(table, then) {
  const text = `import type { Size } from './types.ts';

/** What a piece of work costs, in seconds of a CPU; "drawing" is what a figure does beside its pieces. */
export interface Cost {
  piece: string;
  seconds: number;
  /** Whether all threads share it. */
  threads?: true;
}

/** The pieces of each figure, in the order in which they are asked for. Written by \`npm run costs\`. */
export const costs: { readonly [size in Size]?: { readonly [figure: string]: readonly Cost[] } } = ${literal(table)};

/** Seconds that the yardstick of \`alignode reproduce\` took on the same machine. */
export const yardstickThen = ${then};
`;
  writeFileSync(TABLE, text);
}

/** In the formatter's style: one line for each piece. */
function literal(table) {
  const cost = ({ piece, seconds, threads }) =>
    `      { piece: '${piece}', seconds: ${Number(seconds.toPrecision(3))}${threads ? ', threads: true' : ''} },`;
  const figure = ([name, some]) =>
    `    ${/^[a-z]+$/i.test(name) ? name : `'${name}'`}: [\n${some.map(cost).join('\n')}\n    ],`;
  const ofSize = ([name, some]) => `  ${name}: {\n${Object.entries(some).map(figure).join('\n')}\n  },`;
  return `{\n${Object.entries(table).map(ofSize).join('\n')}\n}`;
}

const here = Number(yardstick(() => 1000 * spent()).toPrecision(3));
const anew = positionals.length === 0;
const then = anew ? here : yardstickThen;
const table = { ...costs, [size]: anew ? {} : { ...costs[size] } };
for (const figure of asked) {
  const found = await measure(figure);
  table[size][figure.name] = found.map((cost) => ({ ...cost, seconds: (cost.seconds * then) / here }));
  write(table, then);
  console.error(`${figure.name}: ${found.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(1)} s`);
}
