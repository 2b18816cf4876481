/** Memory is only ever added: an instance of this module serves one batch of students and is thrown away with it. */
let end: usize = __heap_base;

/** The address of `bytes` fresh bytes, all zero, on a boundary of 16. */
export function reserve(bytes: usize): usize {
  const start = (end + 15) & ~15;
  end = start + bytes;
  const missing = <isize>end - ((<isize>memory.size()) << 16);
  if (missing > 0 && memory.grow(<i32>((missing + 0xffff) >> 16)) < 0) unreachable();
  return start;
}
