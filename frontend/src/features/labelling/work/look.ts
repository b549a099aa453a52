import { LOOK } from '@/canvas';
import type { Look } from '@/canvas';

const PLACE = 'concord-look';

/** How this person wants to see images, on this machine; what cannot be read is as by default. */
export function keptLook(): Look {
  const kept = readKept();
  const parts = Object.entries(LOOK).map(([name, usual]) => {
    const value = kept[name];
    const fits = typeof value === typeof usual && (typeof value !== 'number' || inRange(value));
    return [name, fits ? value : usual];
  });
  return Object.fromEntries(parts) as Look;
}

export function keepLook(look: Look): void {
  try {
    localStorage.setItem(PLACE, JSON.stringify(look));
  } catch {
    // A full or forbidden storage: it lasts as long as the page, then.
  }
}

function readKept(): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PLACE) ?? '{}');
    return typeof kept === 'object' && kept !== null ? { ...kept } : {};
  } catch {
    return {};
  }
}

function inRange(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 3;
}
