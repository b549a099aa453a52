import { useTranslation } from 'react-i18next';
import { errorText } from '@/lib/errorText';
import { Icon } from './Icon';
import { PlainButton } from './PlainButton';
import classes from './ErrorNotice.module.css';

/** What failed, in place, and the way on. */
export function ErrorNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.notice} role="alert">
      <Icon name="alert" />
      <div>
        <b>{t('error.title')}</b>
        <p>{errorText(error)}</p>
      </div>
      {onRetry && <PlainButton onClick={onRetry}>{t('action.retry')}</PlainButton>}
    </div>
  );
}
