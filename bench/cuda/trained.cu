// The yardstick of the trained student: the work of src/shallow/students/gpu/wgsl/trained.ts, written by hand for one maker's
// cards. See README.md for what differs.   nvcc -O3 -arch=sm_90 -o trained trained.cu && ./trained
#include "common.cuh"

constexpr float ETA = 0.1f;
__host__ __device__ constexpr float second_layer_at_start(int k) { return 0.2f * (k + 1) * (k % 2 ? -1 : 1); }
__host__ __device__ constexpr float feedback(int k) { return 0.8f - 0.3f * k; }

// A student's threads hold blocks of four inputs: thread t has t, t + THREADS, … Its rows are the students' high parts,
// their low parts, the teachers; where they do not fit into registers they stay in memory.
template <int K_, int M_, int N_, int THREADS_, int BLOCKS_, bool REGISTERS_>
struct Shape {
  static constexpr int K = K_, M = M_, N = N_, THREADS = THREADS_, BLOCKS = BLOCKS_, n = K + M;
  static constexpr bool REGISTERS = REGISTERS_;
  static constexpr int ROWS = 2 * K + M, ROW = THREADS * BLOCKS, WARPS = THREADS / 32;
  // Sums are exchanged in halves, as many as the next power of two.
  static constexpr int SLOTS = n <= 4 ? 4 : n <= 8 ? 8 : n <= 16 ? 16 : 32;
  static_assert(4 * ROW >= N && n <= 32, "every input has a thread, every field a lane");
  static constexpr size_t bytes = size_t(ROWS) * ROW * sizeof(float4);
};

__host__ __device__ inline uint2 key_of(uint32_t student) { return make_uint2(student + 1, 0); }

__device__ inline float dot(float4 a, float4 b) { return fmaf(a.x, b.x, fmaf(a.y, b.y, fmaf(a.z, b.z, a.w * b.w))); }

template <class S>
__device__ inline float4 only_inputs(float4 x, int block) {
  if (4 * block >= S::N) x.x = 0;
  if (4 * block + 1 >= S::N) x.y = 0;
  if (4 * block + 2 >= S::N) x.z = 0;
  if (4 * block + 3 >= S::N) x.w = 0;
  return x;
}

template <class S>
__global__ void start(float4* weights, float2* v) {
  float4* own = weights + size_t(blockIdx.x) * S::ROWS * S::ROW;
  for (int row = 0; row < S::ROWS; row++)
    for (int block = threadIdx.x; block < S::ROW; block += S::THREADS) {
      const float4 x = only_inputs<S>(normals(random_block(row, block, WEIGHTS, key_of(blockIdx.x))), block);
      const float size = row < S::K ? 0.3f : row < 2 * S::K ? 0.0f : 1.0f;
      own[row * S::ROW + block] = make_float4(size * x.x, size * x.y, size * x.z, size * x.w);
    }
  if (threadIdx.x < S::K) v[blockIdx.x * S::K + threadIdx.x] = make_float2(second_layer_at_start(threadIdx.x), 0);
}

// The sum over the student's threads of field `lane / (32 / SLOTS)`, in every lane. Lanes hand over half of their sums and
// keep the other half, until each has one: SLOTS − 1 exchanges and some more, where every lane having every sum takes
// 5 for each.
template <class S>
__device__ inline float summed(float (&p)[S::SLOTS], uint32_t turn, int lane, int warp) {
  int distance = 16;
#pragma unroll
  for (int half = S::SLOTS / 2; half > 0; half /= 2, distance /= 2) {
    const bool upper = lane & distance;
#pragma unroll
    for (int i = 0; i < S::SLOTS / 2; i++)
      if (i < half) {
        const float kept = upper ? p[i + half] : p[i], given = upper ? p[i] : p[i + half];
        p[i] = kept + __shfl_xor_sync(~0u, given, distance);
      }
  }
  float sum = p[0];
#pragma unroll
  for (int d = 16 / S::SLOTS; d > 0; d /= 2) sum += __shfl_xor_sync(~0u, sum, d);
  if constexpr (S::WARPS > 1) {
    // Two halves by turns, so that one barrier is enough.
    __shared__ float partial[2][S::WARPS][S::SLOTS];
    constexpr int each = 32 / S::SLOTS;
    if (lane % each == 0) partial[turn & 1][warp][lane / each] = sum;
    __syncthreads();
    sum = 0;
#pragma unroll
    for (int w = 0; w < S::WARPS; w++) sum += partial[turn & 1][w][lane / each];
  }
  return sum;
}

