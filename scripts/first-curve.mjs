// The first curve: an erf student and teacher, K = M = 2, by DFA (examples/dfa-k2m2.json) and by BP from the same start.
import { readFileSync } from 'node:fs';
import { integrate, lineChart } from 'alignode';

export function firstCurve() {
  const problem = JSON.parse(readFileSync(new URL('../examples/dfa-k2m2.json', import.meta.url), 'utf8'));
  const curves = { dfa: integrate(problem), bp: integrate({ ...problem, rule: 'bp' }) };
  const picture = lineChart({
    title: 'An erf student learns from an erf teacher, K = M = 2, η = 0.1',
    x: { label: 'α = examples / N', log: true },
    y: { label: 'test error', log: true },
    series: Object.entries(curves).map(([rule, { alpha, eg }]) => ({
      name: rule.toUpperCase(),
      x: alpha,
      y: eg,
    })),
  });
  return { curves, picture };
}
