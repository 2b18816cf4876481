import { controls } from './controls/controls.ts';
import { cursorOn } from './cursor.ts';
import { closeHelp } from './dom/help.ts';
import { noticesIn } from './dom/notices.ts';
import { lookNow, onLook } from './dom/theme.ts';
import { firstState } from './exchange/address.ts';
import { exchange } from './exchange/exchange.ts';
import type { Scene, TheorySeen } from './scene.ts';
import { isLog, problemOf } from './state/problem.ts';
import type { State } from './state/state.ts';
import { LOOK, storeOf } from './state/store.ts';
import { studentsLive } from './students/live.ts';
import { theoryLive } from './theory/live.ts';
import type { Failure, Message } from './theory/protocol.ts';
import { transport } from './transport/transport.ts';
import { boardOf } from './views/board.ts';
import type { Tools } from './views/view.ts';
import { views } from './views/views.ts';

const place = (id: string): HTMLElement => document.getElementById(id)!;

const opened = firstState(location.hash);
const store = storeOf(opened.state);
let theory: TheorySeen | undefined;
let refused: Failure | undefined;
let pending = false;

const training = studentsLive(
  () => board.changed({ students: true }),
  (words) => tools.notify('fault', words),
);
const tools: Tools = {
  training,
  store,
  scene: (): Scene => {
    const state = store.get();
    const students = training.seen();
    return {
      state,
      ...(students && { students }),
      pending,
      ...(theory && { theory }),
      ...(refused && { refused }),
      cursor: cursorOn(theory?.curve ?? { alpha: [] }, state.view.alpha, isLog(state.problem.alpha)),
    };
  },
  look: lookNow,
  seek: (alpha) => {
    const state = store.get();
    store.set({ ...state, view: { ...state.view, alpha } }, LOOK);
  },
  notify: noticesIn(place('notices')),
};
const board = boardOf(tools);
board.add(place('exchange'), exchange);
board.add(place('controls'), controls);
for (const view of views) board.addView(place('views'), view);
board.add(place('transport'), transport);

const live = theoryLive(hear, (message) => tools.notify('fault', message));
function hear(message: Message, newest: boolean): void {
  const last =
    message.kind === 'refused' || (message.kind === 'curve' && message.done && message.stage === 'exact');
  if (newest && last) pending = false;
  if (message.kind === 'refused') refused = message.failure;
  else if (message.kind === 'curve') {
    const { kind: _, id: __, ...seen } = message;
    refused = undefined;
    theory = { ...seen, problem: message.curve.problem };
  } else if (theory)
    theory =
      message.kind === 'about' ? { ...theory, about: message } : { ...theory, reached: message.reached };
  board.changed({ theory: true, cursor: true });
}

function ask(state: State): void {
  pending = true;
  try {
    live.ask(problemOf(state));
  } catch {
    // What was set by hand cannot be put into a problem that is refused.
    live.ask(state.problem);
  }
}

store.listen((now, before) => {
  if (now.problem !== before.problem || now.v !== before.v) {
    ask(now);
    training.follow(now);
  }
  board.changed({
    cursor: now.view.alpha !== before.view.alpha,
    look: now.view.pair !== before.view.pair,
  });
});
closeHelp();
onLook(() => board.changed({ look: true }));
ask(store.get());
training.offer(opened.trained);
if (opened.fault !== undefined) tools.notify('fault', opened.fault);

// For the browser console, and for the tests of the page.
Object.assign(window, { alignode: { state: store.get, scene: tools.scene } });
