
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
const INPUTS = 5u;
const LABEL_NOISE = 6u;
const CHI_SQUARE = 7u;
const TEST_SET = 8u;

@group(0) @binding(1) var<storage, read_write> weights: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> words: array<u32>;
@group(0) @binding(3) var<storage, read_write> results: array<vec2f>;

fn threefry(counter: vec4u, key: vec2u) -> vec4u {
  let last = 0x1bd11bdau ^ key.x ^ key.y;
  var x0 = counter.x + key.x;
  var x1 = counter.y + key.y;
  var x2 = counter.z;
  var x3 = counter.w;
  x0 += x1;
  x1 = ((x1 << 10u) | (x1 >> 22u)) ^ x0;
  x2 += x3;
  x3 = ((x3 << 26u) | (x3 >> 6u)) ^ x2;
  x0 += x3;
  x3 = ((x3 << 11u) | (x3 >> 21u)) ^ x0;
  x2 += x1;
  x1 = ((x1 << 21u) | (x1 >> 11u)) ^ x2;
  x0 += x1;
  x1 = ((x1 << 13u) | (x1 >> 19u)) ^ x0;
  x2 += x3;
  x3 = ((x3 << 27u) | (x3 >> 5u)) ^ x2;
  x0 += x3;
  x3 = ((x3 << 23u) | (x3 >> 9u)) ^ x0;
  x2 += x1;
  x1 = ((x1 << 5u) | (x1 >> 27u)) ^ x2;
  x0 += key.y;
  x3 += last + 1u;
  x0 += x1;
  x1 = ((x1 << 6u) | (x1 >> 26u)) ^ x0;
  x2 += x3;
  x3 = ((x3 << 20u) | (x3 >> 12u)) ^ x2;
  x0 += x3;
  x3 = ((x3 << 17u) | (x3 >> 15u)) ^ x0;
  x2 += x1;
  x1 = ((x1 << 11u) | (x1 >> 21u)) ^ x2;
  x0 += x1;
  x1 = ((x1 << 25u) | (x1 >> 7u)) ^ x0;
  x2 += x3;
  x3 = ((x3 << 10u) | (x3 >> 22u)) ^ x2;
  x0 += x3;
  x3 = ((x3 << 18u) | (x3 >> 14u)) ^ x0;
  x2 += x1;
  x1 = ((x1 << 20u) | (x1 >> 12u)) ^ x2;
  x2 += last;
  x3 += key.x + 2u;
  x0 += x1;
  x1 = ((x1 << 10u) | (x1 >> 22u)) ^ x0;
  x2 += x3;
  x3 = ((x3 << 26u) | (x3 >> 6u)) ^ x2;
  x0 += x3;
  x3 = ((x3 << 11u) | (x3 >> 21u)) ^ x0;
  x2 += x1;
  x1 = ((x1 << 21u) | (x1 >> 11u)) ^ x2;
  x0 += x1;
  x1 = ((x1 << 13u) | (x1 >> 19u)) ^ x0;
  x2 += x3;
  x3 = ((x3 << 27u) | (x3 >> 5u)) ^ x2;
  x0 += x3;
  x3 = ((x3 << 23u) | (x3 >> 9u)) ^ x0;
  x2 += x1;
  x1 = ((x1 << 5u) | (x1 >> 27u)) ^ x2;
  x1 += last;
  x2 += key.x;
  x3 += key.y + 3u;
  x0 += x1;
  x1 = ((x1 << 6u) | (x1 >> 26u)) ^ x0;
  x2 += x3;
  x3 = ((x3 << 20u) | (x3 >> 12u)) ^ x2;
  return vec4u(x0, x1, x2, x3);
}

const ROOT_HALF_BITS = 0x3f3504f3u;

// k and f, from the bits of x in excess of those of √½.
fn logarithm_parts(excess: u32) -> vec2f {
  let k = f32(bitcast<i32>(excess) >> 23u);
  let m = bitcast<f32>((excess & 0x007fffffu) + ROOT_HALF_BITS);
  return vec2f(k, m - 1.0);
}

