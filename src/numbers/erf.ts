import errorFunction from '@stdlib/math-base-special-erf';

/** The error function, within 1 ulp: that of FreeBSD's s_erf.c, which stdlib has in + − × ÷ alone, its exponential included. */
export const erf = (x: number): number => errorFunction(x);
