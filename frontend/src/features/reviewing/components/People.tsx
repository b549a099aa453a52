import { useTranslation } from 'react-i18next';
import classes from './People.module.css';

/** More of them would have to be counted. */
const MOST = 5;

/** How many people say something, one figure each. */
export function People({ count }: { count: number }) {
  const { t } = useTranslation('reviewing');
  if (count === 0) return null;
  return (
    <span className={classes.people}>
      <span className="unseen">{t('people', { count })}</span>
      {count > MOST ? (
        <>
          <Figure /> <span aria-hidden>{count}</span>
        </>
      ) : (
        Array.from({ length: count }, (_, n) => <Figure key={n} />)
      )}
    </span>
  );
}

function Figure() {
  return (
    <svg viewBox="0 0 10 12" width="10" height="12" aria-hidden>
      <circle cx="5" cy="3" r="2.5" />
      <path d="M0 12a5 5.5 0 0 1 10 0z" />
    </svg>
  );
}