// k ln 2 + ln(1 + f).
fn logarithm_of_parts(k: f32, f: f32) -> f32 {
  let high = 0.19963066 + f * (-0.16577588 + f * (0.14914751 + f * (-0.14267458 + f * 0.08700439)));
  let ratio = 1.0 + f * (-0.5 + f * (0.3333391 + f * (-0.25001338 + f * high)));
  return k * 0.6931472 + f * ratio;
}

fn ln(x: f32) -> f32 {
  let parts = logarithm_parts(bitcast<u32>(x) - ROOT_HALF_BITS);
  return logarithm_of_parts(parts.x, parts.y);
}

fn radius(word: u32) -> f32 {
  // y is u, or 1 − u where u is the larger, which the first bit of the word says.
  let large = (word & 0x80000000u) != 0u;
  let y = (f32(bitcast<i32>(select(word, ~word, large))) + 0.5) * 0x1p-32;
  let u = select(y, 1.0 - y, large);
  let parts = logarithm_parts(bitcast<u32>(u) - ROOT_HALF_BITS);
  let f = select(parts.y, -y, parts.x == 0.0);
  return sqrt(-2.0 * logarithm_of_parts(parts.x, f));
}

fn direction(word: u32) -> vec2f {
  let x = f32(bitcast<i32>(word << 2u) >> 2u) * 0x1p-30 + 0x1p-31;
  let q = x * x;
  let along = 1.0 + q * (-1.2337005 + q * (0.25366923 + q * (-0.020860288 + q * 0.00090402155)));
  let across = x * (1.5707964 + q * (-0.6459648 + q * (0.07968988 + q * -0.004622953)));
  let one = select(vec2f(along, across), vec2f(across, along), (word & 0x40000000u) != 0u);
  return select(one, -one, (word & 0x80000000u) != 0u);
}

fn normals(words: vec4u) -> vec4f {
  return vec4f(radius(words.x) * direction(words.y), radius(words.z) * direction(words.w));
}

fn activate(x: f32) -> vec2f {
  return vec2f(select(x, 0.0, x <= 0.0), select(0.0, 1.0, x > 0.0));
}

fn opaque(x: f32) -> f32 {
  return bitcast<f32>(bitcast<u32>(x) ^ settings.zero);
}
fn opaque4(x: vec4f) -> vec4f {
  return bitcast<vec4f>(bitcast<vec4u>(x) ^ vec4u(settings.zero));
}

// (high, low) + change. What is smaller than half the last digit of high is kept in low.
fn moved(number: vec2f, change: f32) -> vec2f {
  let y = number.y + change;
  let high = opaque(number.x + y);
  return vec2f(high, y - opaque(high - number.x));
}

// a + b and what rounding took from it, whichever is larger (Knuth).
fn two_sum(a: f32, b: f32) -> vec2f {
  let high = opaque(a + b);
  let part = opaque(high - a);
  return vec2f(high, opaque(a - opaque(high - part)) + opaque(b - part));
}

// The sum of two such numbers, with low again no more than half a digit of high.
fn added(a: vec2f, b: vec2f) -> vec2f {
  let sum = two_sum(a.x, b.x);
  return moved(vec2f(sum.x, 0.0), sum.y + (a.y + b.y));
}

// The first twelve bits of each number: products of two such halves are exact.
fn coarse(x: vec4f) -> vec4f {
  return bitcast<vec4f>(bitcast<vec4u>(x) & vec4u(0xfffff000u));
}

struct Me {
  thread: u32,
  lane: u32,
  subgroup: u32,
}

var<workgroup> parts: array<f32, 2048>;
var<workgroup> answered: array<vec2f, 4>;

