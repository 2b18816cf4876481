import type { Flag } from './flags.ts';

/** Where data sets are, for every command that reads them. */
export const dataFlag: Flag & { key: 'data' } = {
  flag: 'data',
  key: 'data',
  value: 'DIR',
  help: 'the folder of data sets, in which each has a folder of its name; $ALIGNODE_DATA and the cache folder are looked in after it (alignode data)',
};
