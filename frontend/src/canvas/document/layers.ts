import type { Shape } from './shapes';
import { shapeFromSpan } from './spans';
import type { Span } from './spans';

/** A read-only set of shapes over the image: one version of the answer, or what is agreed. */
export interface LayerInput {
  readonly id: string;
  /** Stands before the label on the tags, "A" for instance. */
  readonly name?: string | undefined;
  readonly spans: readonly Span[];
  /** Replaces the labels' colours. */
  readonly colour?: string | undefined;
  readonly dash?: readonly number[] | undefined;
  /** Default true. */
  readonly visible?: boolean | undefined;
  /** Drawn thin and pale, without tags. */
  readonly faded?: boolean | undefined;
}

export interface Layer {
  readonly id: string;
  readonly name: string;
  readonly shapes: readonly Shape[];
  readonly colour: string | null;
  readonly dash: readonly number[] | null;
  readonly visible: boolean;
  readonly faded: boolean;
}

export function readLayer(input: LayerInput, createId: () => string): Layer {
  return {
    id: input.id,
    name: input.name ?? '',
    shapes: input.spans.map((span) => shapeFromSpan(span, createId)),
    colour: input.colour ?? null,
    dash: input.dash ?? null,
    visible: input.visible ?? true,
    faded: input.faded ?? false,
  };
}
