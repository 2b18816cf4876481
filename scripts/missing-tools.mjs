// What to do where a tool is missing: install it, say how, or fail.

/**
 * @param {{ chromium: boolean, vulkan: boolean, aptAsRoot: boolean, ci: boolean }} machine
 *   which tools there are, whether apt-get may install others, and whether this is an automatic run, which must not skip tests
 * @returns {{ install: string[], says: string, fails: boolean } | undefined}
 *   Debian packages to install, the line to print (where nothing is to be installed, or that failed) and whether it is an error
 */
export function missingTools({ chromium, vulkan, aptAsRoot, ci }) {
  const missing = [
    ...(chromium ? [] : [{ tool: 'Chromium', debian: 'chromium' }]),
    ...(vulkan ? [] : [{ tool: 'the Vulkan loader libvulkan.so.1', debian: 'libvulkan1' }]),
  ];
  if (missing.length === 0) return undefined;
  const tools = missing.map(({ tool }) => tool).join(' and ');
  const packages = missing.map(({ debian }) => debian);
  const how = `Debian: apt-get install ${packages.join(' ')}${chromium ? '' : '; elsewhere, CHROMIUM=path'}`;
  return {
    install: aptAsRoot ? packages : [],
    says: `${tools} not found (${how}): ${ci ? 'tests need it and CI=true lets none be skipped.' : 'tests that need it will be skipped.'}`,
    fails: ci,
  };
}
