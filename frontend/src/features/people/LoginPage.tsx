import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { nextPath } from '@/lib/nextPath';
import { publicConfigQuery } from './api/publicConfig';
import { DemoAccounts } from './components/DemoAccounts';
import { FormCard } from './components/FormCard';
import { LoginForm } from './components/LoginForm';
import { SignOn, SignOnEnd } from './components/SignOn';
import classes from './components/FormCard.module.css';

export function LoginPage() {
  const { t } = useTranslation('people');
  const config = useQuery(publicConfigQuery);
  const enter = useEnter();
  const { next, sso, code } = useSearch({ strict: false });
  const provider = config.data?.single_sign_on ?? null;
  return (
    <FormCard title={t('login.title')}>
      {config.data?.first_run && <p>{t('login.firstRun')}</p>}
      {sso !== undefined && provider !== null && <SignOnEnd end={sso} name={provider} />}
      <LoginForm halfway={code === true} onDone={enter} />
      <Link to="/password-reset" className={classes.way}>
        {t('login.forgotten')}
      </Link>
      {provider !== null && <SignOn name={provider} next={nextPath(next)} />}
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
