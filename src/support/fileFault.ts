import { AlignodeError } from './error.ts';

/** The refusal of a file for what is in it. */
export const fileFault = (path: string, found: string, want: string): AlignodeError =>
  new AlignodeError('file', `${path}: found ${found}; ${want}`, { path });

/** Bytes as people read them. */
export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
