import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { PersonQuality } from '../api/insights';
import { percent } from '../numbers';
import classes from './Sizes.module.css';

/** What was missed among small, medium and large objects: a bar and a number each. */
export function Sizes({ slug, sizes }: { slug: string; sizes: PersonQuality['sizes'] }) {
  const { t } = useTranslation('insights');
  return (
    <ul className={classes.sizes}>
      {sizes.map(({ size, missed }) => (
        <li key={size} title={t('people.sizeText', { count: missed.count, of: missed.of })}>
          <span>{t(`size.${size}`)}</span>
          <i aria-hidden>
            <span style={{ width: percent(missed.value ?? 0) }} />
          </i>
          <b>
            {missed.behind === null ? (
              percent(missed.value ?? 0)
            ) : (
              <Link
                to="/datasets/$slug/data"
                params={{ slug }}
                search={{ behind: missed.behind }}
                aria-label={t('people.sizeText', { count: missed.count, of: missed.of })}
              >
                {percent(missed.value ?? 0)}
              </Link>
            )}
          </b>
        </li>
      ))}
    </ul>
  );
}
