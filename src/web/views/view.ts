import type { Look } from '../../draw/index.ts';
import type { Changed, Scene } from '../scene.ts';
import type { Store } from '../state/store.ts';
import type { StudentsLive } from '../students/live.ts';

/** What every part of the page is given beside the scene. */
export interface Tools {
  store: Store;
  /** What is on the page now. */
  scene(): Scene;
  /** The colours of the page as it is now, light or dark. */
  look(): Look;
  /** Puts the cursor at a time. */
  seek(alpha: number): void;
  /** Students, and the worker that trains them. */
  training: StudentsLive;
  /** Shows a message once, above everything; "fault", and one with something to do, stays until it is closed. */
  notify(kind: 'done' | 'fault', words: string, action?: HTMLElement): void;
}

/** Draws a part of the page, once a frame at most, whenever something has changed. */
export type Draw = (scene: Scene, changed: Changed) => void;

/** Fills a place of the page. */
export type Mount = (place: HTMLElement, tools: Tools) => Draw;

/** A card of the page: adding one is one file and one line in the table of `views.ts`. */
export interface View {
  id: string;
  title: string;
  /** What is seen, in a sentence or two. */
  help: string;
  /** The section of the book about it. */
  book: string;
  mount: Mount;
}