fn answers(part0: f32, part1: f32, part2: f32, part3: f32, me: Me) -> array<vec2f, 4> {
  parts[0u + me.thread] = part0;
  parts[256u + me.thread] = part1;
  parts[512u + me.thread] = part2;
  parts[768u + me.thread] = part3;
  workgroupBarrier();
  for (var s = 128u; s > 0u; s /= 2u) {
    if (me.thread < s) {
      parts[0u + me.thread] += parts[0u + me.thread + s];
      parts[256u + me.thread] += parts[256u + me.thread + s];
      parts[512u + me.thread] += parts[512u + me.thread + s];
      parts[768u + me.thread] += parts[768u + me.thread + s];
    }
    workgroupBarrier();
  }
  if (me.thread < 4u) {
    answered[0u + me.thread] = activate(parts[256u * me.thread] * 0.01414213515818119f);
  }
  workgroupBarrier();
  return array<vec2f, 4>(answered[0], answered[1], answered[2], answered[3]);
}

fn word(i: u32) -> f32 {
  return bitcast<f32>(words[i]);
}

// Of a block's normals those that are inputs; rows are filled up with zeros.
fn only_inputs(x: vec4f, block: u32) -> vec4f {
  return select(vec4f(0.0), x, 4u * block + vec4u(0u, 1u, 2u, 3u) < vec4u(5000u));
}

