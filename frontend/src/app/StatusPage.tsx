import type { ErrorComponentProps } from '@tanstack/react-router';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PlainButton } from '@/components/PlainButton';
import { ApiError } from '@/lib/http';
import { errorText } from '@/lib/errorText';
import classes from './StatusPage.module.css';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <main className={classes.status}>
      <h1>{t('notFound.title')}</h1>
      <p>{t('notFound.text')}</p>
      <Link to="/">{t('action.home')}</Link>
    </main>
  );
}

/** A page that threw: a missing thing, a server that failed, or our own mistake. */
export function CrashPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  if (error instanceof ApiError && error.status === 404) return <NotFoundPage />;
  const known = error instanceof ApiError;
  return (
    <main className={classes.status} role="alert">
      <h1>{known ? t('error.title') : t('crash.title')}</h1>
      <p>{known ? errorText(error) : t('crash.text')}</p>
      <PlainButton onClick={known ? reset : () => location.reload()}>
        {t('action.retry')}
      </PlainButton>
    </main>
  );
}
