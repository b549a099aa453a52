import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { nextPath } from '@/lib/nextPath';
import { publicConfigQuery } from './api/publicConfig';
import { DemoAccounts } from './components/DemoAccounts';
import { FormCard } from './components/FormCard';
import { LoginForm } from './components/LoginForm';
import classes from './components/FormCard.module.css';

export function LoginPage() {
  const { t } = useTranslation('people');
  const config = useQuery(publicConfigQuery);
  const enter = useEnter();
  return (
    <FormCard title={t('login.title')}>
      {config.data?.first_run && <p>{t('login.firstRun')}</p>}
      <LoginForm onDone={enter} />
      <Link to="/password-reset" className={classes.way}>
        {t('login.forgotten')}
      </Link>
      <DemoAccounts accounts={config.data?.demo ?? []} onDone={enter} />
    </FormCard>
  );
}

/** Goes where the visitor wanted to, with nothing left of whoever was here before. */
function useEnter() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { next } = useSearch({ strict: false });
  return () => {
    client.clear();
    return navigate({ href: nextPath(next) });
  };
}
