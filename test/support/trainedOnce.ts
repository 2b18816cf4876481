import type * as Simulations from '../../src/shallow/students/index.ts';

/** The module with a `simulate` that trains no students twice: what is compared with them may change, and they do not. Used with vi.mock. */
export function trainedOnce(simulations: typeof Simulations): typeof Simulations {
  const trained = new Map<string, ReturnType<typeof simulations.simulate>>();
  return {
    ...simulations,
    simulate: (problem, options) => {
      const asked = JSON.stringify([problem, options]);
      const known = trained.get(asked) ?? simulations.simulate(problem, options);
      trained.set(asked, known);
      return known;
    },
  };
}
