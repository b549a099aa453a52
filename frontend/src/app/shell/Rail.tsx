import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from '@/components/Icon';
import { useMe } from '@/lib/me';
import classes from './Shell.module.css';

export function Rail() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <nav className={classes.rail} aria-label={t('nav.main')}>
      <Link to="/" className={classes.brand} aria-label={t('product')}>
        <img src="/assets/icon.svg" alt="" width={24} height={24} />
        <span>{t('product')}</span>
      </Link>
      <RailLink to="/" icon="home" text={t('nav.home')} />
      <RailLink to="/datasets" icon="datasets" text={t('nav.datasets')} />
      {me.is_admin && <RailLink to="/people" icon="people" text={t('nav.people')} />}
      {me.is_admin && <RailLink to="/system/audit" icon="history" text={t('nav.system')} />}
    </nav>
  );
}

function RailLink(props: {
  to: '/' | '/datasets' | '/people' | '/system/audit';
  icon: IconName;
  text: string;
}) {
  return (
    <Link to={props.to} className={classes.link} activeOptions={{ exact: props.to === '/' }}>
      <Icon name={props.icon} />
      <span>{props.text}</span>
    </Link>
  );
}