@compute @workgroup_size(256)
fn advance(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let base = group.x * 10240u + thread;
  let own = group.x * 12u;
  let me = Me(thread, 0u, 0u);
  let key = vec2u(words[own + 10u], words[own + 11u]);
  var v0 = vec2f(word(own + 0u), word(own + 3u));
  var v1 = vec2f(word(own + 1u), word(own + 4u));
  var v2 = vec2f(word(own + 2u), word(own + 5u));
  let A0 = word(own + 6u);
  var w0_0 = weights[base + 0u];
  var w0_1 = weights[base + 256u];
  var w0_2 = weights[base + 512u];
  var w0_3 = weights[base + 768u];
  var w0_4 = weights[base + 1024u];
  var w1_0 = weights[base + 1280u];
  var w1_1 = weights[base + 1536u];
  var w1_2 = weights[base + 1792u];
  var w1_3 = weights[base + 2048u];
  var w1_4 = weights[base + 2304u];
  var w2_0 = weights[base + 2560u];
  var w2_1 = weights[base + 2816u];
  var w2_2 = weights[base + 3072u];
  var w2_3 = weights[base + 3328u];
  var w2_4 = weights[base + 3584u];
  var low0_0 = weights[base + 3840u];
  var low0_1 = weights[base + 4096u];
  var low0_2 = weights[base + 4352u];
  var low0_3 = weights[base + 4608u];
  var low0_4 = weights[base + 4864u];
  var low1_0 = weights[base + 5120u];
  var low1_1 = weights[base + 5376u];
  var low1_2 = weights[base + 5632u];
  var low1_3 = weights[base + 5888u];
  var low1_4 = weights[base + 6144u];
  var low2_0 = weights[base + 6400u];
  var low2_1 = weights[base + 6656u];
  var low2_2 = weights[base + 6912u];
  var low2_3 = weights[base + 7168u];
  var low2_4 = weights[base + 7424u];
  let t0_0 = weights[base + 7680u];
  let t0_1 = weights[base + 7936u];
  let t0_2 = weights[base + 8192u];
  let t0_3 = weights[base + 8448u];
  let t0_4 = weights[base + 8704u];
  for (var i = 0u; i < settings.count; i++) {
    let place = place_after(i);
    let x0 = normals(random(place, me.thread + 0u, INPUTS, key));
    let x1 = normals(random(place, me.thread + 256u, INPUTS, key));
    let x2 = normals(random(place, me.thread + 512u, INPUTS, key));
    let x3 = normals(random(place, me.thread + 768u, INPUTS, key));
    let x4 = only_inputs(normals(random(place, me.thread + 1024u, INPUTS, key)), me.thread + 1024u);
    let a = answers(
      dot(w0_0, x0) + dot(w0_1, x1) + dot(w0_2, x2) + dot(w0_3, x3) + dot(w0_4, x4),
      dot(w1_0, x0) + dot(w1_1, x1) + dot(w1_2, x2) + dot(w1_3, x3) + dot(w1_4, x4),
      dot(w2_0, x0) + dot(w2_1, x1) + dot(w2_2, x2) + dot(w2_3, x3) + dot(w2_4, x4),
      dot(t0_0, x0) + dot(t0_1, x1) + dot(t0_2, x2) + dot(t0_3, x3) + dot(t0_4, x4),
      me);
    var e = v0.x * a[0].x + v1.x * a[1].x + v2.x * a[2].x - (A0 * a[3].x);
    e -= settings.sigma * normals(random(place, 0u, LABEL_NOISE, key)).x;
    let move0 = -settings.rate1 * v0.x * a[0].y * e;
    {
      let y = low0_0 + move0 * x0 - settings.decay1 * w0_0;
      let high = opaque4(w0_0 + y);
      low0_0 = y - opaque4(high - w0_0);
      w0_0 = high;
    }
    {
      let y = low0_1 + move0 * x1 - settings.decay1 * w0_1;
      let high = opaque4(w0_1 + y);
      low0_1 = y - opaque4(high - w0_1);
      w0_1 = high;
    }
    {
      let y = low0_2 + move0 * x2 - settings.decay1 * w0_2;
      let high = opaque4(w0_2 + y);
      low0_2 = y - opaque4(high - w0_2);
      w0_2 = high;
    }
    {
      let y = low0_3 + move0 * x3 - settings.decay1 * w0_3;
      let high = opaque4(w0_3 + y);
      low0_3 = y - opaque4(high - w0_3);
      w0_3 = high;
    }
    {
      let y = low0_4 + move0 * x4 - settings.decay1 * w0_4;
      let high = opaque4(w0_4 + y);
      low0_4 = y - opaque4(high - w0_4);
      w0_4 = high;
    }
    let move1 = -settings.rate1 * v1.x * a[1].y * e;
    {
      let y = low1_0 + move1 * x0 - settings.decay1 * w1_0;
      let high = opaque4(w1_0 + y);
      low1_0 = y - opaque4(high - w1_0);
      w1_0 = high;
    }
    {
      let y = low1_1 + move1 * x1 - settings.decay1 * w1_1;
      let high = opaque4(w1_1 + y);
      low1_1 = y - opaque4(high - w1_1);
      w1_1 = high;
    }
    {
      let y = low1_2 + move1 * x2 - settings.decay1 * w1_2;
      let high = opaque4(w1_2 + y);
      low1_2 = y - opaque4(high - w1_2);
      w1_2 = high;
    }
    {
      let y = low1_3 + move1 * x3 - settings.decay1 * w1_3;
      let high = opaque4(w1_3 + y);
      low1_3 = y - opaque4(high - w1_3);
      w1_3 = high;
    }
    {
      let y = low1_4 + move1 * x4 - settings.decay1 * w1_4;
      let high = opaque4(w1_4 + y);
      low1_4 = y - opaque4(high - w1_4);
      w1_4 = high;
    }
    let move2 = -settings.rate1 * v2.x * a[2].y * e;
    {
      let y = low2_0 + move2 * x0 - settings.decay1 * w2_0;
      let high = opaque4(w2_0 + y);
      low2_0 = y - opaque4(high - w2_0);
      w2_0 = high;
    }
    {
      let y = low2_1 + move2 * x1 - settings.decay1 * w2_1;
      let high = opaque4(w2_1 + y);
      low2_1 = y - opaque4(high - w2_1);
      w2_1 = high;
    }
    {
      let y = low2_2 + move2 * x2 - settings.decay1 * w2_2;
      let high = opaque4(w2_2 + y);
      low2_2 = y - opaque4(high - w2_2);
      w2_2 = high;
    }
    {
      let y = low2_3 + move2 * x3 - settings.decay1 * w2_3;
      let high = opaque4(w2_3 + y);
      low2_3 = y - opaque4(high - w2_3);
      w2_3 = high;
    }
    {
      let y = low2_4 + move2 * x4 - settings.decay1 * w2_4;
      let high = opaque4(w2_4 + y);
      low2_4 = y - opaque4(high - w2_4);
      w2_4 = high;
    }
    v0 = moved(v0, -settings.rate2 * a[0].x * e - settings.decay2 * v0.x);
    v1 = moved(v1, -settings.rate2 * a[1].x * e - settings.decay2 * v1.x);
    v2 = moved(v2, -settings.rate2 * a[2].x * e - settings.decay2 * v2.x);
  }
  weights[base + 0u] = w0_0;
  weights[base + 256u] = w0_1;
  weights[base + 512u] = w0_2;
  weights[base + 768u] = w0_3;
  weights[base + 1024u] = w0_4;
  weights[base + 1280u] = w1_0;
  weights[base + 1536u] = w1_1;
  weights[base + 1792u] = w1_2;
  weights[base + 2048u] = w1_3;
  weights[base + 2304u] = w1_4;
  weights[base + 2560u] = w2_0;
  weights[base + 2816u] = w2_1;
  weights[base + 3072u] = w2_2;
  weights[base + 3328u] = w2_3;
  weights[base + 3584u] = w2_4;
  weights[base + 3840u] = low0_0;
  weights[base + 4096u] = low0_1;
  weights[base + 4352u] = low0_2;
  weights[base + 4608u] = low0_3;
  weights[base + 4864u] = low0_4;
  weights[base + 5120u] = low1_0;
  weights[base + 5376u] = low1_1;
  weights[base + 5632u] = low1_2;
  weights[base + 5888u] = low1_3;
  weights[base + 6144u] = low1_4;
  weights[base + 6400u] = low2_0;
  weights[base + 6656u] = low2_1;
  weights[base + 6912u] = low2_2;
  weights[base + 7168u] = low2_3;
  weights[base + 7424u] = low2_4;
  if (thread == 0u) {
    words[own + 0u] = bitcast<u32>(v0.x);
    words[own + 3u] = bitcast<u32>(v0.y);
    words[own + 1u] = bitcast<u32>(v1.x);
    words[own + 4u] = bitcast<u32>(v1.y);
    words[own + 2u] = bitcast<u32>(v2.x);
    words[own + 5u] = bitcast<u32>(v2.y);
  }
}

