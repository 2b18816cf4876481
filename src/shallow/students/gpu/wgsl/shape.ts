/** What a kernel is made for: everything else is passed to it when it runs. */
export interface Shape {
  K: number;
  M: number;
  N: number;
  activation: string;
  /** Whether the rule sends back the student's own second layer, not the feedback. */
  ownSignal: boolean;
  trainSecondLayer: boolean;
  noise: boolean;
  decay: [boolean, boolean];
}
