import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ShareBar } from '@/components/ShareBar';
import type { BehindShare } from '../api/insights';
import { FEW } from '../numbers';
import classes from './NumberLink.module.css';

/** A share with its interval; it leads to the tasks in which it was counted. */
export function NumberLink(props: { slug: string; share: BehindShare; neutral?: boolean }) {
  const { slug, share, neutral = false } = props;
  const { t } = useTranslation('insights');
  const shown = (
    <>
      <ShareBar share={share} tone={neutral ? 'neutral' : 'bad'} />
      {share.of > 0 && share.of < FEW && <small className={classes.few}>{t('few')}</small>}
    </>
  );
  if (share.behind === null || share.count === 0) {
    return <span className={classes.number}>{shown}</span>;
  }
  return (
    <Link
      className={classes.number}
      to="/datasets/$slug/data"
      params={{ slug }}
      search={{ behind: share.behind }}
    >
      {shown}
    </Link>
  );
}
