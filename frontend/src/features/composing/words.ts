import { i18next } from '@/lib/i18n';
import composing from '@/locales/en/composing.json';

// Not with those that every page loads: only managers come here, and there is much to explain.
i18next.addResourceBundle('en', 'composing', composing);
