import { useTranslation } from 'react-i18next';
import classes from './Loading.module.css';

/** Grey bars of the size of what is to come, so that nothing jumps. Shown only after 300 ms. */
export function Loading({ height = 72, count = 4 }: { height?: number; count?: number }) {
  const { t } = useTranslation();
  return (
    <div className={classes.bars} role="status" aria-label={t('loading')}>
      {Array.from({ length: count }, (_, n) => (
        <span key={n} style={{ height }} />
      ))}
    </div>
  );
}
