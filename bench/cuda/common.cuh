// What both yardsticks share: random numbers, activation, two-float sums and the clock. The host's versions are in plain
// double precision with the library's own logarithms and sines, so that each checks the other.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

#define CHECKED(call)                                                                         \
  do {                                                                                        \
    cudaError_t fault = (call);                                                               \
    if (fault != cudaSuccess) {                                                               \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, cudaGetErrorString(fault));          \
      exit(1);                                                                                \
    }                                                                                         \
  } while (0)

// The streams of src/random/streams.ts, and one of weights that the library does not use.
constexpr uint32_t INPUTS = 5, CHI_SQUARE = 7, WEIGHTS = 250;

// Threefry4x32-13 of Salmon et al. (SC11, 2011) under the key (k.x, k.y, 0, 0).
__host__ __device__ inline uint32_t rotated(uint32_t x, int by) { return x << by | x >> (32 - by); }
__host__ __device__ inline void mix(uint32_t& a, uint32_t& b, int by) {
  a += b;
  b = rotated(b, by) ^ a;
}
__host__ __device__ inline uint4 threefry(uint4 x, uint2 k) {
  constexpr int BY[8][2] = {{10, 26}, {11, 21}, {13, 27}, {23, 5}, {6, 20}, {17, 11}, {25, 10}, {18, 20}};
  const uint32_t key[5] = {k.x, k.y, 0, 0, 0x1bd11bdau ^ k.x ^ k.y};
  x.x += key[0];
  x.y += key[1];
#pragma unroll
  for (int round = 0; round < 13; round++) {
    mix(x.x, round % 2 ? x.w : x.y, BY[round % 8][0]);
    mix(x.z, round % 2 ? x.y : x.w, BY[round % 8][1]);
    if (round % 4 == 3) {
      const int i = (round + 1) / 4;
      x.x += key[i % 5];
      x.y += key[(i + 1) % 5];
      x.z += key[(i + 2) % 5];
      x.w += key[(i + 3) % 5] + i;
    }
  }
  return x;
}

__host__ __device__ inline uint4 random_block(uint64_t step, uint32_t block, uint32_t stream, uint2 key) {
  return threefry(make_uint4(uint32_t(step), 0, block, stream + 256u * uint32_t(step >> 32)), key);
}

// Box & Muller (1958), to the accuracy of src/shallow/students/gpu/wgsl/normals.ts, whose polynomials these are; see there.
constexpr uint32_t ROOT_HALF_BITS = 0x3f3504f3u;

__device__ inline float fast_sqrt(float x) {
  float root;  // to 2^-23 of itself
  asm("sqrt.approx.f32 %0, %1;" : "=f"(root) : "f"(x));
  return root;
}
__device__ inline float logarithm_of_parts(float k, float f) {
  float r = 0.08700439f;
  r = fmaf(r, f, -0.14267458f);
  r = fmaf(r, f, 0.14914751f);
  r = fmaf(r, f, -0.16577588f);
  r = fmaf(r, f, 0.19963066f);
  r = fmaf(r, f, -0.25001338f);
  r = fmaf(r, f, 0.3333391f);
  r = fmaf(r, f, -0.5f);
  r = fmaf(r, f, 1.0f);
  return fmaf(k, 0.6931472f, f * r);
}
__device__ inline float2 logarithm_parts(uint32_t excess) {
  const float m = __uint_as_float((excess & 0x007fffffu) + ROOT_HALF_BITS);
  return make_float2(float(int32_t(excess) >> 23), m - 1.0f);
}
__device__ inline float ln(float x) {
  const float2 parts = logarithm_parts(__float_as_uint(x) - ROOT_HALF_BITS);
  return logarithm_of_parts(parts.x, parts.y);
}
__device__ inline float radius(uint32_t word) {
  const bool large = word & 0x80000000u;
  const float y = (float(int32_t(large ? ~word : word)) + 0.5f) * 0x1p-32f;
  const float2 parts = logarithm_parts(__float_as_uint(large ? 1.0f - y : y) - ROOT_HALF_BITS);
  return fast_sqrt(-2.0f * logarithm_of_parts(parts.x, parts.x == 0.0f ? -y : parts.y));
}
__device__ inline float2 direction(uint32_t word) {
  const float x = fmaf(float(int32_t(word << 2) >> 2), 0x1p-30f, 0x1p-31f);
  const float q = x * x;
  float along = fmaf(q, 0.00090402155f, -0.020860288f);
  along = fmaf(q, along, 0.25366923f);
  along = fmaf(q, along, -1.2337005f);
  along = fmaf(q, along, 1.0f);
  float across = fmaf(q, -0.004622953f, 0.07968988f);
  across = fmaf(q, across, -0.6459648f);
  across = x * fmaf(q, across, 1.5707964f);
  // Bit 30 exchanges the axes, bit 31 is the sign of both.
  const bool exchanged = word & 0x40000000u;
  const uint32_t sign = word & 0x80000000u;
  return make_float2(__uint_as_float(__float_as_uint(exchanged ? across : along) ^ sign),
                     __uint_as_float(__float_as_uint(exchanged ? along : across) ^ sign));
}
__device__ inline float4 normals(uint4 words) {
  const float r0 = radius(words.x), r1 = radius(words.z);
  const float2 d0 = direction(words.y), d1 = direction(words.w);
  return make_float4(r0 * d0.x, r0 * d0.y, r1 * d1.x, r1 * d1.y);
}

