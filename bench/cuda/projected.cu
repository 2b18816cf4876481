// The yardstick of the projected student: the work of src/shallow/students/gpu/wgsl/projected.ts, one student for each thread, by
// the same small rotations. See README.md for what differs.   nvcc -O3 -arch=sm_90 -o projected projected.cu && ./projected
#include "common.cuh"

constexpr float ETA = 0.1f;
constexpr int THREADS = 64;
__host__ __device__ inline uint2 key_of(uint32_t student) { return make_uint2(student + 1, 0); }
__host__ __device__ constexpr int below(int i, int j) { return i * (i + 1) / 2 + j; }

// Where a student begins, the same for all: teachers are the unit vectors, and A is 1.
__host__ __device__ constexpr float P_at_start(int k, int m) { return 0.05f * (k + 1) * (m == k ? 2 : -1); }
__host__ __device__ constexpr float L_at_start(int k, int j) { return k == j ? 0.3f : 0.02f * (k - j); }
__host__ __device__ constexpr float v_at_start(int k) { return 0.2f * (k + 1) * (k % 2 ? -1 : 1); }
__host__ __device__ constexpr float feedback(int k) { return 0.8f - 0.3f * k; }

template <int K_, int M_>
struct Shape {
  static constexpr int K = K_, M = M_, n = K + M, TRIANGLE = K * (K + 1) / 2;
  // Fields of a student, high parts first: P, L, v; field i of all students, then field i + 1 of all.
  static constexpr int L = K * M, v = L + TRIANGLE, KEPT = v + K;
};

// ln(1 + t) − t + t²/2 − t³/3: src/shallow/students/gpu/wgsl/logRemainder.ts.
__device__ inline float log_remainder(float t) {
  float r = 0.13958684f;
  r = fmaf(t, r, -0.14576916f);
  r = fmaf(t, r, 0.052946698f);
  r = fmaf(t, r, -0.059908886f);
  r = fmaf(t, r, 0.09430629f);
  r = fmaf(t, r, -0.103118524f);
  r = fmaf(t, r, 0.11089735f);
  r = fmaf(t, r, -0.12482398f);
  r = fmaf(t, r, 0.14286213f);
  r = fmaf(t, r, -0.16666985f);
  r = fmaf(t, r, 0.19999997f);
  r = fmaf(t, r, -0.25f);
  const float near = (t * t) * (t * t) * r;
  const float far = ln(1 + t) - t * (1 - t * (0.5f - t * 0.33333334f));
  return fabsf(t) < 0.5f ? near : far;
}

// Chi-square by Marsaglia & Tsang (2000), as in src/random/chiSquare.ts; two degrees of freedom or more.
__device__ inline float chi_square(uint64_t step, uint2 key, float d) {
  const float c = rsqrtf(9 * d);
  float cube = 1;
  for (uint32_t attempt = 0; attempt < 32; attempt++) {
    const uint4 words = random_block(step, attempt, CHI_SQUARE, key);
    const float t = c * (radius(words.x) * direction(words.y).x);
    if (t <= -1) continue;
    const float one = 1 + t;
    cube = one * one * one;
    const float u = (float(words.z >> 6) + (float(words.w >> 6) + 0.5f) * 0x1p-26f) * 0x1p-26f;
    if (ln(u) < 3 * d * log_remainder(t)) break;
  }
  return 2 * d * cube;
}

double chi_square_on_host(uint64_t step, uint2 key, double degrees) {
  const double d = degrees / 2 - 1.0 / 3, c = 1 / std::sqrt(9 * d);
  for (uint32_t attempt = 0;; attempt++) {
    const uint4 words = random_block(step, attempt, CHI_SQUARE, key);
    double z[4];
    normals_on_host(words, z);
    const double t = c * z[0];
    if (t <= -1) continue;
    const double u = (double(words.z >> 6) * 0x1p26 + (words.w >> 6) + 0.5) * 0x1p-52;
    if (std::log(u) < 3 * d * (std::log1p(t) - t + t * t / 2 - t * t * t / 3)) return 2 * d * (1 + t) * (1 + t) * (1 + t);
  }
}

template <class S>
__global__ void start(float* state, int students) {
  const int student = blockIdx.x * THREADS + threadIdx.x;
  if (student >= students) return;
  const auto put = [&](int field, float x) {
    state[size_t(field) * students + student] = x;
    state[size_t(S::KEPT + field) * students + student] = 0;
  };
  for (int k = 0; k < S::K; k++) {
    for (int m = 0; m < S::M; m++) put(k * S::M + m, P_at_start(k, m));
    for (int j = 0; j <= k; j++) put(S::L + below(k, j), L_at_start(k, j));
    put(S::v + k, v_at_start(k));
  }
}

