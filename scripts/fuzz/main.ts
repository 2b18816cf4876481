// Throws seeded problems at integrate, valid, mutated, deep and hostile, and counts what comes back:
//     npm run fuzz [-- --problems 3000 --seed 1 --only NUMBER --reference 300]
// --only shows one of them; --reference compares so many curves with an integrator and equations that share no code with
// the program. The exit code is 1 if any outcome is a fault.
import { parseArgs } from 'node:util';
import { besideReference } from './against.ts';
import { caseOf, KINDS, type Outcome, tryCase } from './fuzz.ts';

const { values } = parseArgs({
  options: {
    problems: { type: 'string', default: '3000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    reference: { type: 'string' },
  },
});
const seed = Number(values.seed);

if (values.only !== undefined) {
  const one = caseOf(seed, Number(values.only));
  console.dir(one, { depth: 8 });
  console.dir(tryCase(one), { depth: 8 });
} else if (values.reference !== undefined) {
  const worst = new Map<string, { curves: number; difference: number; error: number; number: number }>();
  for (const { number, activation, difference, error } of besideReference(seed, Number(values.reference))) {
    const before = worst.get(activation) ?? { curves: 0, difference: 0, error: 0, number };
    worst.set(activation, {
      curves: before.curves + 1,
      error: Math.max(before.error, error),
      ...(difference > before.difference
        ? { difference, number }
        : { difference: before.difference, number: before.number }),
    });
  }
  console.log(
    '| activation | curves | largest difference | of problem | error of the reference |\n| --- | --- | --- | --- | --- |',
  );
  for (const [activation, { curves, difference, number, error }] of worst)
    console.log(
      `| ${activation} | ${curves} | ${difference.toExponential(1)} | ${number} | ${error.toExponential(1)} |`,
    );
} else {
  const counts = new Map<string, number>();
  let deafest = 0;
  let faults = 0;
  for (let number = 0; number < Number(values.problems); number++) {
    const outcome: Outcome = tryCase(caseOf(seed, number));
    const name = `${outcome.kind}\t${outcome.what}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    deafest = Math.max(deafest, outcome.deaf);
    if (outcome.fault === undefined) continue;
    if (++faults <= 50) console.log(`${number} (${outcome.kind}): ${outcome.what}: ${outcome.fault}`);
  }
  console.log('\n| problems | outcome | count |\n| --- | --- | --- |');
  for (const kind of KINDS)
    for (const [name, count] of [...counts].sort((a, b) => b[1] - a[1])) {
      const [of, what] = name.split('\t');
      if (of === kind) console.log(`| ${kind} | ${what} | ${count} |`);
    }
  console.log(`\n${faults} faults; no signal was unheard for longer than ${deafest.toFixed(0)} ms`);
  if (faults > 0) process.exitCode = 1;
}
