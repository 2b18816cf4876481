import type { Readable, Writable } from 'node:stream';
import { AlignodeError } from '../../support/error.ts';

/** What came back, or what happened: an answer carries the number of its question. */
interface Message {
  id?: number;
  method?: string;
  params?: Record<string, unknown>;
  sessionId?: string;
  result?: Record<string, unknown>;
  error?: { message: string };
}

/** Chromium's DevTools protocol over a pair of pipes: JSON messages, each ended by a zero byte. */
export interface DevTools {
  /** Asks, of a page where `sessionId` names one, and gives the answer. */
  send(
    method: string,
    params?: Record<string, unknown>,
    sessionId?: string,
  ): Promise<Record<string, unknown>>;
  /** Every question that was not answered, and every one to come, fails with this. */
  close(reason: Error): void;
}

/** Told of what happens unasked: what, its details and in which page. */
export type Listener = (event: string, details: Record<string, unknown>, sessionId: string) => void;

export function devTools(questions: Writable, answers: Readable, listener: Listener): DevTools {
  const open = new Map<number, Question>();
  let closed: Error | undefined;
  let asked = 0;

  const receive = ({ id, method, params = {}, sessionId = '', result = {}, error }: Message): void => {
    if (id === undefined) {
      if (method !== undefined) listener(method, params, sessionId);
      return;
    }
    const question = open.get(id);
    open.delete(id);
    if (error)
      question?.reject(
        new AlignodeError('not-available', `Chromium refused ${question.method}: ${error.message}`),
      );
    else question?.resolve(result);
  };

  // Pictures come as one message of megabytes: its parts are put together once, at its end.
  let parts: Buffer[] = [];
  answers.on('data', (data: Buffer) => {
    let from = 0;
    for (let end = data.indexOf(0); end >= 0; end = data.indexOf(0, from)) {
      parts.push(data.subarray(from, end));
      from = end + 1;
      const text = Buffer.concat(parts).toString('utf8');
      parts = [];
      receive(JSON.parse(text) as Message);
    }
    parts.push(data.subarray(from));
  });
  // Of a pipe that breaks, the end of the process tells.
  for (const pipe of [questions, answers]) pipe.on('error', () => undefined);

  return {
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        if (closed) {
          reject(closed);
          return;
        }
        const id = ++asked;
        open.set(id, { method, resolve, reject });
        questions.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
      }),
    close: (reason) => {
      closed ??= reason;
      for (const { reject } of open.values()) reject(closed);
      open.clear();
    },
  };
}

interface Question {
  method: string;
  resolve: (result: Record<string, unknown>) => void;
  reject: (reason: Error) => void;
}
