import { availableParallelism } from 'node:os';
import { playwright } from '@vitest/browser-playwright';
import {
  configDefaults,
  defineConfig,
  type TestProjectInlineConfiguration,
  type UserWorkspaceConfig,
} from 'vitest/config';
import { findChromium, findSwiftShader } from './src/support/chromium.ts';

/** Seldom broken, and slow to check: `npm run test:all` runs them, `npm test` does not. */
const slow = ['test/**/*.slow.*test.ts'];

/** These run twice: in Node, and in a page of a real browser; those after them in a page alone. All other tests run in Node alone. */
const inPagesToo = ['test/**/*.gpu.test.ts', 'test/web/*.test.ts'];
const inPagesAlone = ['test/**/*.page.test.ts'];
/** The device is the same in a page, and Node has found what is wrong with it: pages run these in `npm run test:all`. */
const seldomInPages = ['test/shallow/students/gpu/{maths,places,simulate}.gpu.test.ts'];

/**
 * These change what others in their process would see: they replace modules or set the environment. Each has a
 * process of its own; all other files share one for each core, which loads the sources once.
 */
const apart = [
  'test/cli/compare.test.ts',
  'test/deep/compare/broken.test.ts',
  'test/shallow/compare/broken.test.ts',
  'test/explore/live.test.ts',
  'test/numbers/engines.test.ts',
  'test/shallow/students/{choose,noSimd}.test.ts',
  'test/shallow/students/gpu/entry.test.ts',
];

/** "hardware" leaves the choice of GPU to the machine. Otherwise it is one in software, the same everywhere. */
const hardware = process.env.ALIGNODE_TEST_ADAPTER === 'hardware';
const chromium = findChromium();

interface Files {
  include: string[];
  exclude?: string[];
}

/** A Vulkan loader reads the environment of its process, which is that of a fork and not that of a thread. */
const inForks = (
  name: string,
  isolate: boolean,
  { include, exclude = [] }: Files,
): TestProjectInlineConfiguration => ({
  extends: true,
  test: {
    name,
    include,
    exclude: [...configDefaults.exclude, ...exclude],
    pool: 'forks',
    isolate,
    env: vulkanDriver(),
  },
});

/** Where there is no browser its tests are named, and skipped (or, with CI=true, failed). */
const inPages = (name: string, { include, exclude = [] }: Files): TestProjectInlineConfiguration => ({
  extends: true,
  // For Node alone; pages never ask for them.
  optimizeDeps: { exclude: ['webgpu'] },
  test: {
    name,
    include,
    exclude: [...configDefaults.exclude, ...exclude],
    ...(chromium === undefined
      ? { setupFiles: ['test/support/noPage.ts'] }
      : { browser: headless(chromium) }),
  },
});

const headless = (
  executablePath: string,
): NonNullable<NonNullable<UserWorkspaceConfig['test']>['browser']> => ({
  enabled: true,
  headless: true,
  ui: false,
  screenshotFailures: false,
  api: { host: '127.0.0.1' },
  instances: [{ browser: 'chromium' }],
  provider: playwright({
    launchOptions: {
      executablePath,
      args: [
        '--enable-unsafe-webgpu',
        ...(hardware ? [] : ['--use-webgpu-adapter=swiftshader']),
        // Nothing leaves the machine, whatever a browser would like to ask of the world.
        '--no-proxy-server',
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
        '--disable-quic',
      ],
    },
  }),
});

export default defineConfig({
  test: {
    projects: [
      inForks('node', false, {
        include: ['test/**/*.test.ts'],
        exclude: [...apart, ...inPagesAlone, ...slow],
      }),
      inForks('apart', true, { include: apart }),
      inPages('page', {
        include: [...inPagesToo, ...inPagesAlone],
        exclude: [...seldomInPages, ...slow],
      }),
      // One by one: long files that share processes would be dealt out before it is known which worker is free.
      inForks('slow', true, { include: slow, exclude: inPagesAlone }),
      inPages('slow-page', {
        include: [...seldomInPages, 'test/**/*.slow.page.test.ts'],
      }),
    ],
    // One worker fewer than cores, as vitest would have it, leaves half of a machine of two idle.
    maxWorkers: availableParallelism(),
    // Far beyond what any test needs: no outcome depends on how busy the machine is.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    globalSetup: ['test/support/pageHost.ts'],
    provide: { mustNotSkip: process.env.CI === 'true' },
    coverage: { provider: 'v8', include: ['src/**/*.ts'] },
  },
});

/** Chromium's GPU in software, unless the environment already says which driver to take. */
function vulkanDriver(): Record<string, string> {
  const { file } = findSwiftShader();
  const chosen = hardware || process.env.VK_ICD_FILENAMES || process.env.VK_DRIVER_FILES;
  return chosen || file === undefined ? {} : { VK_ICD_FILENAMES: file };
}
