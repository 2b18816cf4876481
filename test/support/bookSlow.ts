/**
 * A command of the pages that is not run as it is printed, because it takes long, or needs a network, a browser or a GPU.
 * Nothing else belongs here. `command` is the line as printed, without the remark after it.
 */
export type SlowCommand = { command: string; why: string } & (
  | {
      /** What the test runs in its place, in the same folder. */
      instead: string;
    }
  | {
      /** It is started as printed, must print a line that matches, and is then stopped by Ctrl-C. */
      starts: RegExp;
    }
  | {
      /** Where it is run, whole or in part, and words there that show it. */
      elsewhere: { file: string; says: string };
    }
);

export const slowCommands: readonly SlowCommand[] = [
  // README.md
  {
    command: 'npm ci && npm run reproduce',
    why: 'needs the network, and takes minutes',
    elsewhere: { file: '.ci/run', says: '\nnpm run reproduce ' },
  },
  {
    command: 'npm ci && npm test',
    why: 'needs the network, and these tests are part of it',
    elsewhere: { file: '.ci/run', says: '\nnpm test ' },
  },
  // README.md, docs/networks.md
  {
    command: 'npx alignode simulate examples/mnist-dfa.json --runs 10 --out runs.json',
    why: 'needs MNIST, and takes a minute',
    instead:
      'sed \'s/"mnist", "pixels": 14/"digits", "pixels": 4/; s/196/16/; s/"to": 10/"to": 1/\' examples/mnist-dfa.json | npx alignode simulate - --runs 2 --out runs.json',
  },
  // docs/figures.md
  {
    command: 'npm run reproduce -- --full',
    why: 'takes hours, and builds',
    instead:
      "node test/support/bookStart.mjs '^reproduce [0-9]+%, 2a .1 of 14.: one trained' 'npx alignode reproduce all --full --out full'",
  },
  // docs/notebooks.md
  {
    command: 'npm ci && npm run notebooks',
    why: 'needs the network, and opens a browser',
    elsewhere: { file: 'test/notebooks/command.slow.test.ts', says: "'starts Jupyter in their folder" },
  },
  {
    command: 'npm run notebooks:run',
    why: 'takes a minute',
    elsewhere: { file: 'test/notebooks/run.slow.test.ts', says: 'has the outputs that are stored' },
  },
  // docs/data.md
  {
    command: 'npx alignode data get mnist',
    why: 'needs the network',
    elsewhere: { file: 'test/cli/data.test.ts', says: "alignode('data', 'get', 'mnist'" },
  },
  // docs/gpu.md
  {
    command: 'npx alignode simulate examples/students-k2m2.json --N 500 --runs 4096 --backend gpu',
    why: 'needs a GPU',
    instead: 'npx alignode simulate examples/students-k2m2.json --N 20 --runs 4 > students.csv',
  },
  // docs/performance.md
  {
    command: 'npm run bench',
    why: 'takes minutes, and builds',
    instead: "node test/support/bookStart.mjs '^node v' 'node --expose-gc bench/theory.mjs'",
  },
  {
    command: 'npm run bench:simulation',
    why: 'takes minutes, and builds',
    instead: "node test/support/bookStart.mjs '^node v' 'node --expose-gc bench/simulation.mjs'",
  },
  {
    command: 'npm run bench:gpu',
    why: 'needs a GPU',
    instead: 'node --expose-gc bench/gpu.mjs --help',
  },
  // docs/explore.md, README.md
  {
    command: 'npx alignode explore',
    why: 'serves until it is stopped',
    starts: /^http:\/\/127\.0\.0\.1:\d+\/$/,
  },
  {
    command: 'npm run build:web',
    why: 'builds the page and the book',
    elsewhere: { file: 'test/scripts/site.test.ts', says: 'is the page with the book below it' },
  },
  {
    command: 'npm run bench:explore',
    why: 'takes minutes, and builds',
    instead: 'node bench/explore.mjs --help',
  },
  {
    command: 'node scripts/pack-gpu.mjs',
    why: 'packs what the machine has installed, Node and the Vulkan loader',
    instead: 'node --check scripts/pack-gpu.mjs',
  },
  {
    command: 'sh gpu-pack/run-gpu.sh',
    why: 'needs a GPU, and what the command before it packs',
    instead: 'sh -n scripts/run-gpu.sh',
  },
];
