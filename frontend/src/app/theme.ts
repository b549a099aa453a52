import { createTheme } from '@mantine/core';
import { i18next } from '@/lib/i18n';

const SYSTEM_SANS =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif';

/** Mantine draws a bare cross, which says nothing to a screen reader. */
const closeButtonProps = { 'aria-label': i18next.t('action.close') };

/** Everything that Mantine draws, on a 4 px grid with one radius; colours of meaning are in tokens.css. */
export const theme = createTheme({
  fontFamily: SYSTEM_SANS,
  headings: { fontFamily: SYSTEM_SANS, fontWeight: '600' },
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '6px', xl: '6px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 7 },
  components: {
    Modal: { defaultProps: { closeButtonProps } },
    Notification: { defaultProps: { closeButtonProps } },
  },
  colors: {
    accent: [
      '#e9eefc',
      '#d3dcf9',
      '#a8baf3',
      '#7d9dff',
      '#5e82f0',
      '#476fe8',
      '#3862e2',
      '#2b56d9',
      '#2148bd',
      '#183996',
    ],
    dark: [
      '#e6e7ea',
      '#c3c6cd',
      '#a0a4ae',
      '#6d717c',
      '#454850',
      '#33363c',
      '#25272c',
      '#1b1c20',
      '#141518',
      '#0f1012',
    ],
  },
});
