import { playwright } from '@vitest/browser-playwright';
import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { findChromium, swiftShaderOf } from './src/cli/chromium/find.ts';

/** These run twice: in Node, and in a page of a real browser; those after them in a page alone. All other tests run in Node alone. */
const inPagesToo = ['test/**/*.gpu.test.ts', 'test/web/*.test.ts'];
const inPagesAlone = ['test/**/*.page.test.ts'];

/** "hardware" leaves the choice of GPU to the machine. Otherwise it is one in software, the same everywhere. */
const hardware = process.env.ALIGNODE_TEST_ADAPTER === 'hardware';
const chromium = findChromium();

const node: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: 'node',
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...inPagesAlone],
    // A Vulkan loader reads the environment of its process, which is that of a fork and not that of a thread.
    pool: 'forks',
    env: vulkanDriver(),
  },
};

const page: TestProjectInlineConfiguration = {
  extends: true,
  // For Node alone; pages never ask for them.
  optimizeDeps: { exclude: ['piscina', 'webgpu'] },
  test: {
    name: 'page',
    include: [...inPagesToo, ...inPagesAlone],
    browser: {
      enabled: true,
      headless: true,
      ui: false,
      screenshotFailures: false,
      api: { host: '127.0.0.1' },
      instances: [{ browser: 'chromium' }],
      provider: playwright({
        launchOptions: {
          ...(chromium && { executablePath: chromium }),
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
    },
  },
};

/** In place of `page` where there is no browser: its tests are named, and skipped (or, with CI=true, failed). */
const noPage: TestProjectInlineConfiguration = {
  extends: true,
  test: { name: 'page', include: [...inPagesToo, ...inPagesAlone], setupFiles: ['test/support/noPage.ts'] },
};

export default defineConfig({
  test: {
    projects: [node, chromium ? page : noPage],
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
  const driver = swiftShaderOf(chromium);
  const chosen = hardware || process.env.VK_ICD_FILENAMES || process.env.VK_DRIVER_FILES;
  return chosen || driver === undefined ? {} : { VK_ICD_FILENAMES: driver };
}
