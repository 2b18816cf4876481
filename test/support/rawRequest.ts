import { connect } from 'node:net';

export interface RawAnswer {
  status: number;
  /** By names in small letters. */
  headers: Record<string, string>;
  body: string;
}

/** Sends a request as it stands, which no client would make better, and reads until the server hangs up. */
export function rawRequest(port: number, request: string | Buffer): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.on('data', (piece) => pieces.push(piece));
    socket.on('error', reject);
    socket.on('end', () => resolve(parsed(Buffer.concat(pieces).toString('utf8'))));
  });
}

/** A request for a path, by the name of this machine that the server knows, unless headers say otherwise. */
export const get = (port: number, target: string, headers: Record<string, string> = {}, method = 'GET') => {
  const all = { host: `127.0.0.1:${port}`, connection: 'close', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return rawRequest(port, Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'));
};

function parsed(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n');
  const [first, ...lines] = text.slice(0, end).split('\r\n');
  const headers = lines.map((line) => {
    const [name, ...value] = line.split(': ');
    return [name.toLowerCase(), value.join(': ')];
  });
  return {
    status: Number(first.split(' ')[1]),
    headers: Object.fromEntries(headers),
    body: text.slice(end + 4),
  };
}