// ½e² summed over inputs of the test set; the first ones begin the sum.
@compute @workgroup_size(256)
fn test(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let base = group.x * 10240u + thread;
  let own = group.x * 12u;
  let me = Me(thread, 0u, 0u);
  let key = vec2u(words[own + 10u], words[own + 11u]);
  var v0 = vec2f(word(own + 0u), word(own + 3u));
  var v1 = vec2f(word(own + 1u), word(own + 4u));
  var v2 = vec2f(word(own + 2u), word(own + 5u));
  let A0 = word(own + 6u);
  let w0_0 = weights[base + 0u];
  let w0_1 = weights[base + 256u];
  let w0_2 = weights[base + 512u];
  let w0_3 = weights[base + 768u];
  let w0_4 = weights[base + 1024u];
  let w1_0 = weights[base + 1280u];
  let w1_1 = weights[base + 1536u];
  let w1_2 = weights[base + 1792u];
  let w1_3 = weights[base + 2048u];
  let w1_4 = weights[base + 2304u];
  let w2_0 = weights[base + 2560u];
  let w2_1 = weights[base + 2816u];
  let w2_2 = weights[base + 3072u];
  let w2_3 = weights[base + 3328u];
  let w2_4 = weights[base + 3584u];
  let t0_0 = weights[base + 7680u];
  let t0_1 = weights[base + 7936u];
  let t0_2 = weights[base + 8192u];
  let t0_3 = weights[base + 8448u];
  let t0_4 = weights[base + 8704u];
  let slot = group.x * 13u + 12u;
  var total = results[slot];
  if ((settings.first_low | settings.first_high) == 0u) {
    total = vec2f(0.0);
  }
  for (var i = 0u; i < settings.count; i++) {
    let place = place_after(i);
    let x0 = normals(random(place, me.thread + 0u, TEST_SET, key));
    let x1 = normals(random(place, me.thread + 256u, TEST_SET, key));
    let x2 = normals(random(place, me.thread + 512u, TEST_SET, key));
    let x3 = normals(random(place, me.thread + 768u, TEST_SET, key));
    let x4 = only_inputs(normals(random(place, me.thread + 1024u, TEST_SET, key)), me.thread + 1024u);
    let a = answers(
      dot(w0_0, x0) + dot(w0_1, x1) + dot(w0_2, x2) + dot(w0_3, x3) + dot(w0_4, x4),
      dot(w1_0, x0) + dot(w1_1, x1) + dot(w1_2, x2) + dot(w1_3, x3) + dot(w1_4, x4),
      dot(w2_0, x0) + dot(w2_1, x1) + dot(w2_2, x2) + dot(w2_3, x3) + dot(w2_4, x4),
      dot(t0_0, x0) + dot(t0_1, x1) + dot(t0_2, x2) + dot(t0_3, x3) + dot(t0_4, x4),
      me);
    var e = v0.x * a[0].x + v1.x * a[1].x + v2.x * a[2].x - (A0 * a[3].x);
    total = moved(total, 0.5 * e * e);
  }
  if (thread == 0u) {
    results[slot] = total;
  }
}

