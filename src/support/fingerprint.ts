/**
 * Whether lists of numbers are those of another time: Fowler, Noll and Vo's hash (FNV-1a), word by word. It finds changes,
 * not forgeries.
 */
export function fingerprint(lists: readonly (Float32Array | Float64Array)[]): string {
  let hash = 0x811c9dc5;
  for (const { buffer, byteOffset, byteLength } of lists) {
    const words = new Uint32Array(buffer, byteOffset, byteLength / 4);
    hash = Math.imul(hash ^ words.length, 0x01000193);
    for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words[i], 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
