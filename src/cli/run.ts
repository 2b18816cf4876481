import { parseArgs } from 'node:util';
import { AlignodeError, type ErrorCode } from '../support/error.ts';
import { meaning, noSuch } from '../support/nearest.ts';
import { version } from '../support/version.ts';
import { type Command, EXIT, type World } from './command.ts';
import { outputFault } from './files.ts';
import { type Flag, optionsOf } from './flags.ts';
import { helpOf } from './help.ts';
import { say } from './say.ts';

interface Entry {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** A command loads what it needs, and nothing that others need. */
  load: () => Promise<Command>;
}

/** Every command, in the order of the help. */
const commands: readonly Entry[] = [
  {
    name: 'integrate',
    summary: 'the learning curve of a problem, from theory',
    load: async () => (await import('./integrate.ts')).integrateCommand,
  },
  {
    name: 'simulate',
    summary: 'students or networks trained on a problem, and the mean of their curves',
    load: async () => (await import('./simulate.ts')).simulateCommand,
  },
  {
    name: 'compare',
    summary: 'theory against students, and whether they agree',
    load: async () => (await import('./compare.ts')).compareCommand,
  },
  {
    name: 'plearn',
    summary: 'how often random feedback lets a relu student learn',
    load: async () => (await import('./plearn.ts')).plearnCommand,
  },
  {
    name: 'reproduce',
    summary: "the papers' figures and ours, as a gallery with data and verdicts",
    load: async () => (await import('./reproduce.ts')).reproduceCommand,
  },
  {
    name: 'data',
    summary: 'which data sets there are and where; fetches them',
    load: async () => (await import('./data.ts')).dataCommand,
  },
  {
    name: 'explore',
    summary: 'a page to explore curves in, and the book, for a browser',
    load: async () => (await import('./explore.ts')).exploreCommand,
  },
  {
    name: 'doctor',
    summary: 'whether this installation computes what it should',
    load: async () => (await import('./doctor.ts')).doctor,
  },
];

const HELP = `alignode ${version}: learning curves of two-layer and deep linear networks, by back-propagation and feedback alignment

Usage
  alignode COMMAND [options]

Commands
${commands.map(({ name, summary }) => `  ${name.padEnd(11)}${summary}`).join('\n')}

  alignode COMMAND --help    what a command does, with examples
  alignode --version         the version

Results go to standard output, or to the file that --out names; everything else goes to standard error.
Exit codes: 0 done, 1 a run failed, 2 the command line or the problem is at fault.
`;

/** Faults of the run itself; every other error is the user's command line, problem or file. */
const RUN_FAULTS: readonly ErrorCode[] = [
  'diverged',
  'not-finite',
  'too-many-steps',
  'not-positive',
  'interrupted',
  'no-convergence',
  'not-available',
  'output',
];

export async function run(args: string[], world: World): Promise<number> {
  // A reader that stops early (`| head`) is not an error.
  world.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') complain(world, `standard output: ${outputFault(error)}`);
    process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.failed);
  });
  const [name, ...rest] = args;
  if (name === undefined) {
    world.stderr.write(HELP);
    return EXIT.usage;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    world.stdout.write(HELP);
    return EXIT.done;
  }
  if (name === '--version' || name === '-v') {
    world.stdout.write(`${version}\n`);
    return EXIT.done;
  }
  const entry = commands.find((c) => c.name === name);
  if (!entry) {
    const names = commands.map((c) => c.name);
    return complain(world, `${noSuch('command', name, names)} (alignode --help)`);
  }
  let flags: readonly Flag[] = [];
  try {
    const command = await entry.load();
    flags = command.flags;
    const { values, positionals } = parseArgs({
      args: joinNegative(rest),
      options: { ...optionsOf(flags), help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    if (values.help) {
      world.stdout.write(helpOf(name, command));
      return EXIT.done;
    }
    const wrong = wrongCount(name, command, positionals);
    if (wrong !== undefined) return complain(world, wrong);
    return await command.run(values as Record<string, string | boolean>, positionals, world);
  } catch (error) {
    if (error instanceof AlignodeError) {
      complain(world, error.message);
      return RUN_FAULTS.includes(error.code) ? EXIT.failed : EXIT.usage;
    }
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
      return complain(world, `${inWords(error, flags)} (alignode ${name} --help)`);
    throw error;
  }
}

/** What parseArgs found wrong with the command line. */
function inWords({ message }: Error, flags: readonly Flag[]): string {
  const [fault] = message.split('. ');
  const unknown = /^Unknown option '--(.+)'$/.exec(fault)?.[1];
  if (unknown === undefined) return fault;
  const names = flags.flatMap(({ flag, help }) => (help === undefined ? [] : [flag]));
  return `${fault}${meaning(unknown, names, '--')}`;
}

/** `--seed -5` means `--seed=-5`: no option begins with a digit. */
function joinNegative(args: string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const before = joined.at(-1);
    if (/^-\.?\d/.test(arg) && before !== undefined && /^--[^=]+$/.test(before))
      joined[joined.length - 1] = `${before}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}

function complain(world: World, message: string): number {
  say(world, message);
  return EXIT.usage;
}

function wrongCount(
  name: string,
  { positionals: wanted, further }: Command,
  found: string[],
): string | undefined {
  const usage = `alignode ${[name, ...wanted].join(' ')}${further ? ` [${further} ...]` : ''} [options]`;
  if (found.length < wanted.length) return `${wanted[found.length]} is missing; use: ${usage}`;
  if (found.length > wanted.length && further === undefined)
    return `"${found[wanted.length]}" is one argument too many; use: ${usage}`;
  return undefined;
}
