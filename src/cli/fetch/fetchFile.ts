import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs';

/** What is told of a download as it goes on; `total` is undefined where the server does not say. */
export type Told = (done: number, total: number | undefined) => void;

/** How often one server is asked again without having sent more. */
const PATIENCE = 2;

/**
 * Fetches a file into `part`, which may hold the beginning of it: only the rest is asked for. A connection that breaks is
 * made anew for as long as more comes than ever before. Throws, with a text, where the file cannot be had; what has come stays.
 */
export async function fetchFile(url: string, part: string, told: Told, signal: AbortSignal): Promise<void> {
  let furthest = sizeOf(part);
  for (let tries = 0; ; ) {
    try {
      return await fetchRest(url, part, sizeOf(part), told, signal);
    } catch (error) {
      if (signal.aborted || error instanceof Refused) throw error;
      const size = sizeOf(part);
      tries = size > furthest ? 0 : tries + 1;
      furthest = Math.max(furthest, size);
      if (tries >= PATIENCE) throw new Refused(reasonOf(error));
    }
  }
}

/** Why there is nothing to be had, for people; asking again would not help. */
export class Refused extends Error {}

async function fetchRest(
  url: string,
  part: string,
  have: number,
  told: Told,
  signal: AbortSignal,
): Promise<void> {
  const response = await fetch(url, {
    signal,
    headers: { 'accept-encoding': 'identity', ...(have > 0 && { range: `bytes=${have}-` }) },
  });
  const { status, headers, body } = response;
  if (status === 416) {
    await body?.cancel();
    // There is nothing beyond: it is all here, or it is another file.
    if (headers.get('content-range') === `bytes */${have}`) return told(have, have);
    rmSync(part, { force: true });
    throw new Error('the file on the server is shorter than what was there of it');
  }
  const goesOn = status === 206 && headers.get('content-range')?.startsWith(`bytes ${have}-`) === true;
  if (!goesOn && status !== 200) {
    await body?.cancel();
    if (status >= 500) throw new Error(`the server answers ${status}`);
    throw new Refused(`the server answers ${status}${status === 404 ? ', there is no such file' : ''}`);
  }
  const from = goesOn ? have : 0;
  const length = Number(headers.get('content-length') ?? Number.NaN);
  const total = Number.isFinite(length) ? from + length : undefined;
  const file = openSync(part, goesOn ? 'a' : 'w');
  try {
    let done = from;
    told(done, total);
    for await (const bytes of body as unknown as AsyncIterable<Uint8Array>) {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      done += bytes.length;
      told(done, total);
    }
    if (total !== undefined && done < total)
      throw new Error(`the connection ended after ${done} of ${total} bytes`);
  } finally {
    closeSync(file);
  }
}

export const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** Why a server could not be asked: the reason is behind that of `fetch`, which is always the same. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  const code = cause?.code ?? '';
  return REASONS[code] ?? `${cause?.message ?? message}${code && ` (${code})`}`;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not known: there is no network, or no such host',
  EAI_AGAIN: 'its name cannot be looked up: there is no network',
  ECONNREFUSED: 'it refuses the connection',
  ECONNRESET: 'the connection was broken off',
  UND_ERR_SOCKET: 'the connection was broken off',
  ENETUNREACH: 'there is no network',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
  ETIMEDOUT: 'it does not answer',
};
