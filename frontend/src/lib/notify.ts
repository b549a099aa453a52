import { errorText } from './errorText';
import { i18next } from './i18n';

/** Tells of what just happened, in the corner. The machinery is fetched with the first message. */
export async function notify(message: string): Promise<void> {
  const { notifications } = await import('@mantine/notifications');
  notifications.show({ message, withBorder: true });
}

export async function notifyError(error: unknown): Promise<void> {
  const { notifications } = await import('@mantine/notifications');
  notifications.show({
    title: i18next.t('error.title'),
    message: errorText(error),
    color: 'red',
    withBorder: true,
    autoClose: 10_000,
  });
}
