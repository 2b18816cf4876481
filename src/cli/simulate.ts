import { isDeep } from '../deep/problem/index.ts';
import type { Command, Values, World } from './command.ts';
import { readProblem } from './files.ts';
import { interruptible } from './interrupt.ts';
import { bothFlags, refuseOthers } from './networkOptions.ts';
import { chooseOutput, outputFlags } from './output.ts';
import { simulateNetworks } from './simulateNetworks.ts';
import { simulateStudents } from './simulateStudents.ts';

export const simulateCommand: Command = {
  title: 'students or networks trained on a problem, and the mean of their learning curves',
  about: [
    'A problem with the key "network" is a deep one, of networks on data; any other is one of two layers.',
    'PROBLEM.json may be "-", standard input, and may be an output of this program: the problem in it is simulated.',
    'The result is the mean over the runs with its standard errors, alignments among them; as JSON, every single run too.',
    'Ctrl-C stops at once and keeps the runs that were finished; a GPU finishes them by the batch, thousands together. Of ' +
      'networks, with --out FILE, the unfinished ones are kept too, in the folder FILE.parts: --resume goes on with them.',
  ],
  flags: [...bothFlags, ...outputFlags],
  examples: [
    'alignode simulate examples/students-k2m2.json --runs 20',
    'alignode simulate examples/students-k2m2.json --N 100 --runs 50 --seed 7 --out runs.json',
    'alignode simulate examples/students-k2m2.json --runs 10 --student projected --redraw student | head -20',
    'alignode simulate examples/digits-dfa.json --runs 5 --out digits.csv --save networks',
    'alignode simulate examples/mnist-dfa.json --runs 10 --out runs.json',
  ],
  positionals: ['PROBLEM.json'],
  run,
};

async function run(values: Values, [path]: string[], world: World): Promise<number> {
  const output = chooseOutput(values, world);
  const problem = readProblem(path, world);
  const deep = isDeep(problem);
  refuseOthers(values, deep ? 'networks' : 'two layers');
  const work = (deep ? simulateNetworks : simulateStudents)(values, problem, output, world);
  return interruptible(world, work);
}
