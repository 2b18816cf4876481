import type { State, StudentsSettings } from '../state/state.ts';
import type { Tools } from '../views/view.ts';
import { decode, encode, LONGEST } from './address.ts';

/**
 * Milliseconds without a change after which the address is written: browsers refuse one that is written all the time.
 */
const SETTLED = 350;

/**
 * Keeps the state in the address, and opens a link that is put there. A damaged link stays until the user changes
 * something.
 */
export function addressBar({ store, training, notify }: Tools) {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let warned = false;
  /** As it was last written or gone to. */
  let known = location.hash;
  const forget = (): void => {
    clearTimeout(waiting);
    waiting = undefined;
  };
  const write = (): void => {
    forget();
    // A link was put there just now: the browser reports it only later, and writing would lose it.
    if (location.hash !== known) return;
    const address = encode(store.get(), training.settings());
    const long = address.length > LONGEST;
    history.replaceState(history.state, '', long ? location.pathname + location.search : address);
    if (long && !warned) notify('fault', tooLong(address));
    warned = long;
    known = location.hash;
  };
  const soon = (): void => {
    forget();
    waiting = setTimeout(write, SETTLED);
  };
  store.listen(soon);
  addEventListener('pagehide', () => {
    if (waiting !== undefined) write();
  });
  addEventListener('hashchange', () => {
    const { hash } = location;
    known = hash;
    // An anchor of the page, such as that of the link that skips to the curves.
    if (hash.length <= 1 || document.getElementById(hash.slice(1))) return write();
    forget();
    const decoded = decode(hash);
    if ('fault' in decoded) notify('fault', `${decoded.fault} The page stays as it was.`);
    else {
      if (!same(decoded.state, store.get())) store.set(decoded.state);
      training.offer(decoded.trained);
    }
  });
  let trained = written(training.settings());
  return {
    /** To be called when students have changed. */
    follow(): void {
      const now = written(training.settings());
      if (now === trained) return;
      trained = now;
      soon();
    },
    /** The link to the page as it is now. */
    link(): string {
      write();
      const address = encode(store.get(), training.settings());
      if (address.length > LONGEST) throw new Error(tooLong(address));
      return new URL(address, location.href).href;
    },
  };
}

const written = (settings: StudentsSettings | undefined): string => JSON.stringify(settings) ?? '';

const same = (one: State, other: State): boolean => JSON.stringify(one) === JSON.stringify(other);

const tooLong = (address: string): string =>
  `Address: found ${address.length} characters for this problem, more than browsers take; use Save, and open the file in place of a link.`;
