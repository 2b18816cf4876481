import type { Line } from './worker.ts';

/** What of a worker's own global object is used; TypeScript has it only together with the whole DOM. */
interface Here {
  onmessage: ((event: { data: unknown }) => void) | null;
  postMessage(news: unknown): void;
}
const here = globalThis as unknown as Here;

/** The line of a page's worker. */
export const pageLine: Line = {
  listen: (hear) => {
    here.onmessage = ({ data }) => hear(data);
  },
  send: (news) => here.postMessage(news),
};
