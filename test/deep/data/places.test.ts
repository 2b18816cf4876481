import { expect, it, test } from 'vitest';
import { dataFolders } from '../../../src/deep/data/places.ts';

const folders = (platform: string, env: Record<string, string>, data?: string): string[] =>
  dataFolders(data === undefined ? {} : { data }, {
    platform,
    env,
    home: platform === 'win32' ? 'C:\\me' : '/me',
  });

test.each([
  ['linux', {}, '/me/.cache/alignode/data'],
  ['linux', { XDG_CACHE_HOME: '/x' }, '/x/alignode/data'],
  ['freebsd', {}, '/me/.cache/alignode/data'],
  ['darwin', { XDG_CACHE_HOME: '/x' }, '/me/Library/Caches/alignode'],
  ['win32', {}, 'C:\\me\\AppData\\Local\\alignode\\Cache'],
  ['win32', { LOCALAPPDATA: 'D:\\l' }, 'D:\\l\\alignode\\Cache'],
])('%s with %j keeps sets in %s', (platform, env, place) => {
  expect(folders(platform, env)).toEqual([place]);
});

it('the folder that is named comes first, then that of the environment, then the cache', () => {
  expect(folders('linux', { ALIGNODE_DATA: '/e' }, '/d')).toEqual(['/d', '/e', '/me/.cache/alignode/data']);
  expect(folders('linux', { ALIGNODE_DATA: '' })).toEqual(['/me/.cache/alignode/data']);
  expect(folders('linux', { ALIGNODE_DATA: '/d' }, '/d')).toEqual(['/d', '/me/.cache/alignode/data']);
});
