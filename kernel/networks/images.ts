/*
 * Convolutions as products of matrices. An image is position by position, row by row, its channels beside each other. A
 * row of `columns` is what one position sees: tap by tap, row by row, the channels of a tap beside each other; zeros are
 * beyond the border. The first tap is (kernel − 1)/2, rounded down, before the position.
 */

/** What the positions of one image see. `stride` is bytes from position to position of `columns`. */
export function imageToColumns(
  image: usize,
  side: i32,
  channels: i32,
  kernel: i32,
  columns: usize,
  stride: usize,
): void {
  const before = (kernel - 1) >> 1;
  const bytes = (<usize>channels) << 2;
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      let to = columns;
      for (let i = row - before; i < row - before + kernel; i++)
        for (let j = column - before; j < column - before + kernel; j++) {
          if (i < 0 || i >= side || j < 0 || j >= side) memory.fill(to, 0, bytes);
          else {
            const from = image + <usize>(i * side + j) * bytes;
            for (let c: usize = 0; c < bytes; c += 4) store<f32>(to + c, load<f32>(from + c));
          }
          to += bytes;
        }
      columns += stride;
    }
}

/** The transposed map: adds what each position sends to its taps. The image is cleared before. */
export function columnsToImage(
  columns: usize,
  stride: usize,
  side: i32,
  channels: i32,
  kernel: i32,
  image: usize,
): void {
  const before = (kernel - 1) >> 1;
  const bytes = (<usize>channels) << 2;
  memory.fill(image, 0, <usize>(side * side) * bytes);
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      let from = columns;
      for (let i = row - before; i < row - before + kernel; i++)
        for (let j = column - before; j < column - before + kernel; j++) {
          if (i >= 0 && i < side && j >= 0 && j < side) {
            const to = image + <usize>(i * side + j) * bytes;
            for (let c: usize = 0; c < bytes; c += 4)
              store<f32>(to + c, load<f32>(to + c) + load<f32>(from + c));
          }
          from += bytes;
        }
      columns += stride;
    }
}

/**
 * The largest of pool × pool numbers, the first if several are equal, and its place among them. Of `g` a position is
 * `stride` bytes; what is pooled is compact.
 */
export function poolImage(
  g: usize,
  stride: usize,
  side: i32,
  filters: i32,
  pool: i32,
  h: usize,
  places: usize,
): void {
  const pooled = side / pool;
  for (let row = 0; row < pooled; row++)
    for (let column = 0; column < pooled; column++)
      for (let f: usize = 0; f < (<usize>filters) << 2; f += 4) {
        let most = load<f32>(g + <usize>(row * pool * side + column * pool) * stride + f);
        let place = 0;
        for (let tap = 1; tap < pool * pool; tap++) {
          const at = <usize>((row * pool + tap / pool) * side + column * pool + (tap % pool));
          const x = load<f32>(g + at * stride + f);
          if (x > most) {
            most = x;
            place = tap;
          }
        }
        store<f32>(h, most);
        store<i32>(places, place);
        h += 4;
        places += 4;
      }
}

/** Sends what arrives at the pooled units to where their numbers came from, times the derivative there. */
export function poolBack(
  h: usize,
  places: usize,
  stride: usize,
  side: i32,
  filters: i32,
  pool: i32,
  dg: usize,
  d: usize,
): void {
  const pooled = side / pool;
  memory.fill(d, 0, <usize>(side * side) * stride);
  for (let row = 0; row < pooled; row++)
    for (let column = 0; column < pooled; column++)
      for (let f: usize = 0; f < (<usize>filters) << 2; f += 4) {
        const tap = load<i32>(places);
        const at = <usize>((row * pool + tap / pool) * side + column * pool + (tap % pool)) * stride + f;
        store<f32>(d + at, load<f32>(h) * load<f32>(dg + at));
        h += 4;
        places += 4;
      }
}

/** Images channel by channel as position by position. */
export function channelsLast(from: usize, to: usize, side: i32, channels: i32): void {
  for (let c = 0; c < channels; c++)
    for (let i = 0; i < side * side; i++) {
      store<f32>(to + ((<usize>(i * channels + c)) << 2), load<f32>(from));
      from += 4;
    }
}
