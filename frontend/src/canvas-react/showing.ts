import type { Editor } from '../canvas';
import { isBlurred } from '../canvas/render/levels';
import type { CanvasStage } from './CanvasStage';
import { decodeWhole, preloadImage } from './images';
import type { ImageAddresses } from './images';

/** An image that takes longer than this gives way to an empty frame of the next one, ms. */
const PATIENCE = 150;

/** Whether what is seen has all the pixels that it needs, or they are coming, or cannot be had. */
export type Sharpness = 'sharp' | 'coming' | 'missing';

export interface Outcome {
  readonly ready: () => void;
  readonly failed: (error: Error) => void;
  readonly sharpness: (now: Sharpness) => void;
}

/** Shows an editor with its image, and all pixels of that when they are needed; returns the end. */
export function showWhenDecoded(
  stage: CanvasStage | null,
  editor: Editor,
  image: ImageAddresses,
  { ready, failed, sharpness }: Outcome,
): () => void {
  let wanted = true;
  let stopSharpening: (() => void) | undefined;
  const showEmpty = () => {
    if (wanted) stage?.show(editor, null);
  };
  const waiting = setTimeout(showEmpty, stage?.editor ? PATIENCE : 0);
  preloadImage(image)
    .then((bitmap) => {
      if (!wanted) return;
      stage?.show(editor, bitmap);
      if (image.level) stopSharpening = sharpen(stage, editor, image, bitmap, sharpness);
      ready();
    })
    .catch((error: unknown) => {
      showEmpty();
      if (wanted) failed(error instanceof Error ? error : new Error(String(error)));
    })
    .finally(() => {
      clearTimeout(waiting);
    });
  return () => {
    wanted = false;
    clearTimeout(waiting);
    stopSharpening?.();
  };
}

/** Brings all pixels once the level would be blurred; after a failure again at the next zoom. */
function sharpen(
  stage: CanvasStage | null,
  editor: Editor,
  image: ImageAddresses,
  level: ImageBitmap,
  tell: (now: Sharpness) => void,
): () => void {
  let wanted = true;
  let triedAt: number | null = null;
  const bring = () => {
    const { viewport } = editor.state;
    if (viewport.zoom === triedAt || !isBlurred(level, viewport, window.devicePixelRatio)) return;
    unsubscribe();
    triedAt = viewport.zoom;
    tell('coming');
    decodeWhole(image)
      .then((whole) => {
        if (!wanted) {
          whole.close();
          return;
        }
        stage?.sharpen(whole);
        tell('sharp');
      })
      .catch(() => {
        if (!wanted) return;
        tell('missing');
        unsubscribe = editor.subscribe(bring);
      });
  };
  let unsubscribe = editor.subscribe(bring);
  bring();
  return () => {
    wanted = false;
    unsubscribe();
    tell('sharp');
  };
}
