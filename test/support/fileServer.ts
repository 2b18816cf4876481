import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of files on this machine that is told how to fail. */
export interface FileServer {
  url: string;
  /** Every request: its path and, of the rest of a file, from where. */
  asked: string[];
  close(): Promise<void>;
}

/** Answers a request in its own way; returns false to have it answered as usual. */
export type Mischief = (request: IncomingMessage, response: ServerResponse, bytes: Uint8Array) => boolean;

export async function fileServer(
  files: Readonly<Record<string, Uint8Array>>,
  mischief: Mischief = () => false,
): Promise<FileServer> {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    const { url = '', headers } = request;
    const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
    asked.push(from > 0 ? `${url} from ${from}` : url);
    const bytes = files[url.slice(1)];
    if (bytes !== undefined && mischief(request, response, bytes)) return;
    if (bytes === undefined) response.writeHead(404).end('not found');
    else if (from >= bytes.length)
      response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
    else if (from > 0)
      response
        .writeHead(206, {
          'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}`,
          'content-length': bytes.length - from,
        })
        .end(bytes.subarray(from));
    else response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
