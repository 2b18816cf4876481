import type { Work } from '../../figures/index.ts';
import { duration } from '../../support/duration.ts';
import { readable } from './readable.ts';

/**
 * Simulations of one kind in one row: what they were, what all have in common, what differs, and the time they took.
 */
export function workRows(works: readonly Work[]): { what: string; settings: string; seconds: string }[] {
  const kinds = [...new Set(works.map(kindOf))].map((kind) => works.filter((work) => kindOf(work) === kind));
  return kinds.map((some) => ({
    what: some.length > 1 ? `${some[0].what}, ${some.length} times` : some[0].what,
    settings: settingsOf(some),
    seconds: duration(secondsOf(some)),
  }));
}

const kindOf = ({ what, settings, device }: Work): string =>
  JSON.stringify([what, device?.name, Object.keys(settings)]);

function settingsOf(works: readonly Work[]): string {
  const values = Object.keys(works[0].settings).map((name): [string, unknown] => {
    const different = [...new Set(works.map(({ settings }) => JSON.stringify(settings[name])))];
    const all = different.map((text) => (text === undefined ? undefined : JSON.parse(text)));
    return [name, all.length === 1 ? all[0] : all];
  });
  const { device } = works[0];
  const shown = values.filter(([, value]) => !(Array.isArray(value) && value.length === 0));
  return readable(Object.fromEntries([...shown, ...(device ? [['GPU', device.name]] : [])]));
}

/** All simulations of one piece of work carry the seconds of the piece, which are counted once. */
const secondsOf = (works: readonly Work[]): number =>
  [...new Set(works.map(({ seconds }) => seconds))].reduce((sum, one) => sum + one, 0);
