import { preloadImage } from '@/canvas-react';
import { preloadTiles } from '@/lib/tiles';
import type { ReviewTask } from '../api/reviews';

/** Fetches the pictures of tasks that are about to be looked at. */
export function preload(tasks: readonly ReviewTask[]): void {
  for (const { images } of tasks) {
    if (images[0]?.tile) preloadTiles(images);
    else for (const image of images) void preloadImage(image).catch(() => undefined);
  }
}
