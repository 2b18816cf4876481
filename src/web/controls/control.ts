import type { State } from '../state/state.ts';
import type { Scale } from './scale.ts';

/** What a change may need beside the state and the value. */
export interface Change {
  /** The state before the gesture: a change that loses something, as fewer units do, is made from it. */
  start: State;
  say(words: string): void;
}

interface Basic {
  /** Unique on the page. */
  id: string;
  label: string;
  help?: string;
  /** The section of the book about it. */
  book?: string;
  /** The keys of the problem that it stands for: what the library refuses there is shown here. */
  paths?: readonly string[];
  /** Whether it applies; always, if not given. */
  shown?(state: State): boolean;
}

export interface NumberControl extends Basic {
  kind: 'number';
  scale?: Scale;
  /** Only whole numbers within these. */
  whole?: { least: number; most: number };
  /** A button that goes one further, as to the next seed. */
  next?: boolean;
  get(state: State): number | undefined;
  set(state: State, value: number, change: Change): State;
}

export interface ChoiceControl extends Basic {
  kind: 'choice';
  options: readonly (readonly [value: string, label: string])[];
  /** The options that cannot be taken now. */
  without?(state: State): readonly string[];
  get(state: State): string | undefined;
  set(state: State, value: string, change: Change): State;
}

export interface CheckControl extends Basic {
  kind: 'check';
  get(state: State): boolean;
  set(state: State, value: boolean): State;
}

export interface ListControl extends Basic {
  kind: 'list';
  /** A slider beside each number. */
  scale?: Scale;
  /** Its label is only read aloud: what stands before it says the same. */
  bare?: boolean;
  /** The short name that is seen at a number, and the whole one that is read aloud. */
  short(k: number): string;
  name(k: number): string;
  get(state: State): readonly number[] | undefined;
  set(state: State, k: number, value: number): State;
}

export interface MatrixControl extends Basic {
  kind: 'matrix';
  name(i: number, j: number): string;
  get(state: State): readonly (readonly number[])[] | undefined;
  set(state: State, i: number, j: number, value: number): State;
}

export interface ActionControl extends Basic {
  kind: 'action';
  act(state: State): State;
}

export interface NoteControl extends Basic {
  kind: 'note';
  text(state: State): string;
}

export type Control =
  | NumberControl
  | ChoiceControl
  | CheckControl
  | ListControl
  | MatrixControl
  | ActionControl
  | NoteControl;

export interface Group {
  id: string;
  title: string;
  /** Folded at first even where there is room. */
  rare?: boolean;
  controls: readonly Control[];
}

/** A control on the page. */
export interface Widget {
  place: HTMLElement;
  /** Shows what the state has. */
  write(state: State): void;
  /** Shows why the library refuses what stands here, or no longer. */
  refuse(message: string | undefined): void;
}