var<workgroup> products: array<vec2f, 256>;

// W_a · W_b, each row with its low part. Products of coarse and fine halves are exact, and are summed as two floats; what the
// low parts add is 2^-24 as large.
fn product(slot: u32, base: u32, a: u32, a_low: u32, b: u32, b_low: u32, thread: u32) {
  var total = vec2f(0.0);
  for (var j = base; j < base + 1280u; j += 256u) {
    let x = weights[j + a * 1280u];
    let y = weights[j + b * 1280u];
    let x_coarse = coarse(x);
    let y_coarse = coarse(y);
    let x_fine = x - x_coarse;
    let y_fine = y - y_coarse;
    let large = x_coarse * y_coarse;
    let one = x_coarse * y_fine;
    let other = x_fine * y_coarse;
    let small = x_fine * y_fine + x * weights[j + b_low * 1280u] + weights[j + a_low * 1280u] * y;
    for (var c = 0u; c < 4u; c++) {
      total = added(total, vec2f(large[c], 0.0));
      total = added(total, vec2f(one[c], 0.0));
      total = added(total, vec2f(other[c], small[c]));
    }
  }
  products[thread] = total;
  workgroupBarrier();
  for (var s = 128u; s > 0u; s /= 2u) {
    if (thread < s) {
      products[thread] = added(products[thread], products[thread + s]);
    }
    workgroupBarrier();
  }
  if (thread == 0u) {
    results[slot] = products[0];
  }
  workgroupBarrier();
}

// The order parameters of src/shallow/problem/layout.ts, times N those that are products.
@compute @workgroup_size(256)
fn measure(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let base = group.x * 10240u + thread;
  let own = group.x * 12u;
  var slot = group.x * 13u;
  for (var k = 0u; k < 3u; k++) {
    for (var l = k; l < 3u; l++) {
      product(slot, base, k, 3u + k, l, 3u + l, thread);
      slot++;
    }
  }
  for (var k = 0u; k < 3u; k++) {
    for (var m = 0u; m < 1u; m++) {
      product(slot, base, k, 3u + k, 6u + m, 7u + m, thread);
      slot++;
    }
  }
  if (thread < 3u) {
    results[slot + thread] = vec2f(word(own + thread), word(own + 3u + thread));
  }
}
