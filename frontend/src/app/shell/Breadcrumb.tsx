import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import { datasetQuery } from '@/lib/datasets';
import classes from './Shell.module.css';

const TITLES = {
  datasets: 'nav.datasets',
  people: 'nav.people',
  system: 'nav.system',
  account: 'nav.account',
} as const;

/** The way down to this page; the page's own title says the rest. */
export function Breadcrumb() {
  const { t } = useTranslation();
  const section = useLocation({ select: ({ pathname }) => pathname.split('/')[1] ?? '' });
  const { slug } = useParams({ strict: false });
  const title = section in TITLES ? t(TITLES[section as keyof typeof TITLES]) : t('nav.home');
  return (
    <nav className={classes.breadcrumb} aria-label={t('nav.breadcrumb')}>
      {slug === undefined ? <span>{title}</span> : <Link to="/datasets">{title}</Link>}
      {slug !== undefined && <DatasetCrumb slug={slug} />}
    </nav>
  );
}

function DatasetCrumb({ slug }: { slug: string }) {
  const { data } = useQuery(datasetQuery(slug));
  return (
    <>
      <Icon name="chevron" size={14} />
      <Link to="/datasets/$slug" params={{ slug }}>
        {data?.name ?? slug}
      </Link>
    </>
  );
}
