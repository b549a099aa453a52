import type { Wire } from '@/lib/wire';
import boat from './pictures/boat.webp';
import corner from './pictures/corner.webp';
import house from './pictures/house.webp';
import street from './pictures/street.webp';

const TILE = { width: 320, height: 240 };

/** A car, a tree and a sign. It is drawn: nobody's images are shown to somebody else. */
export const STREET = { url: street, level: null, width: 640, height: 480 };

/** What could be marked in it, px. */
export const CAR = { x: 180, y: 312, width: 229, height: 104 };
export const TREE = [
  [59, 222],
  [72, 184],
  [112, 160],
  [151, 182],
  [166, 226],
  [150, 270],
  [124, 288],
  [124, 340],
  [102, 340],
  [102, 288],
  [74, 270],
] as const;

export const TILES: Wire<'Image'>[] = [corner, house, boat, street].map((url, n) => ({
  id: `tile-${n + 1}`,
  tile: null,
  url,
  level: null,
  thumbnail: url,
  name: '',
  ...TILE,
}));
