// Tools that are not npm packages: the name of each, its Debian package, what to do elsewhere, which tests need it.

/** @type {Record<string, { name: string, debian: string, elsewhere?: string, tests: string }>} */
export const TOOLS = {
  chromium: { name: 'Chromium', debian: 'chromium', elsewhere: 'CHROMIUM=path', tests: 'in pages' },
  vulkan: { name: 'the Vulkan loader libvulkan.so.1', debian: 'libvulkan1', tests: 'on a GPU in software' },
  runner: {
    name: 'a runner of notebooks (nbclient for Python)',
    debian: 'python3-nbclient',
    elsewhere: 'pip install nbclient, and PYTHON=path where python3 is another',
    tests: 'of notebooks',
  },
  numpy: {
    name: 'numpy for Python',
    debian: 'python3-numpy',
    elsewhere: 'pip install numpy, and PYTHON=path where python3 is another',
    tests: 'of tables that numpy reads',
  },
  jupyter: {
    name: 'Jupyter',
    debian: 'jupyter-notebook',
    elsewhere:
      'pip install jupyterlab; or open the folder notebooks in VS Code with its extension Jupyter, after npx deno jupyter --install',
    tests: 'that open notebooks',
  },
};

/**
 * @param {readonly string[]} absent which tools there are not
 * @param {{ aptAsRoot: boolean }} machine whether apt-get may install them
 * @returns {{ install: string[], says: string, tests: string } | undefined}
 *   Debian packages to install; what to say where nothing is to be installed, or that failed; and which tests lack something
 */
export function missingTools(absent, { aptAsRoot }) {
  if (absent.length === 0) return undefined;
  const tools = absent.map((tool) => TOOLS[tool]);
  const packages = tools.map(({ debian }) => debian);
  const elsewhere = tools.flatMap(({ elsewhere }) => elsewhere ?? []);
  const how = [
    `Debian: apt-get install ${packages.join(' ')}`,
    ...(elsewhere.length > 0 ? [`elsewhere, ${elsewhere.join('; ')}`] : []),
  ];
  return {
    install: aptAsRoot ? packages : [],
    says: `${tools.map(({ name }) => name).join(' and ')} not found (${how.join('; ')})`,
    tests: `tests ${tools.map(({ tests }) => tests).join(' and ')}`,
  };
}

/**
 * What to print before tests that lack something, and whether that is an error: an automatic run (CI=true) skips none.
 * @param {NonNullable<ReturnType<typeof missingTools>>} missing
 * @param {boolean} ci
 */
export const beforeTests = ({ says, tests }, ci) => ({
  says: `${says}: ${ci ? `${tests} need it and CI=true lets none be skipped.` : `${tests} will be skipped.`}`,
  fails: ci,
});
