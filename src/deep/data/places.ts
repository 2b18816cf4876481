import { builtin } from '../../support/builtin.ts';

/** Where files of data are looked for. */
export interface DataPlaces {
  /** The first folder that is looked in for data sets; $ALIGNODE_DATA and the cache folder follow. */
  data?: string;
}

interface Surroundings {
  env: Readonly<Record<string, string | undefined>>;
  platform: string;
  home: string;
}

/** Where programs keep what can be fetched again. */
export const CACHES: Readonly<Record<string, (around: Surroundings) => string[]>> = {
  linux: ({ env, home }) => [env.XDG_CACHE_HOME || `${home}/.cache`, 'alignode', 'data'],
  darwin: ({ home }) => [home, 'Library', 'Caches', 'alignode'],
  win32: ({ env, home }) => [env.LOCALAPPDATA || `${home}\\AppData\\Local`, 'alignode', 'Cache'],
};

const here = (): Surroundings => ({
  env: process.env,
  platform: process.platform,
  home: builtin('node:os')?.homedir() ?? '',
});

/** The folders that are looked in, in this order; in each a set has a folder of its name. */
export function dataFolders({ data }: DataPlaces = {}, around: Surroundings = here()): string[] {
  const { env, platform } = around;
  const cache = (CACHES[platform] ?? CACHES.linux)(around).join(platform === 'win32' ? '\\' : '/');
  const given = [data, env.ALIGNODE_DATA].filter((one): one is string => one !== undefined && one !== '');
  return [...new Set([...given, cache])];
}
