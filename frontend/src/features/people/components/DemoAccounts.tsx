import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/lib/errorText';
import type { DemoAccount } from '../api/publicConfig';
import classes from './DemoAccounts.module.css';
import { useLogin } from './LoginForm';

/** One click per role, where a demo runs (on this machine only). */
export function DemoAccounts(props: { accounts: DemoAccount[]; onDone: () => unknown }) {
  const { t } = useTranslation('people');
  const login = useLogin(props.onDone);
  if (props.accounts.length === 0) return null;
  return (
    <section className={classes.demo}>
      <h2>{t('demo.title')}</h2>
      <p>{t('demo.text')}</p>
      <div className={classes.accounts}>
        {props.accounts.map(({ email, password, name, role }) => (
          <Button
            key={email}
            variant="default"
            justify="space-between"
            rightSection={<span className={classes.role}>{t(`demo.${role}`)}</span>}
            loading={login.isPending && login.variables.email === email}
            onClick={() => login.mutate({ email, password })}
          >
            {name}
          </Button>
        ))}
      </div>
      {login.error && <p role="alert">{errorText(login.error)}</p>}
    </section>
  );
}
