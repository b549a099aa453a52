/** How a person wants to see the image and what lies on it. Nothing of it is saved with an answer. */
export interface Look {
  /** Factors; 1 leaves the pixels as they are. */
  readonly brightness: number;
  readonly contrast: number;
  /** Above 1 lightens the shadows, below 1 darkens them. */
  readonly gamma: number;
  readonly invert: boolean;
  /** Pixels run into one another until each has four of the screen; otherwise never. */
  readonly smooth: boolean;
  /** Opacity of the inside of shapes, 0 to 1. */
  readonly fill: number;
  readonly onlySelected: boolean;
  readonly crosshair: boolean;
  readonly minimap: boolean;
}

export const LOOK: Look = {
  brightness: 1,
  contrast: 1,
  gamma: 1,
  invert: false,
  smooth: true,
  fill: 0,
  onlySelected: false,
  crosshair: true,
  minimap: true,
};

/** Whether the pixels look other than they are. */
export function isAdjusted({ brightness, contrast, gamma, invert }: Look): boolean {
  return brightness !== 1 || contrast !== 1 || gamma !== 1 || invert;
}

const STEPS = 64;

/**
 * What each of evenly spaced values of a channel becomes, all 0 to 1: inverted, multiplied by the
 * brightness, spread from the middle by the contrast, raised to 1 / gamma.
 */
export function transferTable({ brightness, contrast, gamma, invert }: Look): number[] {
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const value = invert ? 1 - step / STEPS : step / STEPS;
    const spread = (value * brightness - 0.5) * contrast + 0.5;
    return Math.min(Math.max(spread, 0), 1) ** (1 / gamma);
  });
}