template <class S>
__global__ __launch_bounds__(S::THREADS) void advance(float4* weights, float2* v_of_all, uint64_t first, uint32_t count) {
  constexpr int K = S::K, M = S::M, BLOCKS = S::BLOCKS, each = 32 / S::SLOTS;
  const int thread = threadIdx.x, lane = thread % 32, warp = thread / 32;
  float4* own = weights + size_t(blockIdx.x) * S::ROWS * S::ROW + thread;
  const uint2 key = key_of(blockIdx.x);
  const float scale = 1 / sqrtf(float(S::N)), eta1 = ETA / sqrtf(float(S::N)), eta2 = ETA / S::N;

  float4 held[S::REGISTERS ? S::ROWS : 1][S::REGISTERS ? BLOCKS : 1];
  if constexpr (S::REGISTERS) {
#pragma unroll
    for (int row = 0; row < S::ROWS; row++)
#pragma unroll
      for (int j = 0; j < BLOCKS; j++) held[row][j] = own[row * S::ROW + j * S::THREADS];
  }
  const auto weight = [&](int row, int j) -> float4& {
    if constexpr (S::REGISTERS) return held[row][j];
    return own[row * S::ROW + j * S::THREADS];
  };
  float2 v[K];
#pragma unroll
  for (int k = 0; k < K; k++) v[k] = v_of_all[blockIdx.x * K + k];

  for (uint32_t i = 0; i < count; i++) {
    float4 x[BLOCKS];
#pragma unroll
    for (int j = 0; j < BLOCKS; j++) {
      const int block = thread + j * S::THREADS;
      x[j] = normals(random_block(first + i, block, INPUTS, key));
      if (4 * (j + 1) * S::THREADS > S::N) x[j] = only_inputs<S>(x[j], block);
    }
    float p[S::SLOTS];
#pragma unroll
    for (int f = 0; f < S::SLOTS; f++) {
      p[f] = 0;
      if (f < S::n)
#pragma unroll
        for (int j = 0; j < BLOCKS; j++) p[f] += dot(weight(f < K ? f : f + K, j), x[j]);
    }
    // Each lane has one field, and tells the others what the layer makes of it.
    const float2 mine = activate(summed<S>(p, i, lane, warp) * scale);
    float2 a[K];
    float e = 0;
#pragma unroll
    for (int k = 0; k < K; k++) {
      a[k] = make_float2(__shfl_sync(~0u, mine.x, k * each), __shfl_sync(~0u, mine.y, k * each));
      e = fmaf(v[k].x, a[k].x, e);
    }
#pragma unroll
    for (int m = 0; m < M; m++) e -= __shfl_sync(~0u, mine.x, (K + m) * each);
#pragma unroll
    for (int k = 0; k < K; k++) {
      const float move = -eta1 * feedback(k) * a[k].y * e;
#pragma unroll
      for (int j = 0; j < BLOCKS; j++) {
        float4 high = weight(k, j), low = weight(K + k, j);
        move_by(high.x, low.x, move * x[j].x);
        move_by(high.y, low.y, move * x[j].y);
        move_by(high.z, low.z, move * x[j].z);
        move_by(high.w, low.w, move * x[j].w);
        weight(k, j) = high;
        weight(K + k, j) = low;
      }
      move_by(v[k].x, v[k].y, -eta2 * a[k].x * e);
    }
  }
  if constexpr (S::REGISTERS) {
#pragma unroll
    for (int row = 0; row < 2 * K; row++)
#pragma unroll
      for (int j = 0; j < BLOCKS; j++) own[row * S::ROW + j * S::THREADS] = held[row][j];
  }
  if (thread < K) {
#pragma unroll
    for (int k = 0; k < K; k++)
      if (k == thread) v_of_all[blockIdx.x * K + k] = v[k];
  }
}

