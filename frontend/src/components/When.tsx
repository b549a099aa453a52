import { useTranslation } from 'react-i18next';
import { ago } from '@/lib/format';

/** A moment in words, and exactly under the pointer. */
export function When({ at }: { at: string }) {
  const { i18n } = useTranslation();
  const exact = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'full', timeStyle: 'medium' });
  return (
    <time dateTime={at} title={exact.format(new Date(at))}>
      {ago(at, i18n.language)}
    </time>
  );
}