inline void normals_on_host(uint4 words, double out[4]) {
  const uint32_t w[4] = {words.x, words.y, words.z, words.w};
  for (int i = 0; i < 4; i += 2) {
    const uint32_t angle = w[i + 1];
    const double phi = 1.5707963267948966 * ((double(int32_t(angle << 2) >> 2) + 0.5) * 0x1p-30);
    const double r = (angle & 0x80000000u ? -1 : 1) * std::sqrt(-2 * std::log((w[i] + 0.5) * 0x1p-32));
    out[i] = r * (angle & 0x40000000u ? std::sin(phi) : std::cos(phi));
    out[i + 1] = r * (angle & 0x40000000u ? std::cos(phi) : std::sin(phi));
  }
}

// erf(x/√2) and its derivative, to the accuracy of src/shallow/students/gpu/wgsl/activations.ts, whose polynomials these are.
__device__ inline float2 activate(float x) {
  const float z = fminf(fabsf(x), 13.25f), q = z * z;
  const float bell = exp2f(q * -0.7213475f);
  float near = fmaf(q, -0.000012546582f, 0.00021779082f);
  near = fmaf(q, near, -0.0023616941f);
  near = fmaf(q, near, 0.019941188f);
  near = fmaf(q, near, -0.13297975f);
  near = x * fmaf(q, near, 0.7978845f);
  float tail = fmaf(z, -0.00003512412f, 0.0007640058f);
  tail = fmaf(z, tail, -0.007347228f);
  tail = fmaf(z, tail, 0.0414379f);
  tail = fmaf(z, tail, -0.15358585f);
  tail = fmaf(z, tail, 0.39764798f);
  tail = fmaf(z, tail, -0.7422272f);
  tail = fmaf(z, tail, 0.9864577f);
  const float far = copysignf(fmaf(-bell, tail, 1.0f), x);
  return make_float2(z < 1.4f ? near : far, 0.7978846f * bell);
}
inline double g(double x) { return std::erf(x / std::sqrt(2.0)); }
inline double dg(double x) { return std::sqrt(2 / 3.141592653589793) * std::exp(-x * x / 2); }

// (high, low) + change: what is smaller than half the last digit of high is kept in low. nvcc does not reorder sums.
__device__ inline void move_by(float& high, float& low, float change) {
  const float y = low + change, sum = high + y;
  low = y - (sum - high);
  high = sum;
}

__global__ void threefry_on_device(uint4* out) { *out = threefry(make_uint4(0, 0, 0, 0), make_uint2(0, 0)); }

// The known answer of Random123 (zeros as counter and key), on the device and on the host.
inline bool threefry_is_right() {
  uint4 *there, found[2];
  CHECKED(cudaMalloc(&there, sizeof(uint4)));
  threefry_on_device<<<1, 1>>>(there);
  CHECKED(cudaMemcpy(found, there, sizeof(uint4), cudaMemcpyDeviceToHost));
  CHECKED(cudaFree(there));
  found[1] = threefry(make_uint4(0, 0, 0, 0), make_uint2(0, 0));
  bool ok = true;
  for (const uint4& x : found)
    ok = ok && x.x == 0x531c7e4fu && x.y == 0x39491ee5u && x.z == 0x2c855a92u && x.w == 0x3d6abf9au;
  printf("%s  Threefry4x32-13: known answer, on the device and on the host\n", ok ? "PASS" : "FAIL");
  return ok;
}

inline bool report(const char* what, double worst, double allowed) {
  const bool ok = worst <= allowed;  // false also for what is not a number
  printf("%s  %s: off by %.1e, allowed %.0e\n", ok ? "PASS" : "FAIL", what, worst, allowed);
  return ok;
}
// The larger of two, where what is not a number counts as larger than all.
inline double worse(double a, double b) { return b <= a || std::isnan(a) ? a : b; }

// Steps of each student in a second: launches of about 150 ms, the median of seven. `launch` does so many steps.
template <class Launch>
double steps_per_second(Launch launch) {
  cudaEvent_t begin, end;
  CHECKED(cudaEventCreate(&begin));
  CHECKED(cudaEventCreate(&end));
  const auto milliseconds = [&](uint32_t steps) {
    float ms;
    CHECKED(cudaEventRecord(begin));
    launch(steps);
    CHECKED(cudaGetLastError());
    CHECKED(cudaEventRecord(end));
    CHECKED(cudaEventSynchronize(end));
    CHECKED(cudaEventElapsedTime(&ms, begin, end));
    return double(ms);
  };
  uint32_t steps = 16;
  double ms;
  while ((ms = milliseconds(steps)) < 40) steps *= 4;
  steps = std::max(1.0, steps * 150 / ms);
  std::vector<double> times;
  for (int i = 0; i < 7; i++) times.push_back(milliseconds(steps));
  std::sort(times.begin(), times.end());
  CHECKED(cudaEventDestroy(begin));
  CHECKED(cudaEventDestroy(end));
  return 1000 * steps / times[3];
}

inline void print_device() {
  cudaDeviceProp card;
  int driver, device;
  CHECKED(cudaGetDevice(&device));
  CHECKED(cudaGetDeviceProperties(&card, device));
  CHECKED(cudaDriverGetVersion(&driver));
  printf("%s, %d multiprocessors; driver for CUDA %d.%d, built with %d.%d\n", card.name, card.multiProcessorCount,
         driver / 1000, driver % 1000 / 10, CUDART_VERSION / 1000, CUDART_VERSION % 1000 / 10);
}

constexpr int STUDENTS[] = {1, 64, 1024, 4096, 16384, 65536};

// Whether the card has room for so many bytes.
inline bool room_for(size_t bytes) {
  size_t free_bytes, total;
  CHECKED(cudaMemGetInfo(&free_bytes, &total));
  return bytes < free_bytes / 10 * 9;
}
