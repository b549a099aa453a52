import type { Editor } from '../canvas';

export interface AnnotationCanvasProps {
  readonly editor: Editor;
  readonly image: { readonly url: string };
  /** What the canvas is called by screen readers. */
  readonly label: string;
  /** The image is on the screen. */
  readonly onReady?: (() => void) | undefined;
  readonly onError?: ((error: Error) => void) | undefined;
}

export function AnnotationCanvas({ label }: AnnotationCanvasProps) {
  return <div role="application" aria-label={label} />;
}
