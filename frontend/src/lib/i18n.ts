import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from '@/locales/en';
import type composing from '@/locales/en/composing.json';

/** Every string of the product is a key; one namespace for each feature, `shell` for what all share. */
void i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en },
  defaultNS: 'shell',
  interpolation: { escapeValue: false }, // React escapes.
  initAsync: false,
});

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell';
    /** Those that are not in `en` come with the page that needs them. */
    resources: typeof en & { composing: typeof composing };
  }
}

export { i18next };
