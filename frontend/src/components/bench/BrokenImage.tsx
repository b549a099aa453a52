import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/lib/errorText';
import { ApiError } from '@/lib/http';
import controls from './controls.module.css';
import frame from './frame.module.css';

interface Props {
  name: string;
  error: Error;
  onRetry: () => void;
  /** What else can be done. */
  children?: ReactNode;
}

/** The image cannot be shown: why, and the ways on. */
export function BrokenImage({ name, error, onRetry, children }: Props) {
  const { t } = useTranslation();
  return (
    <div className={frame.broken} role="alert">
      <b>{t('broken.title')}</b>
      <p>
        {t('broken.text', { name })} {error instanceof ApiError && errorText(error)}
      </p>
      <div className={frame.waysOn}>
        <button type="button" className={controls.action} onClick={onRetry}>
          {t('action.retry')}
        </button>
        {children}
      </div>
    </div>
  );
}
