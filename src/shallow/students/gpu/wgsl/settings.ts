import { STREAMS } from '../../../../random/index.ts';

/** What every student gets: the numbers of a problem that are not drawn anew, and what is to be done. */
export const settings = /* wgsl */ `
struct Settings {
  // η₁/√N for the trained student, η₁/N for the projected one; η₂/N; κ₁/N; κ₂/N; σ
  rate1: f32,
  rate2: f32,
  decay1: f32,
  decay2: f32,
  sigma: f32,
  // zero, see opaque()
  zero: u32,
  // the first step, or the first input of the test set, in two words; and how many
  first_low: u32,
  first_high: u32,
  count: u32,
  // the number of students
  students: u32,
}
@group(0) @binding(0) var<uniform> settings: Settings;

// The place (step, stream) of src/random/streams.ts: counters 0 and 3. Counter 1 is 0, every run has its own key.
struct Place {
  low: u32,
  high: u32,
}
fn place_after(count: u32) -> Place {
  let low = settings.first_low + count;
  return Place(low, settings.first_high + u32(low < count));
}
fn random(place: Place, block: u32, stream: u32, key: vec2u) -> vec4u {
  return threefry(vec4u(place.low, 0u, block, stream + 256u * place.high), key);
}
const INPUTS = ${STREAMS.inputs}u;
const LABEL_NOISE = ${STREAMS.labelNoise}u;
const CHI_SQUARE = ${STREAMS.projectedChiSquare}u;
const TEST_SET = ${STREAMS.testSet}u;
`;

/** Where the words of `Settings` are, and how many there are, filled up to a multiple of 16 bytes. */
export const WORDS = { rates: 0, firstLow: 6, firstHigh: 7, count: 8, students: 9, all: 12 } as const;
