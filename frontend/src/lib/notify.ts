import { create } from 'zustand';
import { errorText } from './errorText';
import { i18next } from './i18n';

/** Whether there was ever anything to tell: the machinery for it is fetched with the first message. */
export const useNotices = create(() => ({ wanted: false }));

async function notices() {
  useNotices.setState({ wanted: true });
  return (await import('@mantine/notifications')).notifications;
}

/** Tells of what just happened, in the corner. */
export async function notify(message: string): Promise<void> {
  (await notices()).show({ message, withBorder: true });
}

export async function notifyError(error: unknown): Promise<void> {
  (await notices()).show({
    title: i18next.t('error.title'),
    message: errorText(error),
    color: 'red',
    withBorder: true,
    autoClose: 10_000,
  });
}
