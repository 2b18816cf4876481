import { join } from 'node:path';
import { AlignodeError } from '../support/error.ts';
import { refuse } from '../support/options.ts';
import { BOOK } from './book.ts';
import { type Command, EXIT, type Values, type World } from './command.ts';
import { untilInterrupted } from './interrupt.ts';
import { packageFolder } from './packageFolder.ts';
import { say } from './say.ts';
import type { Served } from './serve/files.ts';
import { listenOnFirst, stop } from './serve/listen.ts';
import { BOOK_POLICY, PAGE_POLICY } from './serve/policies.ts';
import { HOST, staticServer } from './serve/server.ts';
import { isBuilt } from './site.ts';

const FIRST_PORT = 6230;
/**
 * The ports that are tried if none is asked for: always the same one first, so that links made on one day open on the
 * next. The last one stands for any that is free.
 */
export const PORTS: readonly number[] = [...Array.from({ length: 20 }, (_, i) => FIRST_PORT + i), 0];

/** Where `npm run build` puts the explore page. */
const PAGE = join(packageFolder, 'dist/web');

export const exploreCommand: Command = {
  title: 'the explore page and the book, for a browser on this machine',
  about: [
    'Serves the page and, where npm run docs has built it, the book, to this machine alone; nothing is asked of any network.',
    'The address is the one line on standard output: open it in a browser. Ctrl-C ends it at once, with exit code 0.',
  ],
  flags: [
    {
      flag: 'port',
      key: 'port',
      value: 'NUMBER',
      help: `the port, from 1 to 65535, or 0, one that is free (if not given, ${FIRST_PORT} or the next that is free)`,
    },
  ],
  examples: ['alignode explore', 'alignode explore --port 8080'],
  positionals: [],
  run: async (values, _positionals, world) => {
    const code = await explore(values, world, { page: PAGE, book: BOOK });
    // npx passes on a signal that has already arrived: while Node shuts down, which takes a while, that would kill a
    // process that has ended well.
    process.once('beforeExit', () => process.exit());
    return code;
  },
};

/** Serves until Ctrl-C, the regular way to end it. */
export async function explore(
  values: Values,
  world: World,
  folders: Folders,
  usual: readonly number[] = PORTS,
): Promise<number> {
  const ports = values.port === undefined ? usual : [readPort(values.port as string)];
  if (!isBuilt(folders.page))
    throw new AlignodeError(
      'not-available',
      `${folders.page}: the page is not there; npm run build makes it`,
    );
  const interrupted = untilInterrupted(world);
  const server = staticServer(servedFrom(folders));
  const port = await listenOnFirst(server, ports);
  world.stdout.write(`http://${HOST}:${port}/\n`);
  if (ports[0] !== 0 && port !== ports[0])
    say(world, `port ${ports[0]}, where links made before lead, is in use; this is another`);
  say(world, 'open this address in a browser; Ctrl-C ends');
  await interrupted;
  await stop(server);
  return EXIT.done;
}

/** Where the page and the book are, if they were built. */
export interface Folders {
  page: string;
  book: string;
}

const servedFrom = ({ page, book }: Folders): Served[] => [
  { at: '', folder: page, policy: PAGE_POLICY, unbuilt: 'The page is not there: npm run build makes it.' },
  {
    at: 'book',
    folder: book,
    policy: BOOK_POLICY,
    unbuilt: 'The book is not built: npm run docs builds it.',
  },
];

function readPort(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65535) return port;
  return refuse('--port', `found "${text}"; use a whole number up to 65535, or 0 for a port that is free`);
}
