// The largest errors of src/numbers in units of the last place, over many random arguments of each range, against 100-digit
// arithmetic; those of Math beside them: npx tsx scripts/number-errors.ts [arguments of each range, 2000 if not given]
import * as numbers from '../src/numbers/index.ts';
import { exact, FUNCTIONS, RANGES, source, ulpError } from '../test/fixtures/numbers/exact.mjs';

type Function = (...x: number[]) => number;
const MATH: Record<string, string> = { arcsine: 'asin', ln: 'log', power: 'pow' };
const each = Number(process.argv[2] ?? 2000);

console.log('| function | range | largest error, ulp | where | of Math |');
console.log('| --- | --- | --- | --- | --- |');
for (const [name, ranges] of Object.entries(RANGES)) {
  const own = (numbers as unknown as Record<string, Function>)[name];
  const theirs = (Math as unknown as Record<string, Function | undefined>)[MATH[name] ?? name];
  for (const [range, draw] of Object.entries(ranges)) {
    const random = source(1);
    let worst = 0;
    let where: readonly number[] = [];
    let ofMath = 0;
    for (let i = 0; i < each; i++) {
      const x: number[] = draw(random);
      const value = FUNCTIONS[name as keyof typeof FUNCTIONS](...x.map(exact));
      const error = ulpError(own(...x), value);
      if (!(error <= worst)) [worst, where] = [error, x];
      if (theirs) ofMath = Math.max(ofMath, ulpError(theirs(...x), value));
    }
    console.log(
      `| ${name} | ${range} | ${worst.toFixed(2)} | ${where.join(', ')} | ${theirs ? ofMath.toFixed(2) : '-'} |`,
    );
  }
}
