import type { Curve } from '../../index.ts';
import { howMany } from '../../support/howMany.ts';
import type { Scene } from '../scene.ts';
import { counted, short } from './numbers.ts';

/** What is known of the curve on the screen: how exact it is, what it took, how far it has come. */
export function curveInWords({ theory, pending }: Pick<Scene, 'theory' | 'pending'>): string {
  if (!theory) return pending ? 'integrating…' : '';
  const { curve, stage, reached, end, done, took, failure } = theory;
  const { rtol, evaluations, heldFrom, symmetricFrom, egFloor } = curve.stats;
  const part = `${Math.floor((100 * reached) / end)} %`;
  const exact = `to ${short(rtol)}`;
  if (failure) return `exact ${exact} as far as it goes`;
  if (stage === 'draft') return `draft ${exact}; exact: ${done && reached === end ? 'to come' : part}`;
  if (!done) return `exact ${exact}: ${part} so far`;
  const facts = [
    `exact ${exact} in ${took < 1 ? 'less than 1' : Math.round(took)} ms, ${howMany(evaluations, 'evaluation', counted(evaluations))}`,
    ...(curve.eg.some((e) => e < egFloor) ? [`below ε = ${short(egFloor)} lies rounding`] : []),
    ...(heldFrom === null
      ? []
      : [`at rest from α = ${short(heldFrom)}, where ε is ${errorInWords(curve, curve.eg.length - 1)}`]),
    ...(symmetricFrom === null ? [] : [`symmetric by rounding from α = ${short(symmetricFrom)}`]),
    ...(pending ? ['the next one is to come'] : []),
  ];
  return facts.join('; ');
}

/** The error at a point of the curve; where it is below its rounding, only that is known. */
export const errorInWords = ({ eg, stats: { egFloor } }: Curve, i: number): string =>
  eg[i] === undefined ? '–' : eg[i] < egFloor ? `< ${short(egFloor)}` : short(eg[i]);

/** Why there is no curve, or why it breaks off. */
export function failureInWords({ theory, refused }: Pick<Scene, 'theory' | 'refused'>): string | undefined {
  if (refused) return `${refused.message}.${theory ? ' The picture is of the problem before.' : ''}`;
  return theory?.failure?.message;
}
