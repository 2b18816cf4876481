import { float } from './write.ts';

/** Attempts are bounded, as shader compilers like it: more than 32 are needed about once in 10^41 draws. */
const ATTEMPTS = 32;

/**
 * `chi_square`, a variate with so many degrees of freedom at a place: src/random/chiSquare.ts, where the method and its
 * source stand, with the same attempts.
 */
export function chiSquare(degrees: number): string {
  const begin = 'fn chi_square(place: Place, key: vec2u) -> f32 {';
  if (degrees === 0) return `${begin}\n  return 0.0;\n}\n`;
  const normal = 'radius(words.x) * direction(words.y).x';
  if (degrees === 1)
    return `${begin}\n  let words = random(place, 0u, CHI_SQUARE, key);\n  let x = ${normal};\n  return x * x;\n}\n`;
  const d = degrees / 2 - 1 / 3;
  return /* wgsl */ `${begin}
  var cube = 1.0;
  for (var attempt = 0u; attempt < ${ATTEMPTS}u; attempt++) {
    let words = random(place, attempt, CHI_SQUARE, key);
    let x = ${normal};
    let t = ${float(1 / Math.sqrt(9 * d))} * x;
    if (t <= -1.0) {
      continue;
    }
    let one = 1.0 + t;
    cube = one * one * one;
    // The uniform number of src/random/uniform.ts.
    let u = (f32(words.z >> 6u) + (f32(words.w >> 6u) + 0.5) * 0x1p-26f) * 0x1p-26f;
    if (ln(u) < ${float(3 * d)} * log_remainder(t)) {
      break;
    }
  }
  return ${float(2 * d)} * cube;
}
`;
}
