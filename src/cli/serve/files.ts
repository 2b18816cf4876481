import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { FIRST_PAGE, isBuilt } from '../site.ts';
import { type Answer, says } from './answers.ts';
import { contentType } from './contentTypes.ts';
import { placeIn } from './paths.ts';

/** A folder that is served. */
export interface Served {
  /** Its name in addresses: '' for the root, 'book' for /book/. */
  readonly at: string;
  readonly folder: string;
  /** The content security policy of its pages. */
  readonly policy: string;
  /** What to say where it was not built. */
  readonly unbuilt: string;
}

/** The file that the names in an address stand for. `known` is the ETag of the copy that the client already has. */
export async function fileFor(
  names: readonly string[],
  served: readonly Served[],
  known: string | undefined,
): Promise<Answer> {
  const from = served.find(({ at }) => at === names[0]) ?? served.find(({ at }) => at === '');
  if (!from) return nothing;
  if (!isBuilt(from.folder)) return says(404, from.unbuilt);
  const inside = from.at === '' ? names : names.slice(1);
  const place = await placeIn(from.folder, inside.at(-1) === '' ? inside.with(-1, FIRST_PAGE) : inside);
  const found = place === undefined ? undefined : await stat(place);
  // A folder without its slash: relative links in its page would lead elsewhere.
  if (found?.isDirectory()) return moved(names);
  // A pipe or a device would never end.
  if (place === undefined || !found?.isFile()) return nothing;
  return whole(place, await readFile(place), from.policy, known);
}

const nothing = says(404, 'There is no such page here.');

const moved = (names: readonly string[]): Answer => {
  const location = `/${names.map(encodeURIComponent).join('/')}/`;
  return says(301, `That page is at ${location}.`, { location });
};

function whole(place: string, body: Uint8Array, policy: string, known: string | undefined): Answer {
  // Made from the bytes, not from the time: npm gives every file of a package the same time.
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  const headers = { etag, 'content-security-policy': policy, 'content-type': contentType(place) };
  // With status 304 Node sends the headers alone.
  return { status: known === etag ? 304 : 200, headers, body };
}
