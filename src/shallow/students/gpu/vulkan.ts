/**
 * Why Vulkan finds no GPU on Linux, as far as files show; undefined if it may find one. Dawn is not started then: it
 * would print errors even for users of the CPU, who never asked for a GPU.
 */
export function vulkanMissing(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  if (!loaderThere())
    return 'the Vulkan loader, libvulkan.so.1, cannot be loaded; install it (on Debian and Ubuntu: libvulkan1) and the driver of the GPU';
  const named = process.env.VK_DRIVER_FILES ?? process.env.VK_ICD_FILENAMES;
  if (named !== undefined && !named.split(':').some(readable))
    return `VK_DRIVER_FILES (or VK_ICD_FILENAMES) names no file that can be read: ${named}`;
  if (named === undefined && !searched().some(hasDriver))
    return "Vulkan has no driver; install that of the GPU, or name the driver's JSON file in VK_DRIVER_FILES (docs/gpu.md has examples)";
  return undefined;
}

/**
 * Whether drivers in software that are named to it can be tried. Elsewhere than on Linux, Dawn finds GPUs without
 * Vulkan.
 */
export const takesDrivers = (): boolean => process.platform === 'linux' && loaderThere();

/** Both names of one variable: old loaders know the second alone, and new ones prefer the first. */
const DRIVERS = ['VK_DRIVER_FILES', 'VK_ICD_FILENAMES'] as const;

/**
 * Calls a function that starts Vulkan, and lets it find this driver only. The function must look for drivers before it
 * returns, as Dawn does when it is asked for an adapter: on return the environment is as before, and no other code sees
 * the change.
 */
export function withDriver<T>(file: string, start: () => T): T {
  const before = DRIVERS.map((name) => process.env[name]);
  for (const name of DRIVERS) process.env[name] = file;
  try {
    return start();
  } finally {
    DRIVERS.forEach((name, i) => {
      const value = before[i];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    });
  }
}

/** `dlopen` rejects a library that is not an add-on of Node, but only after loading it. */
function loaderThere(): boolean {
  try {
    process.dlopen({ exports: {} }, 'libvulkan.so.1');
    return true;
  } catch (error) {
    return !/cannot open shared object/.test(String(error));
  }
}

/** Where the loader looks for drivers (Khronos, "Driver discovery on Linux"). */
function searched(): string[] {
  const { HOME = '', XDG_CONFIG_HOME, XDG_CONFIG_DIRS, XDG_DATA_HOME, XDG_DATA_DIRS } = process.env;
  return [
    XDG_CONFIG_HOME ?? `${HOME}/.config`,
    ...(XDG_CONFIG_DIRS ?? '/etc/xdg').split(':'),
    '/etc',
    '/usr/local/etc',
    XDG_DATA_HOME ?? `${HOME}/.local/share`,
    ...(XDG_DATA_DIRS ?? '/usr/local/share:/usr/share').split(':'),
    ...(process.env.VK_ADD_DRIVER_FILES ?? '').split(':'),
  ].filter((folder) => folder !== '');
}

function hasDriver(folder: string): boolean {
  if (folder.endsWith('.json')) return readable(folder);
  try {
    return files()
      .readdirSync(`${folder}/vulkan/icd.d`)
      .some((name) => name.endsWith('.json'));
  } catch {
    return false;
  }
}

function readable(path: string): boolean {
  return files().existsSync(path);
}

/** Not imported, so that bundled pages do not contain it. */
const files = (): typeof import('node:fs') => process.getBuiltinModule('node:fs');
