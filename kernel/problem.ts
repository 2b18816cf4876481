/*
 * What every student of a batch is told: the numbers of the problem that are not drawn anew from run to run.
 */
export let K: i32 = 0;
export let M: i32 = 0;
export let activation: i32 = 0;
/** Whether the rule sends back the student's own second layer, not the feedback. */
export let ownSignal: bool = false;
export let trainSecondLayer: bool = false;
export let sigma: f64 = 0;
/** η₁, η₂, κ₁, κ₂, each divided by N. */
export let eta1: f64 = 0;
export let eta2: f64 = 0;
export let kappa1: f64 = 0;
export let kappa2: f64 = 0;

export function setProblem(
  students: i32,
  teachers: i32,
  kind: i32,
  own: bool,
  second: bool,
  noise: f64,
  rate1: f64,
  rate2: f64,
  decay1: f64,
  decay2: f64,
): void {
  K = students;
  M = teachers;
  activation = kind;
  ownSignal = own;
  trainSecondLayer = second;
  sigma = noise;
  eta1 = rate1;
  eta2 = rate2;
  kappa1 = decay1;
  kappa2 = decay2;
}

/** The streams of src/random/streams.ts that students draw from. */
export const INPUTS: i32 = 5;
export const LABEL_NOISE: i32 = 6;
export const CHI_SQUARE: i32 = 7;
export const TEST_SET: i32 = 8;