template <class S>
__global__ __launch_bounds__(THREADS) void advance(float* state, int students, int N, uint64_t first, uint32_t count) {
  constexpr int K = S::K, M = S::M, TRIANGLE = S::TRIANGLE;
  const int student = blockIdx.x * THREADS + threadIdx.x;
  if (student >= students) return;
  const uint2 key = key_of(student);
  const float eta = ETA / N, d = (N - S::n) / 2.0f - 1.0f / 3;
  float high[S::KEPT], low[S::KEPT];
#pragma unroll
  for (int i = 0; i < S::KEPT; i++) {
    high[i] = state[size_t(i) * students + student];
    low[i] = state[size_t(S::KEPT + i) * students + student];
  }
  float *P = high, *L = high + S::L, *v = high + S::v;

  for (uint32_t step = 0; step < count; step++) {
    float z[(S::n + 3) / 4 * 4];
#pragma unroll
    for (int b = 0; b < (S::n + 3) / 4; b++) {
      const float4 x = normals(random_block(first + step, b, INPUTS, key));
      z[4 * b] = x.x, z[4 * b + 1] = x.y, z[4 * b + 2] = x.z, z[4 * b + 3] = x.w;
    }
    const float* u = z + M;
    float e = 0;
    float2 a[K];
#pragma unroll
    for (int k = 0; k < K; k++) {
      float field = 0;
#pragma unroll
      for (int j = 0; j <= k; j++) field = fmaf(L[below(k, j)], u[j], field);
#pragma unroll
      for (int m = 0; m < M; m++) field = fmaf(P[k * M + m], z[m], field);
      a[k] = activate(field);
      e = fmaf(v[k], a[k].x, e);
    }
#pragma unroll
    for (int m = 0; m < M; m++) e -= activate(z[m]).x;

    // What is added to L, and what stands above its diagonal then: [L + c uᵀ | χ c].
    const float chi = fast_sqrt(chi_square(first + step, key, d));
    float change[TRIANGLE], above[K][K + 1];
#pragma unroll
    for (int k = 0; k < K; k++) {
      const float c = -eta * feedback(k) * a[k].y * e;
#pragma unroll
      for (int m = 0; m < M; m++) move_by(P[k * M + m], low[k * M + m], c * z[m]);
#pragma unroll
      for (int j = 0; j < K; j++) (j > k ? above[k][j] : change[below(k, j > k ? k : j)]) = c * u[j];
      above[k][K] = c * chi;
    }
    // Rotations of columns i and j take it away again, entry by entry, from the first row down.
#pragma unroll
    for (int i = 0; i < K; i++) {
#pragma unroll
      for (int j = i + 1; j <= K; j++) {
        float& grows = change[below(i, i)];
        const float diagonal = L[below(i, i)] + grows, off = above[i][j];
        const float square = fmaf(diagonal, diagonal, off * off);
        const bool some = square > 1e-30f;
        const float over = some ? rsqrtf(square) : 0;
        const float sine = off * over, cosine = some ? diagonal * over : 1.0f;
        const float part = __fdividef(sine, 1 + cosine);
        const float less = cosine < 0 ? 1 - cosine : sine * part;
        grows += cosine < 0 ? square * over - diagonal : off * part;
#pragma unroll
        for (int k = i + 1; k < K; k++) {
          float& to_left = change[below(k, i)];
          float& to_right = j > k ? above[k][j] : change[below(k, j > k ? k : j)];
          const float left = L[below(k, i)] + to_left;
          const float right = j > k ? to_right : L[below(k, j > k ? k : j)] + to_right;
          to_left += sine * right - less * left;
          to_right -= sine * left + less * right;
        }
      }
    }
#pragma unroll
    for (int i = 0; i < TRIANGLE; i++) move_by(L[i], low[S::L + i], change[i]);
#pragma unroll
    for (int k = 0; k < K; k++) move_by(v[k], low[S::v + k], -eta * a[k].x * e);
  }
#pragma unroll
  for (int i = 0; i < S::KEPT; i++) {
    state[size_t(i) * students + student] = high[i];
    state[size_t(S::KEPT + i) * students + student] = low[i];
  }
}

template <class S>
struct Students {
  int count, N;
  float* state;
  uint64_t step = 0;
  Students(int count, int N) : count(count), N(N) {
    CHECKED(cudaMalloc(&state, bytes(count)));
    start<S><<<(count + THREADS - 1) / THREADS, THREADS>>>(state, count);
    CHECKED(cudaGetLastError());
  }
  ~Students() { CHECKED(cudaFree(state)); }
  static size_t bytes(int count) { return size_t(2) * S::KEPT * count * sizeof(float); }
  void train(uint32_t steps) {
    advance<S><<<(count + THREADS - 1) / THREADS, THREADS>>>(state, count, N, step, steps);
    step += steps;
  }
  std::vector<double> of(int student) const {
    std::vector<float> all(2 * S::KEPT * count);
    CHECKED(cudaMemcpy(all.data(), state, bytes(count), cudaMemcpyDeviceToHost));
    std::vector<double> kept;
    for (int i = 0; i < S::KEPT; i++)
      kept.push_back(double(all[i * count + student]) + all[(S::KEPT + i) * count + student]);
    return kept;
  }
};

