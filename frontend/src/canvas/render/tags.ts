import { TAG_PADDING, tagFont, tagHeight, tagWidth } from '../geometry/tag';
import type { Point } from '../geometry/points';
import type { Surface } from './surface';

const INK = '#111';
const EDGE = 'rgba(0, 0, 0, 0.75)';
const KEPT = 500;

interface Tag {
  readonly text: string;
  readonly colour: string;
  /** Of the letters, CSS px. */
  readonly size: number;
  /** Its colour is in the letters. */
  readonly hollow: boolean;
}

/** Tags drawn once and then copied, which is much cheaper than writing text in every frame. */
export class TagStamps {
  private readonly stamps = new Map<string, HTMLCanvasElement>();
  private ratio = 1;

  paint(surface: Surface, at: Point, tag: Tag): void {
    if (surface.pixelRatio !== this.ratio || this.stamps.size > KEPT) this.stamps.clear();
    this.ratio = surface.pixelRatio;
    const { text, colour, size, hollow } = tag;
    const key = `${colour} ${String(size)} ${String(hollow)} ${text}`;
    const stamp = this.stamps.get(key) ?? makeStamp(tag, this.ratio);
    this.stamps.set(key, stamp);
    const x = surface.snap(at.x);
    const y = surface.snap(at.y);
    surface.context.drawImage(stamp, x, y, tagWidth(text, size), tagHeight(size));
  }
}

function makeStamp({ text, colour, size, hollow }: Tag, ratio: number): HTMLCanvasElement {
  const stamp = document.createElement('canvas');
  const width = tagWidth(text, size);
  const height = tagHeight(size);
  stamp.width = Math.ceil(width * ratio);
  stamp.height = Math.ceil(height * ratio);
  const context = stamp.getContext('2d');
  if (!context) return stamp;
  context.scale(ratio, ratio);
  context.fillStyle = EDGE;
  context.fillRect(0, 0, width, height);
  context.fillStyle = colour;
  if (!hollow) context.fillRect(1, 1, width - 2, height - 2);
  if (!hollow) context.fillStyle = inkOn(context, width);
  context.font = tagFont(size);
  context.textBaseline = 'middle';
  context.fillText(text, TAG_PADDING, height / 2 + 0.5, width - 2 * TAG_PADDING);
  return stamp;
}

/** Dark or white, whichever reads better on the colour just painted, in whatever notation it was. */
function inkOn(context: CanvasRenderingContext2D, width: number): string {
  const [r = 0, g = 0, b = 0] = context.getImageData(Math.floor(width / 2), 4, 1, 1).data;
  const linear = (channel: number) => (channel / 255) ** 2.2;
  const luminance = 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  return luminance > 0.18 ? INK : '#fff';
}
