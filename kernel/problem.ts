/*
 * The numbers of the problem that all students of a batch share: those that are not drawn anew from run to run.
 */
export let K: i32 = 0;
export let M: i32 = 0;
export let activation: i32 = 0;
/** Whether the rule sends back the student's own second layer, not the feedback. */
export let ownSignal: bool = false;
export let trainSecondLayer: bool = false;
export let sigma: f64 = 0;
/** η₁, η₂, κ₁, κ₂, each divided by N. */
export let rate1: f64 = 0;
export let rate2: f64 = 0;
export let decay1: f64 = 0;
export let decay2: f64 = 0;

export function setProblem(
  students: i32,
  teachers: i32,
  kind: i32,
  own: bool,
  second: bool,
  noise: f64,
  firstRate: f64,
  secondRate: f64,
  firstDecay: f64,
  secondDecay: f64,
): void {
  K = students;
  M = teachers;
  activation = kind;
  ownSignal = own;
  trainSecondLayer = second;
  sigma = noise;
  rate1 = firstRate;
  rate2 = secondRate;
  decay1 = firstDecay;
  decay2 = secondDecay;
}

/** The streams of src/random/streams.ts that students draw from. */
export const INPUTS: i32 = 5;
export const LABEL_NOISE: i32 = 6;
export const CHI_SQUARE: i32 = 7;
export const TEST_SET: i32 = 8;
