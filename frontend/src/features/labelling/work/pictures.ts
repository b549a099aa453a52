import { fetchImage, preloadImage } from '@/canvas-react';
import { oneAtATime } from '@/lib/oneAtATime';
import { preloadTiles } from '@/lib/tiles';
import type { Task } from '../api/tasks';

/** So many tasks are ready to be shown in the next frame. */
const DECODED = 5;

/** Brings the images of the tasks ahead: the next ones decoded, the others as bytes. */
export class Pictures {
  private ahead: readonly Task[] = [];
  private readonly tiled = new Set<string>();

  /** The tasks in the order in which they come; the first is on the screen. */
  bring(tasks: readonly Task[]): void {
    this.ahead = tasks.filter((task) => !isTiled(task));
    for (const task of tasks.filter(isTiled)) this.bringTiles(task);
    const near = this.ahead.slice(0, DECODED).flatMap(({ images }) => images);
    const decoded = near.map((image) => preloadImage(image).catch(() => undefined));
    void Promise.all(decoded).then(this.fetchOthers);
  }

  /** One by one, so that what is needed soon never waits for what is not. */
  private readonly fetchOthers = oneAtATime(async () => {
    for (const image of this.ahead.slice(DECODED).flatMap(({ images }) => images)) {
      await fetchImage(image).catch(() => undefined);
    }
  });

  /** The browser paints these itself, from its own cache. */
  private bringTiles({ id, images }: Task): void {
    if (this.tiled.has(id)) return;
    this.tiled.add(id);
    preloadTiles(images);
  }
}

function isTiled({ images }: Task): boolean {
  return Boolean(images[0]?.tile);
}
