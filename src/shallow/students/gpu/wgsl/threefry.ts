/** Rotations of the two mixes of each round; they repeat after eight. */
const ROTATIONS = [
  [10, 26],
  [11, 21],
  [13, 27],
  [23, 5],
  [6, 20],
  [17, 11],
  [25, 10],
  [18, 20],
];
const ROUNDS = 13;

/**
 * What is added after every fourth round: the key (key.x, key.y, 0, 0, last), turned by one word more each time, and a
 * count.
 */
const INJECTIONS = [
  ['x0 += key.y;', 'x3 += last + 1u;'],
  ['x2 += last;', 'x3 += key.x + 2u;'],
  ['x1 += last;', 'x2 += key.x;', 'x3 += key.y + 3u;'],
];

const mix = (a: string, b: string, by: number): string[] => [
  `${a} += ${b};`,
  `${b} = ((${b} << ${by}u) | (${b} >> ${32 - by}u)) ^ ${a};`,
];

const rounds = Array.from({ length: ROUNDS }, (_, r) => {
  const [one, other] = r % 2 === 0 ? ['x1', 'x3'] : ['x3', 'x1'];
  const [first, second] = ROTATIONS[r % 8];
  return [
    ...mix('x0', one, first),
    ...mix('x2', other, second),
    ...(r % 4 === 3 ? INJECTIONS[(r - 3) / 4] : []),
  ];
}).flat();

/**
 * Threefry4x32-13 of Salmon et al. (SC11, 2011), to the bit that of src/random/threefry.ts: the counter's four words
 * under the key (key.x, key.y, 0, 0).
 */
export const threefry = /* wgsl */ `
fn threefry(counter: vec4u, key: vec2u) -> vec4u {
  let last = 0x1bd11bdau ^ key.x ^ key.y;
  var x0 = counter.x + key.x;
  var x1 = counter.y + key.y;
  var x2 = counter.z;
  var x3 = counter.w;
${rounds.map((line) => `  ${line}`).join('\n')}
  return vec4u(x0, x1, x2, x3);
}
`;
