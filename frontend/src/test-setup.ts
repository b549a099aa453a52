import { loadWords } from '@/lib/i18n';
import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

await loadWords();
// A page is fetched in parts, and a machine that does other work besides takes its time for them.
configure({ asyncUtilTimeout: 15_000 });
afterEach(cleanup);

// What jsdom lacks and Mantine asks for: it measures nothing here, so nothing ever changes size.
window.matchMedia = (media) =>
  ({
    media,
    matches: false,
    addEventListener: vi.fn(),
    removeEventListener: vi.fn(),
  }) as unknown as MediaQueryList;
window.ResizeObserver = class {
  observe = vi.fn();
  unobserve = vi.fn();
  disconnect = vi.fn();
};
window.scrollTo = vi.fn();
Object.defineProperty(document, 'fonts', {
  value: { addEventListener: vi.fn(), removeEventListener: vi.fn() },
});
