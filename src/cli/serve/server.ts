import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type Answer, says } from './answers.ts';
import { fileFor, type Served } from './files.ts';
import { namesIn } from './paths.ts';

/** This machine only. */
export const HOST = '127.0.0.1';

const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  // Cached, but revalidated each time: another version of the page may have been built.
  'cache-control': 'no-cache',
};

const METHODS = ['GET', 'HEAD'];

/** A web server for the files of some folders, and nothing else. */
export const staticServer = (served: readonly Served[]): Server =>
  createServer(async (request, response) => {
    const { status, headers, body } = await answerTo(request, served);
    // Node leaves the body out where the protocol forbids one.
    response.writeHead(status, { ...ALWAYS, ...headers, 'content-length': Buffer.byteLength(body) });
    response.end(body);
  });

async function answerTo(request: IncomingMessage, served: readonly Served[]): Promise<Answer> {
  const { method = '', url = '', headers, socket } = request;
  // Another site's name may be made to resolve to this machine (DNS rebinding); its pages could then read everything
  // here.
  const hosts = hostsAt(socket.localPort ?? 0);
  if (!hosts.includes(headers.host?.toLowerCase() ?? ''))
    return says(421, `This server answers to ${hosts[0]} and ${hosts[1]} alone: open one of them.`);
  if (!METHODS.includes(method))
    return says(405, 'Pages here can be read, and nothing else.', { allow: METHODS.join(', ') });
  const names = namesIn(url);
  if (!names) return says(400, 'That address can mean no page here.');
  try {
    return await fileFor(names, served, headers['if-none-match']);
  } catch (error) {
    // One page that fails must not end the others.
    const { code, message } = error as NodeJS.ErrnoException;
    return says(500, `That could not be read (${code ?? message}): build the page and the book again.`);
  }
}

/** What browsers call this server; they leave out port 80. */
const hostsAt = (port: number): string[] => {
  const names = [HOST, 'localhost'];
  return [...names.map((name) => `${name}:${port}`), ...(port === 80 ? names : [])];
};
