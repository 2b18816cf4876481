import { type News, type Order, serve } from './worker.ts';

/** What of a worker's own global object is used; TypeScript has it only together with the whole DOM. */
interface Here {
  onmessage: ((event: { data: Order }) => void) | null;
  postMessage(news: News): void;
}
const here = globalThis as unknown as Here;

serve({
  listen: (hear) => {
    here.onmessage = ({ data }) => hear(data);
  },
  send: (news) => here.postMessage(news),
});
