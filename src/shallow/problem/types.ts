import type { Grid } from '../../numbers/times.ts';
import type { Rule } from './rules.ts';

/** What is learned, as a user states it: in TypeScript, in a JSON file, in a page's address. */
export interface Problem {
  /** A name in the table of activations: "erf", "linear", "relu". */
  activation: string;
  /** A name in the table of rules, "bp" or "dfa"; or a rule of one's own, which JSON keeps as its name. */
  rule: string | Rule;
  /** η₁, the first layer's rate. */
  learningRate: number;
  /** η₂, the second layer's rate; η₁ if not given. */
  secondLayerRate?: number;
  /** σ, the standard deviation of the label noise; 0 if not given. */
  noise?: number;
  /** [κ₁, κ₂], the decay of the first and the second layer; [0, 0] if not given. */
  weightDecay?: [number, number];
  /** Whether v is trained; true if not given. */
  trainSecondLayer?: boolean;
  teacher: Teacher | { draw: TeacherDraw };
  student: Student | { draw: StudentDraw };
  /** F, needed by DFA. With BP it plays no part in learning; alignments are then measured against it. */
  feedback?: number[] | FeedbackDraw;
  /** Where the curve is wanted. */
  alpha: number[] | AlphaGrid;
}

/** T_mn = W̃_m·W̃_n/N and the second layer A. */
export interface Teacher {
  T: number[][];
  A: number[];
}

/** Q_kl = W_k·W_l/N, R_km = W_k·W̃_m/N and the second layer v, at α = 0. */
export interface Student {
  Q: number[][];
  R: number[][];
  v: number[];
}

/** A teacher to be drawn: first-layer weights independent standard normal numbers. */
export interface TeacherDraw {
  M: number;
  N: number;
  seed: number;
  secondLayer?: 'ones' | 'normal';
}

/** A student to be drawn: weights of both layers independent normal numbers. */
export interface StudentDraw {
  K: number;
  N: number;
  /** The standard deviation of every weight, in both layers. */
  sigma: number;
  seed: number;
  /**
   * "normal" (if not given): v drawn with standard deviation sigma; "ones": v = 1, for a student that trains the first
   * layer only.
   */
  secondLayer?: 'ones' | 'normal';
}

/** Feedback to be drawn: by which law, and from which seed. */
export interface FeedbackDraw {
  draw: 'normal' | 'uniform' | 'positive' | 'orthogonal' | 'matched';
  seed?: number;
}

/** Times in place of a list. */
export type AlphaGrid = Grid;

/** The same problem with every default filled in and everything drawn: plain numbers, ready to be solved or stored. */
export interface ResolvedProblem extends Problem {
  secondLayerRate: number;
  noise: number;
  weightDecay: [number, number];
  trainSecondLayer: boolean;
  teacher: Teacher;
  student: Student;
  feedback?: number[];
  alpha: number[];
}
