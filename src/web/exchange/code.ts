import type { Problem } from '../../index.ts';
import type { Scene } from '../scene.ts';
import { problemOf } from '../state/problem.ts';
import type { StudentsSeen } from '../students/seen.ts';
import { written } from './written.ts';

/** Commands that print the numbers of the page. */
export function commandOf({ state, students }: Scene): string {
  const problem = problemOf(state);
  const lines = ['# the theory, as CSV', ...withInput('npx alignode integrate -', problem)];
  if (students) {
    const { N, runs, seed, student, backend, allowSoftware } = optionsOf(students);
    const work = `${backend ? ` --backend ${backend}` : ''}${allowSoftware ? ' --allow-software' : ''}`;
    const command = `npx alignode simulate - --N ${N} --runs ${runs} --seed ${seed} --student ${student}${work}`;
    const learned = students.other ? students.problem : { ...problem, alpha: students.problem.alpha };
    lines.push('', `# ${titleOf(students)}, as CSV`, ...withInput(command, learned));
  }
  return `${lines.join('\n')}\n`;
}

/** The problem as the command's standard input. No line of JSON is EOF, and the shell does not look into it. */
const withInput = (command: string, problem: Problem): string[] => [
  `${command} <<'EOF'`,
  written(problem),
  'EOF',
];

/** A script that writes the numbers of the page. */
export function scriptOf({ state, students }: Scene): string {
  const names = ['curveToCsv', 'integrate', 'type Problem', ...(students ? ['simulate'] : [])];
  const lines = [
    "import { writeFileSync } from 'node:fs';",
    `import { ${names.join(', ')} } from 'alignode';`,
    '',
    stated('problem', written(problemOf(state), 'ts')),
    '',
    'const curve = integrate(problem);',
    "writeFileSync('alignode-theory.csv', curveToCsv(curve));",
    "console.log('theory: test error', curve.eg.at(-1), 'at alpha =', curve.alpha.at(-1));",
  ];
  if (students) {
    const { problem, other } = students;
    const learned = other
      ? written(problem, 'ts')
      : `{\n  ...problem,\n  alpha: ${written(problem.alpha, 'ts', '  ', 8)},\n}`;
    lines.push(
      '',
      `// ${titleOf(students)}`,
      stated('learned', learned),
      `const students = await simulate(learned, ${written(optionsOf(students), 'ts')});`,
      'const { alpha, mean, stderr } = students;',
      "writeFileSync('alignode-students.json', JSON.stringify({ alpha, mean, stderr }));",
      "console.log('students: test error', mean.eg.at(-1), '±', stderr.eg.at(-1), 'at alpha =', alpha.at(-1));",
    );
  }
  return `${lines.join('\n')}\n`;
}

const stated = (name: string, problem: string): string => `const ${name}: Problem = ${problem};`;

/**
 * The options for `simulate`. If it chose itself what does the work, that choice is written out, so that its numbers
 * are those of the page to the last digits.
 */
function optionsOf({ asked: { backend: wanted, ...asked }, device, settings, other }: StudentsSeen) {
  const backend = wanted === 'auto' && settings && !other ? settings.backend : wanted;
  return {
    ...asked,
    ...(backend !== 'auto' && { backend }),
    ...(backend === 'gpu' && device?.software && { allowSoftware: true }),
  };
}

function titleOf({ other, simulation }: StudentsSeen): string {
  const what = other
    ? 'the mean of the students, of the problem that they learned'
    : 'the mean of the students';
  return simulation && !simulation.complete ? `${what}: all, where some were stopped on the page` : what;
}