template <class S>
struct Students {
  int count;
  float4* weights;
  float2* v;
  uint64_t step = 0;
  explicit Students(int count) : count(count) {
    CHECKED(cudaMalloc(&weights, count * S::bytes));
    CHECKED(cudaMalloc(&v, count * S::K * sizeof(float2)));
    start<S><<<count, S::THREADS>>>(weights, v);
    CHECKED(cudaGetLastError());
  }
  ~Students() {
    CHECKED(cudaFree(weights));
    CHECKED(cudaFree(v));
  }
  void train(uint32_t steps) {
    advance<S><<<count, S::THREADS>>>(weights, v, step, steps);
    step += steps;
  }
  // High parts, low parts, teachers of a student, and then v.
  std::vector<double> of(int student) const {
    std::vector<float> rows(S::bytes / 4), second(2 * S::K);
    CHECKED(cudaMemcpy(rows.data(), weights + size_t(student) * S::ROWS * S::ROW, S::bytes, cudaMemcpyDeviceToHost));
    CHECKED(cudaMemcpy(second.data(), v + student * S::K, 8 * S::K, cudaMemcpyDeviceToHost));
    std::vector<double> all;
    for (int k = 0; k < S::K; k++)
      for (int n = 0; n < S::N; n++)
        all.push_back(double(rows[4 * S::ROW * k + n]) + rows[4 * S::ROW * (S::K + k) + n]);
    for (int m = 0; m < S::M; m++)
      for (int n = 0; n < S::N; n++) all.push_back(rows[4 * S::ROW * (2 * S::K + m) + n]);
    for (int k = 0; k < S::K; k++) all.push_back(double(second[2 * k]) + second[2 * k + 1]);
    return all;
  }
};

// The same steps in double precision, one input after the other.
template <class S>
void train_on_host(std::vector<double>& all, uint2 key, int steps) {
  constexpr int K = S::K, M = S::M, N = S::N;
  double *W = all.data(), *v = W + (K + M) * N;
  std::vector<double> x(4 * ((N + 3) / 4));
  for (int step = 0; step < steps; step++) {
    for (size_t b = 0; b < x.size() / 4; b++) normals_on_host(random_block(step, b, INPUTS, key), &x[4 * b]);
    double field[K + M], e = 0;
    for (int f = 0; f < K + M; f++) {
      field[f] = 0;
      for (int n = 0; n < N; n++) field[f] += W[f * N + n] * x[n];
      field[f] /= std::sqrt(double(N));
      e += (f < K ? v[f] : -1) * g(field[f]);
    }
    for (int k = 0; k < K; k++) {
      const double move = -double(ETA) / std::sqrt(double(N)) * feedback(k) * dg(field[k]) * e;
      for (int n = 0; n < N; n++) W[k * N + n] += move * x[n];
      v[k] -= double(ETA) / N * g(field[k]) * e;
    }
  }
}

template <class S>
bool check() {
  Students<S> students(3);
  bool ok = true;
  std::vector<double> host[2] = {students.of(0), students.of(2)};
  for (int steps : {150, 50}) students.train(steps);
  for (int i : {0, 1}) {
    const std::vector<double> start = host[i], device = students.of(2 * i);
    train_on_host<S>(host[i], key_of(2 * i), 200);
    double worst = 0, moved = 0;
    for (size_t j = 0; j < device.size(); j++) {
      worst = worse(worst, std::fabs(device[j] - host[i][j]));
      moved = worse(moved, std::fabs(host[i][j] - start[j]));
    }
    char what[160];
    snprintf(what, sizeof what, "K = %d, M = %d, N = %d: weights of student %d after 200 steps, which moved them by up to %.2f",
             S::K, S::M, S::N, 2 * i, moved);
    ok = report(what, worst, 1e-5) && ok;
  }
  return ok;
}

template <class S>
void measure() {
  for (int count : STUDENTS) {
    if (!room_for(count * S::bytes)) {
      printf("| trained, K = %d, M = %d | %d | %d | no room: %.1f GB |\n", S::K, S::M, S::N, count, count * S::bytes / 1e9);
      continue;
    }
    Students<S> students(count);
    const double rate = count * steps_per_second([&](uint32_t steps) { students.train(steps); });
    printf("| trained, K = %d, M = %d | %d | %d | %.3e |\n", S::K, S::M, S::N, count, rate);
    fflush(stdout);
  }
}

// Threads and blocks of four inputs for each, as spreadOf of wgsl/trained.ts finds them.
using Small = Shape<2, 2, 500, 32, 4, true>;
using Long = Shape<2, 2, 5000, 256, 5, true>;
using Wide = Shape<8, 4, 500, 128, 1, true>;
using WideAndLong = Shape<8, 4, 5000, 256, 5, false>;

int main() {
  print_device();
  bool ok = threefry_is_right();
  ok = check<Small>() && ok;
  ok = check<Long>() && ok;
  ok = check<Wide>() && ok;
  ok = check<WideAndLong>() && ok;
  if (!ok) return 1;
  printf("\n| | N | students | steps per second |\n| --- | --- | --- | --- |\n");
  measure<Small>();
  measure<Long>();
  measure<Wide>();
  measure<WideAndLong>();
}
