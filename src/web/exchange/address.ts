import { wordsOf } from '../../support/check.ts';
import { crc32 } from '../../support/crc32.ts';
import { FIRST, type State, type StudentsSettings } from '../state/state.ts';
import { checkLinked } from './stateShape.ts';

/*
 * The whole state as the fragment of an address: #v1.<JSON in base64url>.<checksum>. The checksum is of the very
 * characters before it, so that a link which lost or changed one is never taken for another state.
 */

const VERSION = 'v1';
/** Characters of an address that every browser takes. */
export const LONGEST = 2 ** 16;

/** What a link holds: the state, and how the students were trained that stood beside theory, if there were any. */
export interface Linked {
  state: State;
  trained?: StudentsSettings;
}
export type Decoded = Linked | { fault: string };

export function encode(state: State, trained?: StudentsSettings): string {
  const held = JSON.stringify({ ...state, ...(trained && { trained }) });
  const text = `${VERSION}.${toBase64url(new TextEncoder().encode(held))}`;
  return `#${text}.${checksum(text)}`;
}

export function decode(hash: string): Decoded {
  const [version, body, sum, ...more] = hash.replace(/^#/, '').split('.');
  if (version !== VERSION && /^v\d+$/.test(version))
    return {
      fault: `The link was made by another version of alignode: found an address of the kind ${version}, this page reads ${VERSION}. Open it with the version that made it, save the problem there, and open that file here.`,
    };
  if (version !== VERSION || body === undefined || sum === undefined || more.length > 0)
    return damaged('it is not whole');
  if (checksum(`${version}.${body}`) !== sum) return damaged('its checksum does not fit');
  let held: unknown;
  try {
    held = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(fromBase64url(body)));
  } catch {
    return damaged('there is no state in it');
  }
  const fault = checkLinked(held);
  if (fault !== undefined)
    return { fault: `The link holds what this page cannot show. ${wordsOf(fault, 'the state')}.` };
  const { trained, ...state } = held as State & Pick<Linked, 'trained'>;
  return { state, ...(trained && { trained }) };
}

/** What the page opens with. */
export function firstState(hash: string): Linked & { fault?: string } {
  if (hash === '' || hash === '#') return { state: FIRST };
  const decoded = decode(hash);
  if ('state' in decoded) return decoded;
  return { state: FIRST, fault: `${decoded.fault} Until then, this is the first example.` };
}

const damaged = (why: string): Decoded => ({
  fault: `The link is damaged: ${why}, as when a part of it was cut off or changed on its way. Copy the whole link again.`,
});

const checksum = (text: string): string => crc32(new TextEncoder().encode(text)).toString(36);

function toBase64url(bytes: Uint8Array): string {
  let characters = '';
  for (const byte of bytes) characters += String.fromCharCode(byte);
  return btoa(characters).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

const fromBase64url = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