// Columns j and j + 1 of rows j and below are rotated so that the direction (a, b) becomes column j.
template <int K>
double rotate(double (&L)[K][K + 1], int j, double a, double b) {
  const double r = std::hypot(a, b);
  if (r == 0) return r;
  for (int k = j; k < K; k++) {
    const double p = L[k][j], q = L[k][j + 1];
    L[k][j] = (a * p + b * q) / r;
    L[k][j + 1] = (a * q - b * p) / r;
  }
  return r;
}

// The same steps in double precision by another route, the one of src/shallow/students/projected/reference.ts: L is rotated, not
// changed by increments.
template <class S>
std::vector<double> train_on_host(uint2 key, int N, int steps) {
  constexpr int K = S::K, M = S::M, n = S::n;
  double P[K][M], L[K][K + 1] = {}, v[K];
  for (int k = 0; k < K; k++) {
    for (int m = 0; m < M; m++) P[k][m] = P_at_start(k, m);
    for (int j = 0; j <= k; j++) L[k][j] = L_at_start(k, j);
    v[k] = v_at_start(k);
  }
  const double eta = double(ETA) / N;
  for (int step = 0; step < steps; step++) {
    double z[n + 4], lambda[K], u[K + 1], c[K], e = 0;
    for (int b = 0; 4 * b < n; b++) normals_on_host(random_block(step, b, INPUTS, key), z + 4 * b);
    for (int k = 0; k < K; k++) {
      lambda[k] = 0;
      for (int m = 0; m < M; m++) lambda[k] += P[k][m] * z[m];
      for (int j = 0; j <= k; j++) lambda[k] += L[k][j] * z[M + j];
      e += v[k] * g(lambda[k]);
    }
    for (int m = 0; m < M; m++) e -= g(z[m]);
    for (int j = 0; j < K; j++) u[j] = z[M + j];
    u[K] = std::sqrt(chi_square_on_host(step, key, N - n));
    for (int k = 0; k < K; k++) {
      c[k] = -eta * feedback(k) * dg(lambda[k]) * e;
      for (int m = 0; m < M; m++) P[k][m] += c[k] * z[m];
      v[k] -= eta * g(lambda[k]) * e;
    }
    for (int j = K - 1; j >= 0; j--) u[j] = rotate<K>(L, j, u[j], u[j + 1]);
    for (int k = 0; k < K; k++) L[k][0] += c[k] * u[0];
    for (int k = 0; k < K; k++) {
      rotate<K>(L, k, L[k][k], L[k][k + 1]);
      L[k][k + 1] = 0;
    }
  }
  std::vector<double> kept;
  for (auto& row : P) kept.insert(kept.end(), row, row + M);
  for (int k = 0; k < K; k++) kept.insert(kept.end(), L[k], L[k] + k + 1);
  kept.insert(kept.end(), v, v + K);
  return kept;
}

template <class S>
bool check(int N) {
  constexpr int COUNT = 70;
  Students<S> students(COUNT, N);
  const std::vector<double> start = students.of(0);
  for (int steps : {1500, 500}) students.train(steps);
  bool ok = true;
  for (int i : {0, COUNT - 1}) {
    const std::vector<double> device = students.of(i), host = train_on_host<S>(key_of(i), N, 2000);
    double worst = 0, moved = 0;
    for (size_t j = 0; j < device.size(); j++) {
      worst = worse(worst, std::fabs(device[j] - host[j]));
      moved = worse(moved, std::fabs(host[j] - start[j]));
    }
    char what[160];
    snprintf(what, sizeof what, "K = %d, M = %d, N = %d: student %d after 2000 steps, which moved it by up to %.2f", S::K,
             S::M, N, i, moved);
    ok = report(what, worst, 1e-5) && ok;
  }
  return ok;
}

template <class S>
void measure(int N) {
  for (int count : STUDENTS) {
    Students<S> students(count, N);
    const double rate = count * steps_per_second([&](uint32_t steps) { students.train(steps); });
    printf("| projected, K = %d, M = %d | %d | %d | %.3e |\n", S::K, S::M, N, count, rate);
    fflush(stdout);
  }
}

int main() {
  print_device();
  bool ok = threefry_is_right();
  for (int N : {500, 5000}) ok = check<Shape<2, 2>>(N) && ok;
  for (int N : {500, 5000}) ok = check<Shape<8, 4>>(N) && ok;
  if (!ok) return 1;
  printf("\n| | N | students | steps per second |\n| --- | --- | --- | --- |\n");
  for (int N : {500, 5000}) measure<Shape<2, 2>>(N);
  for (int N : {500, 5000}) measure<Shape<8, 4>>(N);
}
