import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from '@/locales/en';
import type { pages } from '@/locales/en/pages';
import type said from '@/locales/en/said.json';
import type suggestions from '@/locales/en/suggestions.json';
import type threads from '@/locales/en/threads.json';

/** Every string of the product is a key; one namespace for each feature, `shell` for what all share. */
void i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en },
  defaultNS: 'shell',
  interpolation: { escapeValue: false }, // React escapes.
  initAsync: false,
});

/** The words of all pages but the labelling page, which must be there fast and does without them. */
export async function loadWords(): Promise<void> {
  const { pages } = await import('@/locales/en/pages');
  for (const [feature, words] of Object.entries(pages)) {
    i18next.addResourceBundle('en', feature, words);
  }
}

/** Words of a part that is fetched when it is first wanted; they come with it. */
export function addWords(part: 'said' | 'suggestions' | 'threads', words: object): void {
  i18next.addResourceBundle('en', part, words);
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell';
    resources: typeof en &
      typeof pages & {
        said: typeof said;
        suggestions: typeof suggestions;
        threads: typeof threads;
      };
  }
}

export { i18next };
