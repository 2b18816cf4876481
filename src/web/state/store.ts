import type { State } from './state.ts';

/** The one place where the state is; listeners are called when it changes. */
export interface Store {
  get(): State;
  /**
   * Goes to another state. Changes with the same `gesture` in a row, such as those of one drag, are one step of undo.
   * Changes of the view alone (`LOOK`) are none.
   */
  set(next: State, gesture?: string): void;
  undo(): void;
  redo(): void;
  canUndo(): boolean;
  canRedo(): boolean;
  /** Ends a gesture: the next change is a step of its own. */
  settle(): void;
  listen(listener: (now: State, before: State) => void): void;
}

/** The gesture of changes of the view alone. */
export const LOOK = 'look';
/** Steps that can be taken back. */
const MOST = 500;

export function storeOf(first: State): Store {
  let now = first;
  let past: State[] = [];
  let future: State[] = [];
  let last: string | undefined;
  const listeners: ((now: State, before: State) => void)[] = [];
  const go = (next: State): void => {
    const before = now;
    now = next;
    for (const listener of listeners) listener(now, before);
  };
  /** Undo and redo leave the cursor where it is. */
  const seenFrom = (state: State): State => {
    const { alpha: _, ...view } = state.view;
    const { alpha } = now.view;
    return { ...state, view: alpha === undefined ? view : { ...view, alpha } };
  };
  return {
    get: () => now,
    set: (next, gesture) => {
      if (gesture !== LOOK) {
        if (gesture === undefined || gesture !== last) past = [...past, now].slice(-MOST);
        future = [];
        last = gesture;
      }
      go(next);
    },
    undo: () => {
      const back = past.at(-1);
      if (back === undefined) return;
      past = past.slice(0, -1);
      future = [...future, now];
      last = undefined;
      go(seenFrom(back));
    },
    redo: () => {
      const forth = future.at(-1);
      if (forth === undefined) return;
      future = future.slice(0, -1);
      past = [...past, now];
      last = undefined;
      go(seenFrom(forth));
    },
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
    settle: () => {
      last = undefined;
    },
    listen: (listener) => void listeners.push(listener),
  };
}
