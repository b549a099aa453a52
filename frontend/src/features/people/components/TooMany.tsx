import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/lib/http';
import classes from './FormCard.module.css';

/** Seconds until what was refused as one try too many may be tried again; 0 when it may. */
export function useWait(error: unknown): number {
  const [now, setNow] = useState(Date.now);
  const { until, seconds } = waitOf(error);
  useEffect(() => {
    if (until === 0) return;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= until) clearInterval(timer);
    }, 200);
    return () => clearInterval(timer);
  }, [until]);
  return Math.max(0, Math.min(seconds, Math.ceil((until - now) / 1000)));
}

/** Says how long that is, and counts it down; who cannot see is told once. */
export function TooMany({ error, left }: { error: unknown; left: number }) {
  const { t } = useTranslation('people');
  if (left === 0) return null;
  const text = (seconds: number) =>
    seconds > 90
      ? t('login.waitMinutes', { count: Math.ceil(seconds / 60) })
      : t('login.wait', { count: seconds });
  return (
    <p className={classes.wait}>
      <span aria-hidden>{text(left)}</span>
      <span className="unseen" role="alert">
        {text(waitOf(error).seconds)}
      </span>
    </p>
  );
}

/** Whether a refusal is about how often, and not about what was typed. */
export function isTooMany(error: unknown): boolean {
  return error instanceof ApiError && error.status === 429;
}

function waitOf(error: unknown): { until: number; seconds: number } {
  if (!(error instanceof ApiError) || error.status !== 429) return { until: 0, seconds: 0 };
  const seconds = error.retryAfter ?? 1;
  return { until: error.at + seconds * 1000, seconds };
}
