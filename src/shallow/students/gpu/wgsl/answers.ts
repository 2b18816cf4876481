import { each, float } from './write.ts';

/**
 * How the threads of a workgroup work together: how many there are, and how many of them are a subgroup (1: no use of
 * any).
 */
export interface Threads {
  threads: number;
  subgroupSize: number;
}

/**
 * `answers`: each thread brings its part of the n fields; all threads get (g, g') of each field, the sum over threads
 * times `scale`. Sums are taken in one fixed order. Each activation is computed once, not by every thread.
 */
export function answers(n: number, scale: number, spread: Threads): string {
  if (spread.subgroupSize === 1) return byBarriers(n, scale, spread);
  return spread.threads > spread.subgroupSize
    ? bySubgroups(n, scale, spread)
    : byOneSubgroup(n, scale, spread);
}

const signature = (n: number): string =>
  `fn answers(${each(n, (f) => `part${f}: f32`, ', ')}, me: Me) -> array<vec2f, ${n}>`;

/**
 * Threads of a subgroup exchange their sums in pairs, then in pairs of pairs, until all have all of them: sum0, sum1, …
 */
function exchanged(n: number, lanes: number): string {
  const distances: number[] = [];
  for (let d = 1; d < lanes; d *= 2) distances.push(d);
  return [
    each(n, (f) => `  var sum${f} = part${f};`),
    ...distances.map((d) => each(n, (f) => `  sum${f} += subgroupShuffleXor(sum${f}, ${d}u);`)),
  ].join('\n');
}

/** With one subgroup nothing need be shared: lane f computes the answer to field f, if there are lanes enough. */
function byOneSubgroup(n: number, scale: number, { threads }: Threads): string {
  // All from one lane, so that no compiler's choice can make lanes differ.
  const alone = each(n, (f) => `activate(subgroupBroadcastFirst(sum${f}) * ${float(scale)})`, ', ');
  const together = each(n, (f) => `subgroupBroadcast(own, ${f}u)`, ', ');
  return /* wgsl */ `
${signature(n)} {
${exchanged(n, threads)}
${
  n > threads
    ? `  return array<vec2f, ${n}>(${alone});`
    : `  var field = sum0;
${each(n - 1, (f) => `  field = select(field, sum${f + 1}, me.lane == ${f + 1}u);`)}
  let own = activate(field * ${float(scale)});
  return array<vec2f, ${n}>(${together});`
}
}
`;
}

/**
 * Memory that threads share. One barrier separates writing from reading, another separates reading from the next
 * writing.
 */
const shared = (n: number, parts: number): string => /* wgsl */ `
var<workgroup> parts: array<f32, ${parts}>;
var<workgroup> answered: array<vec2f, ${n}>;
`;

const returned = (n: number): string =>
  `  return array<vec2f, ${n}>(${each(n, (f) => `answered[${f}]`, ', ')});`;

/** Each subgroup writes its sums to the shared memory. */
function bySubgroups(n: number, scale: number, { threads, subgroupSize }: Threads): string {
  const groups = threads / subgroupSize;
  return /* wgsl */ `${shared(n, groups * n)}
${signature(n)} {
${exchanged(n, subgroupSize)}
  if (me.lane == 0u) {
${each(n, (f) => `    parts[me.subgroup * ${n}u + ${f}u] = sum${f};`)}
  }
  workgroupBarrier();
  for (var f = me.thread; f < ${n}u; f += ${threads}u) {
    var field = 0.0;
    for (var s = 0u; s < ${groups * n}u; s += ${n}u) {
      field += parts[s + f];
    }
    answered[f] = activate(field * ${float(scale)});
  }
  workgroupBarrier();
${returned(n)}
}
`;
}

/** As many sums at a time as the shared memory that every adapter has will hold. */
const AT_ONCE = 8;

/** Without subgroups: a tree of barriers, for a few fields at a time. */
function byBarriers(n: number, scale: number, { threads }: Threads): string {
  const some = (from: number): string => {
    const count = Math.min(AT_ONCE, n - from);
    return /* wgsl */ `
${each(count, (f) => `  parts[${f * threads}u + me.thread] = part${from + f};`)}
  workgroupBarrier();
  for (var s = ${threads / 2}u; s > 0u; s /= 2u) {
    if (me.thread < s) {
${each(count, (f) => `      parts[${f * threads}u + me.thread] += parts[${f * threads}u + me.thread + s];`)}
    }
    workgroupBarrier();
  }
  if (me.thread < ${count}u) {
    answered[${from}u + me.thread] = activate(parts[${threads}u * me.thread] * ${float(scale)});
  }
  workgroupBarrier();`;
  };
  return /* wgsl */ `${shared(n, AT_ONCE * threads)}
${signature(n)} {
${each(Math.ceil(n / AT_ONCE), (i) => some(i * AT_ONCE))}
${returned(n)}
}
`;
}

/** The indices of a thread, and how its entry point finds them. */
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
      ? '@builtin(local_invocation_index) thread: u32, @builtin(subgroup_invocation_id) lane: u32'
      : '@builtin(local_invocation_index) thread: u32',
  // Not the builtin subgroup_id: on Direct3D 12 that is the order in which subgroups happen to come.
  value: subgroupSize > 1 ? `Me(thread, lane, subgroupMin(thread) / ${subgroupSize}u)` : 'Me(thread, 0u, 0u)',
});
