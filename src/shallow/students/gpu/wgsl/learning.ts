import type { Shape } from './shape.ts';
import { each } from './write.ts';

/** How a kernel names (g, g') of its students' fields and its teachers'. */
export interface Answers {
  student: (k: number) => string;
  teacher: (m: number) => string;
}

/** ŷ − y, without noise. */
export const error = ({ K, M }: Shape, { student, teacher }: Answers): string =>
  `    var e = ${each(K, (k) => `v${k}.x * ${student(k)}.x`, ' + ')} - (${each(M, (m) => `A${m} * ${teacher(m)}.x`, ' + ')});`;

export const labelNoise = ({ noise }: Shape): string =>
  noise ? '    e -= settings.sigma * normals(random(place, 0u, LABEL_NOISE, key)).x;' : '';

/** What multiplies an input in the step of unit k: −η f_k g'(λ_k) e. */
export const moveOf = ({ ownSignal }: Shape, { student }: Answers, k: number): string =>
  `-settings.rate1 * ${ownSignal ? `v${k}.x` : `F${k}`} * ${student(k)}.y * e`;

/** What the first layer loses by decay, after the change of a number. */
export const firstDecay = ({ decay }: Shape, number: string): string =>
  decay[0] ? ` - settings.decay1 * ${number}` : '';

/** After the first layer: with BP, its signal is v. */
export const secondLayer = ({ K, trainSecondLayer, decay }: Shape, { student }: Answers): string =>
  trainSecondLayer
    ? each(K, (k) => {
        const lost = decay[1] ? ` - settings.decay2 * v${k}.x` : '';
        return `    v${k} = moved(v${k}, -settings.rate2 * ${student(k)}.x * e${lost});`;
      })
    : '';

/** `total`: ½e² summed over inputs of the test set, added to what stands at a place; the first ones begin the sum. */
export const sumOfSquares = (place: string, forward: string): string => /* wgsl */ `
  var total = ${place};
  if ((settings.first_low | settings.first_high) == 0u) {
    total = vec2f(0.0);
  }
  for (var i = 0u; i < settings.count; i++) {
    let place = place_after(i);
${forward}
    total = moved(total, 0.5 * e * e);
  }`;
