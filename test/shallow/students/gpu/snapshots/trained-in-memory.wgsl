enable subgroups;

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

fn gaussian(x: f32) -> f32 {
  // At 13.25, k is −127, which makes the bits of zero.
  let z = select(x, 13.25, abs(x) > 13.25);
  let y = z * z * -0.7213475;
  let k = i32(y - 0.5);
  let f = y - f32(k);
  let high = 0.055503324 + f * (0.009618437 + f * (0.0013398874 + f * 0.00015353374));
  let power = 1.0 + f * (0.6931472 + f * (0.24022648 + f * high));
  return power * bitcast<f32>((k + 127) << 23u);
}

fn activate(x: f32) -> vec2f {
  let bell = gaussian(x);
  let z = min(abs(x), 13.25);
  let q = z * z;
  let near_high = -0.0023616941 + q * (0.00021779082 + q * -0.000012546582);
  let near = x * (0.7978845 + q * (-0.13297975 + q * (0.019941188 + q * near_high)));
  let far_high = 0.0414379 + z * (-0.007347228 + z * (0.0007640058 + z * -0.00003512412));
  let tail = 0.9864577 + z * (-0.7422272 + z * (0.39764798 + z * (-0.15358585 + z * far_high)));
  let far = 1.0 - bell * tail;
  let g = select(select(-far, far, x > 0.0), near, z < 1.4);
  return vec2f(g, 0.7978846 * bell);
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

var<workgroup> parts: array<f32, 96>;
var<workgroup> answered: array<vec2f, 12>;

fn answers(part0: f32, part1: f32, part2: f32, part3: f32, part4: f32, part5: f32, part6: f32, part7: f32, part8: f32, part9: f32, part10: f32, part11: f32, me: Me) -> array<vec2f, 12> {
  var sum0 = part0;
  var sum1 = part1;
  var sum2 = part2;
  var sum3 = part3;
  var sum4 = part4;
  var sum5 = part5;
  var sum6 = part6;
  var sum7 = part7;
  var sum8 = part8;
  var sum9 = part9;
  var sum10 = part10;
  var sum11 = part11;
  sum0 += subgroupShuffleXor(sum0, 1u);
  sum1 += subgroupShuffleXor(sum1, 1u);
  sum2 += subgroupShuffleXor(sum2, 1u);
  sum3 += subgroupShuffleXor(sum3, 1u);
  sum4 += subgroupShuffleXor(sum4, 1u);
  sum5 += subgroupShuffleXor(sum5, 1u);
  sum6 += subgroupShuffleXor(sum6, 1u);
  sum7 += subgroupShuffleXor(sum7, 1u);
  sum8 += subgroupShuffleXor(sum8, 1u);
  sum9 += subgroupShuffleXor(sum9, 1u);
  sum10 += subgroupShuffleXor(sum10, 1u);
  sum11 += subgroupShuffleXor(sum11, 1u);
  sum0 += subgroupShuffleXor(sum0, 2u);
  sum1 += subgroupShuffleXor(sum1, 2u);
  sum2 += subgroupShuffleXor(sum2, 2u);
  sum3 += subgroupShuffleXor(sum3, 2u);
  sum4 += subgroupShuffleXor(sum4, 2u);
  sum5 += subgroupShuffleXor(sum5, 2u);
  sum6 += subgroupShuffleXor(sum6, 2u);
  sum7 += subgroupShuffleXor(sum7, 2u);
  sum8 += subgroupShuffleXor(sum8, 2u);
  sum9 += subgroupShuffleXor(sum9, 2u);
  sum10 += subgroupShuffleXor(sum10, 2u);
  sum11 += subgroupShuffleXor(sum11, 2u);
  sum0 += subgroupShuffleXor(sum0, 4u);
  sum1 += subgroupShuffleXor(sum1, 4u);
  sum2 += subgroupShuffleXor(sum2, 4u);
  sum3 += subgroupShuffleXor(sum3, 4u);
  sum4 += subgroupShuffleXor(sum4, 4u);
  sum5 += subgroupShuffleXor(sum5, 4u);
  sum6 += subgroupShuffleXor(sum6, 4u);
  sum7 += subgroupShuffleXor(sum7, 4u);
  sum8 += subgroupShuffleXor(sum8, 4u);
  sum9 += subgroupShuffleXor(sum9, 4u);
  sum10 += subgroupShuffleXor(sum10, 4u);
  sum11 += subgroupShuffleXor(sum11, 4u);
  sum0 += subgroupShuffleXor(sum0, 8u);
  sum1 += subgroupShuffleXor(sum1, 8u);
  sum2 += subgroupShuffleXor(sum2, 8u);
  sum3 += subgroupShuffleXor(sum3, 8u);
  sum4 += subgroupShuffleXor(sum4, 8u);
  sum5 += subgroupShuffleXor(sum5, 8u);
  sum6 += subgroupShuffleXor(sum6, 8u);
  sum7 += subgroupShuffleXor(sum7, 8u);
  sum8 += subgroupShuffleXor(sum8, 8u);
  sum9 += subgroupShuffleXor(sum9, 8u);
  sum10 += subgroupShuffleXor(sum10, 8u);
  sum11 += subgroupShuffleXor(sum11, 8u);
  sum0 += subgroupShuffleXor(sum0, 16u);
  sum1 += subgroupShuffleXor(sum1, 16u);
  sum2 += subgroupShuffleXor(sum2, 16u);
  sum3 += subgroupShuffleXor(sum3, 16u);
  sum4 += subgroupShuffleXor(sum4, 16u);
  sum5 += subgroupShuffleXor(sum5, 16u);
  sum6 += subgroupShuffleXor(sum6, 16u);
  sum7 += subgroupShuffleXor(sum7, 16u);
  sum8 += subgroupShuffleXor(sum8, 16u);
  sum9 += subgroupShuffleXor(sum9, 16u);
  sum10 += subgroupShuffleXor(sum10, 16u);
  sum11 += subgroupShuffleXor(sum11, 16u);
  if (me.lane == 0u) {
    parts[me.subgroup * 12u + 0u] = sum0;
    parts[me.subgroup * 12u + 1u] = sum1;
    parts[me.subgroup * 12u + 2u] = sum2;
    parts[me.subgroup * 12u + 3u] = sum3;
    parts[me.subgroup * 12u + 4u] = sum4;
    parts[me.subgroup * 12u + 5u] = sum5;
    parts[me.subgroup * 12u + 6u] = sum6;
    parts[me.subgroup * 12u + 7u] = sum7;
    parts[me.subgroup * 12u + 8u] = sum8;
    parts[me.subgroup * 12u + 9u] = sum9;
    parts[me.subgroup * 12u + 10u] = sum10;
    parts[me.subgroup * 12u + 11u] = sum11;
  }
  workgroupBarrier();
  for (var f = me.thread; f < 12u; f += 256u) {
    var field = 0.0;
    for (var s = 0u; s < 96u; s += 12u) {
      field += parts[s + f];
    }
    answered[f] = activate(field * 0.01414213515818119f);
  }
  workgroupBarrier();
  return array<vec2f, 12>(answered[0], answered[1], answered[2], answered[3], answered[4], answered[5], answered[6], answered[7], answered[8], answered[9], answered[10], answered[11]);
}

fn word(i: u32) -> f32 {
  return bitcast<f32>(words[i]);
}

// Of a block's normals those that are inputs; rows are filled up with zeros.
fn only_inputs(x: vec4f, block: u32) -> vec4f {
  return select(vec4f(0.0), x, 4u * block + vec4u(0u, 1u, 2u, 3u) < vec4u(5000u));
}

@compute @workgroup_size(256)
fn advance(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32, @builtin(subgroup_invocation_id) lane: u32) {
  let base = group.x * 30720u + thread;
  let own = group.x * 30u;
  let me = Me(thread, lane, subgroupMin(thread) / 32u);
  let key = vec2u(words[own + 28u], words[own + 29u]);
  var v0 = vec2f(word(own + 0u), word(own + 8u));
  var v1 = vec2f(word(own + 1u), word(own + 9u));
  var v2 = vec2f(word(own + 2u), word(own + 10u));
  var v3 = vec2f(word(own + 3u), word(own + 11u));
  var v4 = vec2f(word(own + 4u), word(own + 12u));
  var v5 = vec2f(word(own + 5u), word(own + 13u));
  var v6 = vec2f(word(own + 6u), word(own + 14u));
  var v7 = vec2f(word(own + 7u), word(own + 15u));
  let A0 = word(own + 16u);
  let A1 = word(own + 17u);
  let A2 = word(own + 18u);
  let A3 = word(own + 19u);
  let F0 = word(own + 20u);
  let F1 = word(own + 21u);
  let F2 = word(own + 22u);
  let F3 = word(own + 23u);
  let F4 = word(own + 24u);
  let F5 = word(own + 25u);
  let F6 = word(own + 26u);
  let F7 = word(own + 27u);
  for (var i = 0u; i < settings.count; i++) {
    let place = place_after(i);
    let x0 = normals(random(place, me.thread + 0u, INPUTS, key));
    let x1 = normals(random(place, me.thread + 256u, INPUTS, key));
    let x2 = normals(random(place, me.thread + 512u, INPUTS, key));
    let x3 = normals(random(place, me.thread + 768u, INPUTS, key));
    let x4 = only_inputs(normals(random(place, me.thread + 1024u, INPUTS, key)), me.thread + 1024u);
    let a = answers(
      dot(weights[base + 0u], x0) + dot(weights[base + 256u], x1) + dot(weights[base + 512u], x2) + dot(weights[base + 768u], x3) + dot(weights[base + 1024u], x4),
      dot(weights[base + 1280u], x0) + dot(weights[base + 1536u], x1) + dot(weights[base + 1792u], x2) + dot(weights[base + 2048u], x3) + dot(weights[base + 2304u], x4),
      dot(weights[base + 2560u], x0) + dot(weights[base + 2816u], x1) + dot(weights[base + 3072u], x2) + dot(weights[base + 3328u], x3) + dot(weights[base + 3584u], x4),
      dot(weights[base + 3840u], x0) + dot(weights[base + 4096u], x1) + dot(weights[base + 4352u], x2) + dot(weights[base + 4608u], x3) + dot(weights[base + 4864u], x4),
      dot(weights[base + 5120u], x0) + dot(weights[base + 5376u], x1) + dot(weights[base + 5632u], x2) + dot(weights[base + 5888u], x3) + dot(weights[base + 6144u], x4),
      dot(weights[base + 6400u], x0) + dot(weights[base + 6656u], x1) + dot(weights[base + 6912u], x2) + dot(weights[base + 7168u], x3) + dot(weights[base + 7424u], x4),
      dot(weights[base + 7680u], x0) + dot(weights[base + 7936u], x1) + dot(weights[base + 8192u], x2) + dot(weights[base + 8448u], x3) + dot(weights[base + 8704u], x4),
      dot(weights[base + 8960u], x0) + dot(weights[base + 9216u], x1) + dot(weights[base + 9472u], x2) + dot(weights[base + 9728u], x3) + dot(weights[base + 9984u], x4),
      dot(weights[base + 20480u], x0) + dot(weights[base + 20736u], x1) + dot(weights[base + 20992u], x2) + dot(weights[base + 21248u], x3) + dot(weights[base + 21504u], x4),
      dot(weights[base + 21760u], x0) + dot(weights[base + 22016u], x1) + dot(weights[base + 22272u], x2) + dot(weights[base + 22528u], x3) + dot(weights[base + 22784u], x4),
      dot(weights[base + 23040u], x0) + dot(weights[base + 23296u], x1) + dot(weights[base + 23552u], x2) + dot(weights[base + 23808u], x3) + dot(weights[base + 24064u], x4),
      dot(weights[base + 24320u], x0) + dot(weights[base + 24576u], x1) + dot(weights[base + 24832u], x2) + dot(weights[base + 25088u], x3) + dot(weights[base + 25344u], x4),
      me);
    var e = v0.x * a[0].x + v1.x * a[1].x + v2.x * a[2].x + v3.x * a[3].x + v4.x * a[4].x + v5.x * a[5].x + v6.x * a[6].x + v7.x * a[7].x - (A0 * a[8].x + A1 * a[9].x + A2 * a[10].x + A3 * a[11].x);
    let move0 = -settings.rate1 * F0 * a[0].y * e;
    {
      let y = weights[base + 10240u] + move0 * x0;
      let high = opaque4(weights[base + 0u] + y);
      weights[base + 10240u] = y - opaque4(high - weights[base + 0u]);
      weights[base + 0u] = high;
    }
    {
      let y = weights[base + 10496u] + move0 * x1;
      let high = opaque4(weights[base + 256u] + y);
      weights[base + 10496u] = y - opaque4(high - weights[base + 256u]);
      weights[base + 256u] = high;
    }
    {
      let y = weights[base + 10752u] + move0 * x2;
      let high = opaque4(weights[base + 512u] + y);
      weights[base + 10752u] = y - opaque4(high - weights[base + 512u]);
      weights[base + 512u] = high;
    }
    {
      let y = weights[base + 11008u] + move0 * x3;
      let high = opaque4(weights[base + 768u] + y);
      weights[base + 11008u] = y - opaque4(high - weights[base + 768u]);
      weights[base + 768u] = high;
    }
    {
      let y = weights[base + 11264u] + move0 * x4;
      let high = opaque4(weights[base + 1024u] + y);
      weights[base + 11264u] = y - opaque4(high - weights[base + 1024u]);
      weights[base + 1024u] = high;
    }
    let move1 = -settings.rate1 * F1 * a[1].y * e;
    {
      let y = weights[base + 11520u] + move1 * x0;
      let high = opaque4(weights[base + 1280u] + y);
      weights[base + 11520u] = y - opaque4(high - weights[base + 1280u]);
      weights[base + 1280u] = high;
    }
    {
      let y = weights[base + 11776u] + move1 * x1;
      let high = opaque4(weights[base + 1536u] + y);
      weights[base + 11776u] = y - opaque4(high - weights[base + 1536u]);
      weights[base + 1536u] = high;
    }
    {
      let y = weights[base + 12032u] + move1 * x2;
      let high = opaque4(weights[base + 1792u] + y);
      weights[base + 12032u] = y - opaque4(high - weights[base + 1792u]);
      weights[base + 1792u] = high;
    }
    {
      let y = weights[base + 12288u] + move1 * x3;
      let high = opaque4(weights[base + 2048u] + y);
      weights[base + 12288u] = y - opaque4(high - weights[base + 2048u]);
      weights[base + 2048u] = high;
    }
    {
      let y = weights[base + 12544u] + move1 * x4;
      let high = opaque4(weights[base + 2304u] + y);
      weights[base + 12544u] = y - opaque4(high - weights[base + 2304u]);
      weights[base + 2304u] = high;
    }
    let move2 = -settings.rate1 * F2 * a[2].y * e;
    {
      let y = weights[base + 12800u] + move2 * x0;
      let high = opaque4(weights[base + 2560u] + y);
      weights[base + 12800u] = y - opaque4(high - weights[base + 2560u]);
      weights[base + 2560u] = high;
    }
    {
      let y = weights[base + 13056u] + move2 * x1;
      let high = opaque4(weights[base + 2816u] + y);
      weights[base + 13056u] = y - opaque4(high - weights[base + 2816u]);
      weights[base + 2816u] = high;
    }
    {
      let y = weights[base + 13312u] + move2 * x2;
      let high = opaque4(weights[base + 3072u] + y);
      weights[base + 13312u] = y - opaque4(high - weights[base + 3072u]);
      weights[base + 3072u] = high;
    }
    {
      let y = weights[base + 13568u] + move2 * x3;
      let high = opaque4(weights[base + 3328u] + y);
      weights[base + 13568u] = y - opaque4(high - weights[base + 3328u]);
      weights[base + 3328u] = high;
    }
    {
      let y = weights[base + 13824u] + move2 * x4;
      let high = opaque4(weights[base + 3584u] + y);
      weights[base + 13824u] = y - opaque4(high - weights[base + 3584u]);
      weights[base + 3584u] = high;
    }
    let move3 = -settings.rate1 * F3 * a[3].y * e;
    {
      let y = weights[base + 14080u] + move3 * x0;
      let high = opaque4(weights[base + 3840u] + y);
      weights[base + 14080u] = y - opaque4(high - weights[base + 3840u]);
      weights[base + 3840u] = high;
    }
    {
      let y = weights[base + 14336u] + move3 * x1;
      let high = opaque4(weights[base + 4096u] + y);
      weights[base + 14336u] = y - opaque4(high - weights[base + 4096u]);
      weights[base + 4096u] = high;
    }
    {
      let y = weights[base + 14592u] + move3 * x2;
      let high = opaque4(weights[base + 4352u] + y);
      weights[base + 14592u] = y - opaque4(high - weights[base + 4352u]);
      weights[base + 4352u] = high;
    }
    {
      let y = weights[base + 14848u] + move3 * x3;
      let high = opaque4(weights[base + 4608u] + y);
      weights[base + 14848u] = y - opaque4(high - weights[base + 4608u]);
      weights[base + 4608u] = high;
    }
    {
      let y = weights[base + 15104u] + move3 * x4;
      let high = opaque4(weights[base + 4864u] + y);
      weights[base + 15104u] = y - opaque4(high - weights[base + 4864u]);
      weights[base + 4864u] = high;
    }
    let move4 = -settings.rate1 * F4 * a[4].y * e;
    {
      let y = weights[base + 15360u] + move4 * x0;
      let high = opaque4(weights[base + 5120u] + y);
      weights[base + 15360u] = y - opaque4(high - weights[base + 5120u]);
      weights[base + 5120u] = high;
    }
    {
      let y = weights[base + 15616u] + move4 * x1;
      let high = opaque4(weights[base + 5376u] + y);
      weights[base + 15616u] = y - opaque4(high - weights[base + 5376u]);
      weights[base + 5376u] = high;
    }
    {
      let y = weights[base + 15872u] + move4 * x2;
      let high = opaque4(weights[base + 5632u] + y);
      weights[base + 15872u] = y - opaque4(high - weights[base + 5632u]);
      weights[base + 5632u] = high;
    }
    {
      let y = weights[base + 16128u] + move4 * x3;
      let high = opaque4(weights[base + 5888u] + y);
      weights[base + 16128u] = y - opaque4(high - weights[base + 5888u]);
      weights[base + 5888u] = high;
    }
    {
      let y = weights[base + 16384u] + move4 * x4;
      let high = opaque4(weights[base + 6144u] + y);
      weights[base + 16384u] = y - opaque4(high - weights[base + 6144u]);
      weights[base + 6144u] = high;
    }
    let move5 = -settings.rate1 * F5 * a[5].y * e;
    {
      let y = weights[base + 16640u] + move5 * x0;
      let high = opaque4(weights[base + 6400u] + y);
      weights[base + 16640u] = y - opaque4(high - weights[base + 6400u]);
      weights[base + 6400u] = high;
    }
    {
      let y = weights[base + 16896u] + move5 * x1;
      let high = opaque4(weights[base + 6656u] + y);
      weights[base + 16896u] = y - opaque4(high - weights[base + 6656u]);
      weights[base + 6656u] = high;
    }
    {
      let y = weights[base + 17152u] + move5 * x2;
      let high = opaque4(weights[base + 6912u] + y);
      weights[base + 17152u] = y - opaque4(high - weights[base + 6912u]);
      weights[base + 6912u] = high;
    }
    {
      let y = weights[base + 17408u] + move5 * x3;
      let high = opaque4(weights[base + 7168u] + y);
      weights[base + 17408u] = y - opaque4(high - weights[base + 7168u]);
      weights[base + 7168u] = high;
    }
    {
      let y = weights[base + 17664u] + move5 * x4;
      let high = opaque4(weights[base + 7424u] + y);
      weights[base + 17664u] = y - opaque4(high - weights[base + 7424u]);
      weights[base + 7424u] = high;
    }
    let move6 = -settings.rate1 * F6 * a[6].y * e;
    {
      let y = weights[base + 17920u] + move6 * x0;
      let high = opaque4(weights[base + 7680u] + y);
      weights[base + 17920u] = y - opaque4(high - weights[base + 7680u]);
      weights[base + 7680u] = high;
    }
    {
      let y = weights[base + 18176u] + move6 * x1;
      let high = opaque4(weights[base + 7936u] + y);
      weights[base + 18176u] = y - opaque4(high - weights[base + 7936u]);
      weights[base + 7936u] = high;
    }
    {
      let y = weights[base + 18432u] + move6 * x2;
      let high = opaque4(weights[base + 8192u] + y);
      weights[base + 18432u] = y - opaque4(high - weights[base + 8192u]);
      weights[base + 8192u] = high;
    }
    {
      let y = weights[base + 18688u] + move6 * x3;
      let high = opaque4(weights[base + 8448u] + y);
      weights[base + 18688u] = y - opaque4(high - weights[base + 8448u]);
      weights[base + 8448u] = high;
    }
    {
      let y = weights[base + 18944u] + move6 * x4;
      let high = opaque4(weights[base + 8704u] + y);
      weights[base + 18944u] = y - opaque4(high - weights[base + 8704u]);
      weights[base + 8704u] = high;
    }
    let move7 = -settings.rate1 * F7 * a[7].y * e;
    {
      let y = weights[base + 19200u] + move7 * x0;
      let high = opaque4(weights[base + 8960u] + y);
      weights[base + 19200u] = y - opaque4(high - weights[base + 8960u]);
      weights[base + 8960u] = high;
    }
    {
      let y = weights[base + 19456u] + move7 * x1;
      let high = opaque4(weights[base + 9216u] + y);
      weights[base + 19456u] = y - opaque4(high - weights[base + 9216u]);
      weights[base + 9216u] = high;
    }
    {
      let y = weights[base + 19712u] + move7 * x2;
      let high = opaque4(weights[base + 9472u] + y);
      weights[base + 19712u] = y - opaque4(high - weights[base + 9472u]);
      weights[base + 9472u] = high;
    }
    {
      let y = weights[base + 19968u] + move7 * x3;
      let high = opaque4(weights[base + 9728u] + y);
      weights[base + 19968u] = y - opaque4(high - weights[base + 9728u]);
      weights[base + 9728u] = high;
    }
    {
      let y = weights[base + 20224u] + move7 * x4;
      let high = opaque4(weights[base + 9984u] + y);
      weights[base + 20224u] = y - opaque4(high - weights[base + 9984u]);
      weights[base + 9984u] = high;
    }
    v0 = moved(v0, -settings.rate2 * a[0].x * e);
    v1 = moved(v1, -settings.rate2 * a[1].x * e);
    v2 = moved(v2, -settings.rate2 * a[2].x * e);
    v3 = moved(v3, -settings.rate2 * a[3].x * e);
    v4 = moved(v4, -settings.rate2 * a[4].x * e);
    v5 = moved(v5, -settings.rate2 * a[5].x * e);
    v6 = moved(v6, -settings.rate2 * a[6].x * e);
    v7 = moved(v7, -settings.rate2 * a[7].x * e);
  }
  if (thread == 0u) {
    words[own + 0u] = bitcast<u32>(v0.x);
    words[own + 8u] = bitcast<u32>(v0.y);
    words[own + 1u] = bitcast<u32>(v1.x);
    words[own + 9u] = bitcast<u32>(v1.y);
    words[own + 2u] = bitcast<u32>(v2.x);
    words[own + 10u] = bitcast<u32>(v2.y);
    words[own + 3u] = bitcast<u32>(v3.x);
    words[own + 11u] = bitcast<u32>(v3.y);
    words[own + 4u] = bitcast<u32>(v4.x);
    words[own + 12u] = bitcast<u32>(v4.y);
    words[own + 5u] = bitcast<u32>(v5.x);
    words[own + 13u] = bitcast<u32>(v5.y);
    words[own + 6u] = bitcast<u32>(v6.x);
    words[own + 14u] = bitcast<u32>(v6.y);
    words[own + 7u] = bitcast<u32>(v7.x);
    words[own + 15u] = bitcast<u32>(v7.y);
  }
}

// ½e² summed over inputs of the test set; the first ones begin the sum.
@compute @workgroup_size(256)
fn test(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32, @builtin(subgroup_invocation_id) lane: u32) {
  let base = group.x * 30720u + thread;
  let own = group.x * 30u;
  let me = Me(thread, lane, subgroupMin(thread) / 32u);
  let key = vec2u(words[own + 28u], words[own + 29u]);
  var v0 = vec2f(word(own + 0u), word(own + 8u));
  var v1 = vec2f(word(own + 1u), word(own + 9u));
  var v2 = vec2f(word(own + 2u), word(own + 10u));
  var v3 = vec2f(word(own + 3u), word(own + 11u));
  var v4 = vec2f(word(own + 4u), word(own + 12u));
  var v5 = vec2f(word(own + 5u), word(own + 13u));
  var v6 = vec2f(word(own + 6u), word(own + 14u));
  var v7 = vec2f(word(own + 7u), word(own + 15u));
  let A0 = word(own + 16u);
  let A1 = word(own + 17u);
  let A2 = word(own + 18u);
  let A3 = word(own + 19u);
  let slot = group.x * 77u + 76u;
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
      dot(weights[base + 0u], x0) + dot(weights[base + 256u], x1) + dot(weights[base + 512u], x2) + dot(weights[base + 768u], x3) + dot(weights[base + 1024u], x4),
      dot(weights[base + 1280u], x0) + dot(weights[base + 1536u], x1) + dot(weights[base + 1792u], x2) + dot(weights[base + 2048u], x3) + dot(weights[base + 2304u], x4),
      dot(weights[base + 2560u], x0) + dot(weights[base + 2816u], x1) + dot(weights[base + 3072u], x2) + dot(weights[base + 3328u], x3) + dot(weights[base + 3584u], x4),
      dot(weights[base + 3840u], x0) + dot(weights[base + 4096u], x1) + dot(weights[base + 4352u], x2) + dot(weights[base + 4608u], x3) + dot(weights[base + 4864u], x4),
      dot(weights[base + 5120u], x0) + dot(weights[base + 5376u], x1) + dot(weights[base + 5632u], x2) + dot(weights[base + 5888u], x3) + dot(weights[base + 6144u], x4),
      dot(weights[base + 6400u], x0) + dot(weights[base + 6656u], x1) + dot(weights[base + 6912u], x2) + dot(weights[base + 7168u], x3) + dot(weights[base + 7424u], x4),
      dot(weights[base + 7680u], x0) + dot(weights[base + 7936u], x1) + dot(weights[base + 8192u], x2) + dot(weights[base + 8448u], x3) + dot(weights[base + 8704u], x4),
      dot(weights[base + 8960u], x0) + dot(weights[base + 9216u], x1) + dot(weights[base + 9472u], x2) + dot(weights[base + 9728u], x3) + dot(weights[base + 9984u], x4),
      dot(weights[base + 20480u], x0) + dot(weights[base + 20736u], x1) + dot(weights[base + 20992u], x2) + dot(weights[base + 21248u], x3) + dot(weights[base + 21504u], x4),
      dot(weights[base + 21760u], x0) + dot(weights[base + 22016u], x1) + dot(weights[base + 22272u], x2) + dot(weights[base + 22528u], x3) + dot(weights[base + 22784u], x4),
      dot(weights[base + 23040u], x0) + dot(weights[base + 23296u], x1) + dot(weights[base + 23552u], x2) + dot(weights[base + 23808u], x3) + dot(weights[base + 24064u], x4),
      dot(weights[base + 24320u], x0) + dot(weights[base + 24576u], x1) + dot(weights[base + 24832u], x2) + dot(weights[base + 25088u], x3) + dot(weights[base + 25344u], x4),
      me);
    var e = v0.x * a[0].x + v1.x * a[1].x + v2.x * a[2].x + v3.x * a[3].x + v4.x * a[4].x + v5.x * a[5].x + v6.x * a[6].x + v7.x * a[7].x - (A0 * a[8].x + A1 * a[9].x + A2 * a[10].x + A3 * a[11].x);
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
  let base = group.x * 30720u + thread;
  let own = group.x * 30u;
  var slot = group.x * 77u;
  for (var k = 0u; k < 8u; k++) {
    for (var l = k; l < 8u; l++) {
      product(slot, base, k, 8u + k, l, 8u + l, thread);
      slot++;
    }
  }
  for (var k = 0u; k < 8u; k++) {
    for (var m = 0u; m < 4u; m++) {
      product(slot, base, k, 8u + k, 16u + m, 20u + m, thread);
      slot++;
    }
  }
  if (thread < 8u) {
    results[slot + thread] = vec2f(word(own + thread), word(own + 8u + thread));
  }
}
