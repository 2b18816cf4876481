import { each } from './write.ts';

/** How the threads of a workgroup work together: how many there are, and how many of them are a subgroup (1: no use of any). */
export interface Threads {
  threads: number;
  subgroupSize: number;
}

/**
 * `reduce`, which leaves in every thread the sums of p_0 … p_(n−1) over all threads, taken in one fixed order. Threads of
 * a subgroup exchange their sums in pairs; where there are several, each hands its own on through shared memory. Shared
 * memory is used in two halves by turns, so that one barrier is enough: who writes a half again has passed the barrier
 * at which all had read it.
 */
function bySubgroups(n: number, { threads, subgroupSize }: Threads): string {
  const groups = Math.max(1, threads / subgroupSize);
  const distances = Array.from({ length: Math.log2(Math.min(threads, subgroupSize)) }, (_, i) => 2 ** i);
  const exchange = distances
    .map((d) => each(n, (f) => `  p${f} += subgroupShuffleXor(p${f}, ${d}u);`))
    .join('\n');
  const signature = `fn reduce(${each(n, (f) => `in${f}: f32`, ', ')}, turn: u32, me: Me) -> array<f32, ${n}>`;
  const begin = each(n, (f) => `  var p${f} = in${f};`);
  const end = `  return array<f32, ${n}>(${each(n, (f) => `p${f}`, ', ')});`;
  if (groups === 1) return `${signature} {\n${begin}\n${exchange}\n${end}\n}\n`;
  return /* wgsl */ `
var<workgroup> partial: array<f32, ${2 * groups * n}>;

${signature} {
${begin}
${exchange}
  let half = (turn & 1u) * ${groups * n}u;
  if (me.lane == 0u) {
${each(n, (f) => `    partial[half + me.subgroup * ${n}u + ${f}u] = p${f};`)}
  }
  workgroupBarrier();
${each(n, (f) => `  p${f} = 0.0;`)}
  for (var s = 0u; s < ${groups * n}u; s += ${n}u) {
${each(n, (f) => `    p${f} += partial[half + s + ${f}u];`)}
  }
${end}
}
`;
}

/** As many sums at a time as shared memory that every adapter has will hold. */
const AT_ONCE = 8;

/** The same without subgroups: a tree of barriers, a few sums at a time. */
function byBarriers(n: number, { threads }: Threads): string {
  const parts: string[] = [];
  for (let from = 0; from < n; from += AT_ONCE) {
    const some = Math.min(AT_ONCE, n - from);
    parts.push(/* wgsl */ `
${each(some, (f) => `  partial[${f * threads}u + me.thread] = in${from + f};`)}
  workgroupBarrier();
  for (var s = ${threads / 2}u; s > 0u; s /= 2u) {
    if (me.thread < s) {
${each(some, (f) => `      partial[${f * threads}u + me.thread] += partial[${f * threads}u + me.thread + s];`)}
    }
    workgroupBarrier();
  }
${each(some, (f) => `  sums[${from + f}] = partial[${f * threads}u];`)}
  workgroupBarrier();`);
  }
  return /* wgsl */ `
var<workgroup> partial: array<f32, ${AT_ONCE * threads}>;

fn reduce(${each(n, (f) => `in${f}: f32`, ', ')}, turn: u32, me: Me) -> array<f32, ${n}> {
  var sums: array<f32, ${n}>;
${parts.join('\n')}
  return sums;
}
`;
}

export const reduce = (n: number, threads: Threads): string =>
  threads.subgroupSize > 1 ? bySubgroups(n, threads) : byBarriers(n, threads);

/** Who a thread is, and how its entry point finds out. */
export const me = ({ subgroupSize }: Threads) => ({
  type: /* wgsl */ `
struct Me {
  thread: u32,
  lane: u32,
  subgroup: u32,
}
`,
  parameters:
    subgroupSize > 1
      ? '@builtin(local_invocation_index) thread: u32, @builtin(subgroup_invocation_id) lane: u32, @builtin(subgroup_id) subgroup: u32'
      : '@builtin(local_invocation_index) thread: u32',
  value: subgroupSize > 1 ? 'Me(thread, lane, subgroup)' : 'Me(thread, 0u, 0u)',
});
